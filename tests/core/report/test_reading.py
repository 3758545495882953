"""``explain --json``: the promised object, for scripts."""

from __future__ import annotations

import json

import msgspec
import pytest

from helodoctor import bounce
from helodoctor.model import Bounce, Cause, Confidence, Diagnosis, Direction, Permanence, Report, Role, Stage
from helodoctor.report import reading
from helodoctor.words import readings, speak

WORDS = speak("en")
FIELDS = [
    "kind",
    "verdict",
    "cause",
    "confidence",
    "refused",
    "permanence",
    "helo_name",
    "reply_code",
    "enhanced_code",
    "reply_text",
    "stage",
    "direction",
    "role",
    "receiver",
    "reporter",
    "client_ip",
    "sender",
    "recipient",
    "queue_id",
    "text_of",
    "evidence",
    "summary",
    "next",
]
TEXT = (
    "<b@receiver.example>: host mx.receiver.example[203.0.113.9] said: 504 5.5.2 <box>: Helo command rejected: need "
    "fully-qualified hostname (in reply to RCPT TO command)"
)


def as_object(text: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(
        msgspec.json.encode(reading.as_object(bounce.diagnose(bounce.read(text)), WORDS))
    )
    return found


def test_every_promised_field_is_there() -> None:
    assert list(as_object(TEXT)) == FIELDS


def test_the_values_of_a_plain_case() -> None:
    found = as_object(TEXT)
    assert {
        key: found[key]
        for key in ("verdict", "cause", "confidence", "refused", "helo_name", "stage", "direction", "role")
    } == {
        "verdict": "helo",
        "cause": "helo-not-fqdn",
        "confidence": "sure",
        "refused": True,
        "helo_name": "box",
        "stage": "rcpt",
        "direction": "relay",
        "role": "sender",
    }
    assert found["receiver"] == {"host": "mx.receiver.example", "software": "Postfix", "provider": None}
    assert found["reply_text"] == "<box>: Helo command rejected: need fully-qualified hostname"


def test_evidence_is_code_point_offsets_of_the_input() -> None:
    text = "🙂🙂 " + TEXT
    shown = {(span["what"], text[span["start"] : span["end"]]) for span in as_object(text)["evidence"]}  # type: ignore[attr-defined]
    assert {
        ("helo-name", "box"),
        ("code", "504"),
        ("enhanced-code", "5.5.2"),
        ("receiver", "mx.receiver.example"),
        ("recipient", "b@receiver.example"),
    } <= shown


def test_other_failures_follow_in_the_same_form() -> None:
    found = as_object(
        TEXT + "\n\n<c@receiver.example>: host mx.receiver.example[203.0.113.9] said: 550 5.1.1 no such user"
    )
    others = found["others"]
    assert isinstance(others, list) and len(others) == 1
    assert list(others[0]) == FIELDS
    assert (found["cause"], others[0]["cause"]) == ("helo-not-fqdn", "not-helo-user-unknown")


def test_the_text_is_given_only_where_it_is_not_the_input() -> None:
    assert "text" not in as_object(TEXT)
    encoded = (
        "From: a@sender.example\nTo: b@sender.example\nSubject: x\nContent-Type: text/plain; charset=utf-8\n"
        "Content-Transfer-Encoding: quoted-printable\n\n504 5.5.2 <box>: Helo command rejected: need "
        "fully-qualified=20hostname =C3=BC"
    )
    found = as_object(encoded)
    assert found["text_of"] == "part 1"
    assert str(found["text"]).startswith("504 5.5.2 <box>: Helo command rejected: need fully-qualified hostname")


@pytest.mark.parametrize("cause", list(Cause))
@pytest.mark.parametrize("name", [None, "box"])
def test_every_cause_is_worded_with_and_without_the_name(cause: Cause, name: str | None) -> None:
    diagnosis = Diagnosis(
        report=Report(text="x", refused=True), cause=cause, confidence=Confidence.SURE, helo_name=name
    )
    told, todo = readings.summary(WORDS, diagnosis), readings.next_step(WORDS, diagnosis)
    assert told.endswith(".") and todo.endswith(".")
    assert not cause.startswith("helo-") or cause is Cause.HELO_MISSING or (name is None) == ("box" not in told)


@pytest.mark.parametrize("cause", [cause for cause in Cause if cause.startswith("not-helo-")])
def test_what_is_not_about_the_name_clears_it_and_says_what_to_do_in_two_sentences(cause: Cause) -> None:
    diagnosis = Diagnosis(report=Report(text="x", refused=True), cause=cause)
    assert "HELO name" in readings.summary(WORDS, diagnosis)
    assert readings.next_step(WORDS, diagnosis).count(". ") == 1


@pytest.mark.parametrize("role", [Role.RECEIVER, Role.FORWARDER])
def test_someone_elses_name_is_not_the_readers_to_fix(role: Role) -> None:
    own = Diagnosis(report=Report(text="x", refused=True), cause=Cause.HELO_NOT_FQDN, helo_name="box")
    other = Diagnosis(report=Report(text="x", refused=True, role=role), cause=Cause.HELO_NOT_FQDN, helo_name="box")
    assert readings.next_step(WORDS, own) != readings.next_step(WORDS, other)


def test_a_warning_does_not_say_refused_the_mail() -> None:
    diagnosis = Diagnosis(report=Report(text="x", refused=False), cause=Cause.HELO_NOT_FQDN, helo_name="box")
    assert "not refused" in readings.summary(WORDS, diagnosis)


def test_a_temporary_refusal_says_so() -> None:
    report = Report(text="x", refused=True, permanence=Permanence.TEMPORARY)
    assert "temporary" in readings.summary(WORDS, Diagnosis(report=report, cause=Cause.HELO_UNRESOLVABLE))


def test_every_stage_and_confidence_is_worded() -> None:
    assert all(readings.stage(WORDS, stage) for stage in Stage)
    assert all(readings.confidence(WORDS, how) for how in Confidence)


def test_the_text_for_people_shows_name_reply_and_server() -> None:
    text = reading.as_text(bounce.diagnose(bounce.read(TEXT)), WORDS)
    for shown in ("“box”", "504 5.5.2 <box>: Helo command rejected", "mx.receiver.example", "RCPT TO", "helo-not-fqdn"):
        assert shown in text


def test_a_reading_survives_being_stored() -> None:
    read = bounce.read(TEXT)
    again = msgspec.json.decode(msgspec.json.encode(read), type=Bounce)
    assert bounce.diagnose(again) == bounce.diagnose(read)


def test_directions_are_words_of_the_contract() -> None:
    assert {str(direction) for direction in Direction} == {"relay", "submission", "unknown"}
