"""A prepared session: it travels in the case, steers the walk, fills in the pages' proposals, and leaves masked."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, get_args

import pytest
from msgspec.structs import replace

from core.casefile.walked import BOUNCE, walked
from helodoctor import steps
from helodoctor.casefile import decode, encode, new_file
from helodoctor.casefile.masking import redact
from helodoctor.journey import Page, next_page, path
from helodoctor.model import Case, InputProblem, OwnLetter, PageId, PageNote, Reply, Session, Target

SESSION = Session(
    helpdesk="Kolibri helpdesk", contact="tina.weber@kolibri.example", target=Target(host="mx.kolibri.example"),
    recipient="box@kolibri.example", name="mail.firma.example", system="exim",
    pages=("paste", "happened", "name", "fix", "fixed"),
    notes=(PageNote(page="paste", text="Paste the mail of this morning."), PageNote(page="fix", text="Ask Jo first.")),
    letters=(OwnLetter(subject="To your provider", body="Set the PTR.\n\nThank you."),),
    replies=(Reply(text="Now restart it.", time=datetime(2026, 11, 23, 12, tzinfo=UTC), page="fix"),),
)  # fmt: skip


def test_a_session_comes_back_exactly() -> None:
    file = new_file(replace(walked(), session=SESSION), "fix")
    assert decode(encode(file)).file == file


def test_its_pages_are_those_of_the_walk() -> None:
    assert get_args(PageId) == tuple(Page)


@pytest.mark.parametrize(
    "changes",
    [
        {"helpdesk": "x" * 201},
        {"pages": ["elsewhere"]},
        {"notes": [{"page": "paste", "text": "x" * 4_001}]},
        {"notes": [{"page": "paste", "text": ""}] * 51},
        {"replies": [{"text": "", "time": "2026-11-23T12:00:00"}]},
        {"system": "../postfix"},
        {"target": 5},
    ],
)
def test_one_beyond_its_bounds_is_no_session(changes: dict[str, Any]) -> None:
    told = json.loads(encode(new_file(Case(session=SESSION))))
    told["case"]["session"].update(changes)
    with pytest.raises(InputProblem) as found:
        decode(json.dumps(told).encode())
    assert found.value.id == "case-broken"


# --- what it does to the walk -----------------------------------------------------------------------------------------


def test_its_answers_are_the_proposals() -> None:
    case = steps.read(steps.prepared(SESSION), BOUNCE)
    assert (case.target, case.system, case.new_name) == (SESSION.target, "exim", "mail.firma.example")
    assert case.name == "www"
    assert steps.trial_plan(case, "www", Target(host="mx.kolibri.example")).recipient == "box@kolibri.example"


def test_what_it_leaves_open_comes_from_the_bounce() -> None:
    case = steps.read(steps.prepared(Session()), BOUNCE)
    assert str(case.target) == "mta-gw1.infomaniak.ch:25"
    assert steps.trial_plan(case, "www", Target(host="a.example")).recipient == "user123@infomaniak.ch"


def test_another_bounce_keeps_it_and_drops_the_answers() -> None:
    case = steps.read(replace(walked(), session=SESSION), "550 5.7.1 <mx>: Helo command rejected")
    assert (case.session, case.guide, case.trials) == (SESSION, None, ())


def test_only_its_pages_are_walked_through() -> None:
    case = steps.read(steps.prepared(SESSION), BOUNCE)
    assert path(case) == [Page.PASTE, Page.HAPPENED, Page.NAME, Page.FIX, Page.FIXED]


@pytest.mark.parametrize("pages", [("try",), ("fixed",), ("paste",), ("judge",)])
def test_pages_the_walk_needs_are_shown_all_the_same(pages: tuple[PageId, ...]) -> None:
    case = steps.read(steps.prepared(Session(pages=pages)), BOUNCE)
    assert {Page.PASTE, Page.HAPPENED, Page.FIX} <= set(path(case))
    assert (Page.NAME in path(case)) is ("judge" in pages)
    nameless = replace(case, name=None, name_unknown=True)
    assert next_page(Page.HAPPENED, nameless) is Page.NAME


def test_a_case_without_one_walks_as_ever() -> None:
    assert path(steps.read(Case(), BOUNCE)) == list(Page)


# --- what leaves the house --------------------------------------------------------------------------------------------


def test_a_masked_case_holds_neither_mailboxes_nor_internal_names_of_it() -> None:
    hidden = replace(SESSION, target=Target(host="mail.kolibri.local"), helpdesk="tina.weber")
    session = redact(Case(session=hidden)).case.session
    assert session is not None
    told = str(session)
    assert not [private for private in ("tina.weber", "box@", "kolibri.local") if private in told]
    assert (session.pages, session.system, session.notes[1].page) == (SESSION.pages, "exim", "fix")
