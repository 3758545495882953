"""What changed between two states of a case, page by page, and what happened in one, in order."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.casefile.walked import BOUNCE, NEW_NAME, trial, walked
from helodoctor import steps
from helodoctor.casefile import CaseFile, Note, new_file
from helodoctor.casefile.difference import Change, difference, timeline
from helodoctor.journey import Page
from helodoctor.model import Case, Reply, Session, TrialVerdict
from helodoctor.report import changes
from helodoctor.words import speak

WORDS = speak("en")
SENT = new_file(steps.prepared(Session(helpdesk="Kolibri helpdesk", name=NEW_NAME, system="postfix")))
BACK = replace(SENT, case=replace(walked(), session=SENT.case.session), page="fixed")


def told(before: CaseFile, after: CaseFile) -> list[tuple[str | None, str, str, str]]:
    return [(change.page, change.what, change.before, change.after) for change in difference(before, after)]


def test_the_same_case_has_no_difference() -> None:
    assert difference(BACK, BACK) == ()
    assert changes.as_text((), WORDS) == "Nothing has changed since.\n"


def test_a_whole_walk_page_by_page() -> None:
    assert told(SENT, BACK) == [
        ("paste", "bounce", "", "220 mta-gw1.infomaniak.ch ESMTP Infomaniak Network Mail Servers;"),
        ("happened", "cause", "", "helo-not-fqdn"),
        ("name", "name", "", "www"),
        ("name", "candidates", "", "www"),
        ("judge", "judgement", "", "bad"),
        ("try", "trial", "www", "refused"),
        ("try", "trial", NEW_NAME, "accepted"),
        ("fix", "done", "", "6a"),
        ("fixed", "proof", "nothing", "fixed"),
        ("fixed", "heard", "", NEW_NAME),
        (None, "page", "paste", "fixed"),
    ]


def test_the_same_walk_in_words() -> None:
    text = changes.as_text(difference(SENT, BACK), WORDS)
    assert "3  The name your server announces\n    Name: www\n    Name found in settings: www\n" in text
    assert f"Trial: {NEW_NAME}: taken" in text
    assert "Is it fixed?: Not proven yet. → Fixed: your server says the new name" in text
    assert "Page: 1 What came back? → 7 Is it fixed?" in text


def test_what_was_taken_back_is_told_too() -> None:
    before, after = BACK, replace(BACK, case=replace(BACK.case, ticks=(), system="exim", name="localhost"))
    assert told(before, after) == [
        ("name", "name", "www", "localhost"),
        ("fix", "system", "postfix", "exim"),
        ("fix", "undone", "", "6a"),
    ]


def test_words_of_both_people() -> None:
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    session = replace(BACK.case.session, replies=(Reply(text="Restart it.", time=noon, page="fix"),))
    note = Note(text="Done.", time=noon, page="nowhere")
    after = replace(BACK, case=replace(BACK.case, session=session), notes=(note,))
    assert told(BACK, after) == [("fix", "reply", "", "Restart it."), (None, "note", "", "Done.")]


def test_a_case_in_the_order_it_happened() -> None:
    found = timeline(replace(BACK, created=datetime(2026, 11, 23, 11, tzinfo=UTC)))
    times = [change.time for change in found if change.time]
    assert len(times) == len(found)
    assert all(first <= second for first, second in pairwise(times))
    assert [change.what for change in found] == ["begun", "trial", "trial", "heard", "saved"]


def test_a_time_that_is_none_is_left_out() -> None:
    odd = replace(trial("www", TrialVerdict.REFUSED, "550 no"), started="yesterday")
    assert [change.what for change in timeline(new_file(Case(trials=(odd,))))] == ["begun", "saved"]


def test_every_page_of_a_difference_is_one_of_the_walk() -> None:
    assert {change.page for change in difference(SENT, BACK)} <= {*Page, None}


@given(st.lists(st.sampled_from(["", BOUNCE, "550 5.7.1 <mx>: Helo command rejected"]), min_size=2, max_size=2))
def test_any_two_states_can_be_compared_and_told(texts: list[str]) -> None:
    cases = [steps.judge(steps.read(Case(), text)) if text else Case() for text in texts]
    found = difference(*(new_file(case) for case in cases))
    assert all(isinstance(change, Change) for change in found)
    assert (not found) == (texts[0] == texts[1])
    assert changes.as_text(found, WORDS)
