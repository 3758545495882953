"""The guide as the JSON of the contract, and as text for a terminal."""

from __future__ import annotations

import json

from helodoctor import guides
from helodoctor.model import Actor, Case, Cause, Diagnosis, Guide, Report
from helodoctor.report import guide as report
from helodoctor.words import speak

WORDS = speak("en")
NAME = "mail.firma.example"
FIELDS = {"id", "number", "who", "where", "do", "command", "expect", "check", "undo", "wait", "confidence"}


def guide(system: str = "postfix", cause: Cause = Cause.HELO_NOT_FQDN) -> Guide:
    known = Report(text="", client_ip="203.0.113.9", reply_code=550, reply_text="bogus HELO")
    case = Case(diagnoses=(Diagnosis(report=known, cause=cause),), name="www", system=system, new_name=NAME)
    return guides.plan(case)


def test_the_object_has_the_fields_of_the_contract() -> None:
    told = report.as_object(guide(), WORDS)
    assert {"system", "name", "guide", "letters"} <= told.keys()
    assert (told["system"], told["name"]) == ("postfix", NAME)
    steps = told["guide"]
    assert isinstance(steps, list)
    assert all(step.keys() >= FIELDS for step in steps)
    assert all(step["who"] in set(Actor) for step in steps)


def test_the_object_survives_json_as_it_is() -> None:
    told = report.as_object(guide(), WORDS)
    assert json.loads(json.dumps(told)) == told


def test_letters_have_a_receiver_a_subject_and_a_whole_body() -> None:
    told = report.as_object(guide(cause=Cause.HELO_MISMATCH), WORDS)
    letters = told["letters"]
    assert isinstance(letters, list)
    assert [letter["to"] for letter in letters] == ["dns-host", "address-provider"]
    for letter in letters:
        assert NAME in letter["subject"] + letter["body"]
        assert letter["body"].startswith("Hello,")
        assert letter["body"].endswith("Kind regards")


def test_the_text_shows_every_step_with_its_number_actor_command_and_undo() -> None:
    told = guide()
    text = report.as_text(told, WORDS)
    for step in told.steps:
        assert step.number in text
        assert step.command is None or step.command in text
        assert step.undo_command is None or step.undo_command in text
    assert "[You]" in text
    assert "How to undo: " in text


def test_the_text_says_where_a_step_is_not_sure() -> None:
    text = report.as_text(guide("qnap"), WORDS)
    assert "[You · likely]" in text
    assert "[You · worth a try]" in text


def test_the_text_carries_the_letters() -> None:
    assert "Subject: A new entry (A record) for mail.firma.example" in report.as_text(guide(), WORDS)
