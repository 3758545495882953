"""“This did not work”: every step of every system leads to reasons to look at, and in the end to a person."""

from __future__ import annotations

import re
import subprocess
from itertools import product

import pytest

from helodoctor import guides
from helodoctor.knowledge import load
from helodoctor.knowledge.senders import guide_book
from helodoctor.model import Actor, Case, Cause, Diagnosis, Direction, Reason, Report
from helodoctor.steps import plan_fix
from helodoctor.words import guides as sentences
from helodoctor.words import speak

NAME, ZONE, OLD = "mail.firma.example", "firma.example", "srv01"
WORDS = speak("en")
BOOK = guide_book()
SYSTEMS = [system.id for system in guides.systems() if system.has_guide]
HAND_OVER = "hand-over"


def planned(system: str = "postfix", cause: Cause = Cause.HELO_NOT_FQDN, **facts: object) -> Case:
    report = Report(text="", **{"client_ip": "203.0.113.9", "reply_text": "bogus HELO", **facts})  # type: ignore[arg-type]
    case = Case(diagnoses=(Diagnosis(report=report, cause=cause),), name=OLD, new_name=NAME, addresses=())
    return plan_fix(case, system, NAME)


def step_of(case: Case, move: str) -> str:
    assert case.guide is not None
    return next(step.id for step in case.guide.steps if step.id.endswith(f".{move}"))


def ids(case: Case, move: str) -> list[str]:
    return [reason.id for reason in guides.reasons(case, step_of(case, move))]


def said(reason: Reason) -> str:
    return f"{sentences.phrase(WORDS, reason.title)}: {sentences.phrase(WORDS, reason.look)}"


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_step_has_a_reason_and_ends_in_a_hand_over(system: str) -> None:
    for cause, direction in product(Cause, (Direction.RELAY, Direction.SUBMISSION)):
        case = planned(system, cause, direction=direction)
        assert case.guide is not None
        for step in case.guide.steps:
            *looks, last = guides.reasons(case, step.id)
            assert looks, (cause, step.id)
            assert last.id == HAND_OVER
            assert last.letter is not None
            assert last.letter.to is Actor.HELPDESK
            assert all(said(reason) for reason in looks)
            assert len({reason.id for reason in looks}) == len(looks)


def test_the_likeliest_reason_comes_first_and_the_systems_own_in_their_place() -> None:
    assert ids(planned("postfix"), "set-command") == ["no-rights", "other-machine", "container", HAND_OVER]
    assert ids(planned("postfix"), "read-source")[:2] == ["not-applied", "relay"]
    assert ids(planned("mailcow"), "read-source")[:2] == ["not-applied", "container"]
    assert ids(planned("cpanel"), "show")[:3] == ["not-applied", "other-file", "overwritten"]
    assert ids(planned("wordpress"), "send-again")[0] == "new-reason"


def test_a_windows_server_is_not_asked_for_containers_or_unix_commands() -> None:
    case = planned("exchange")
    assert "container" not in ids(case, "show-property")
    (search,) = [one for one in guides.reasons(case, step_of(case, "show-property")) if one.id == "other-file"]
    assert search.command is None


def test_the_commands_hold_the_users_values_quoted() -> None:
    case = planned("ssmtp")
    (search,) = [one for one in guides.reasons(case, step_of(case, "set-line")) if one.id == "other-file"]
    assert search.command == f"sudo grep -rsIlwF -e {OLD} /etc /opt /usr/local/etc"
    (servers,) = [one for one in guides.reasons(case, step_of(case, "wait-address")) if one.id == "dns-elsewhere"]
    assert servers.command == f"nslookup -type=ns {ZONE}"


def test_a_hostile_old_name_stays_data() -> None:
    from msgspec.structs import replace

    case = replace(planned("ssmtp"), name="-e $(touch x) '")
    (search,) = [one for one in guides.reasons(case, step_of(case, "set-line")) if one.id == "other-file"]
    assert search.command is not None
    echoed = search.command.replace("sudo grep", "printf '%s\\n'", 1)
    lines = subprocess.run(["sh", "-c", echoed], capture_output=True, text=True, check=True, timeout=20).stdout
    assert lines.splitlines()[:3] == ["-rsIlwF", "-e", "-e $(touch x) '"]


def test_the_letter_of_the_hand_over_says_where_one_is_stuck() -> None:
    case = planned("postfix")
    letter = guides.reasons(case, step_of(case, "reload"))[-1].letter
    assert letter is not None
    body = sentences.letter_body(WORDS, letter)
    number = next(step.number for step in case.guide.steps if step.id.endswith(".reload"))  # type: ignore[union-attr]
    assert re.search(rf"step {number} .* Postfix", body)
    assert NAME in body and "bogus HELO" in body and "203.0.113.9" in body


def test_a_step_nobody_knows_any_more_leads_to_a_person_at_once() -> None:
    assert [reason.id for reason in guides.reasons(planned(), "switch.gone")] == [HAND_OVER]


def test_every_reason_is_worded_and_used() -> None:
    used = {reason for move in BOOK.moves.values() for reason in move.stuck} | {HAND_OVER}
    used |= {reason for system in guides.systems() for reason in system.stuck}
    assert used - {"system"} == set(BOOK.reasons)
    assert set(load("words/stuck.toml", dict[str, dict[str, str]])) == set(BOOK.reasons)


# --- "I don't know" ---------------------------------------------------------------------------------------------------


def test_every_answer_leads_to_a_question_or_to_a_system_with_a_guide() -> None:
    tree = guides.questions()
    led = {answer.question for answers in tree.values() for answer in answers if answer.question}
    assert led | {"start"} == set(tree)
    for answers in tree.values():
        for answer in answers:
            assert bool(answer.question) != bool(answer.system)
            assert answer.system is None or answer.system in SYSTEMS
            assert sentences.answer(WORDS, answer)


def test_every_question_can_be_left_open_and_then_leads_to_a_person() -> None:
    for question, answers in guides.questions().items():
        assert sentences.question(WORDS, question).rstrip(".").endswith(("?", "tells")), question
        assert answers[-1].system == "unknown", question
    guide = planned("unknown").guide
    assert guide is not None
    assert Actor.HELPDESK in [letter.to for letter in guide.letters]
    assert Actor.HELPDESK in [step.actor for step in guide.steps]


def test_at_most_three_questions_lead_to_a_system() -> None:
    def depth(question: str) -> int:
        below = [depth(answer.question) for answer in guides.questions()[question] if answer.question]
        return 1 + max(below, default=0)

    assert depth("start") == 3
