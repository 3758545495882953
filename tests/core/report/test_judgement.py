"""A judged name as scripts and people get it: worst first, every sentence filled, hostile text harmless."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helodoctor import names, steps
from helodoctor.model import Answer, EvidenceKind, NameReport, Prediction, Stage
from helodoctor.report import judgement
from helodoctor.words import speak

WORDS = speak("en")


def report_of(name: str, *predictions: Prediction) -> NameReport:
    from msgspec.structs import replace

    return replace(names.check(name), predictions=predictions)


def prediction(verdict: Answer, title: str = "Postfix", **facts: object) -> Prediction:
    return Prediction(
        receiver=title.lower(), title=title, setting="hardened", verdict=verdict, evidence=EvidenceKind.OBSERVED,
        **facts,  # type: ignore[arg-type]
    )  # fmt: skip


REFUSAL = prediction(
    Answer.REJECT,
    stage=Stage.RCPT,
    code=504,
    reply="504 5.5.2 <www>: Helo command rejected: need fully-qualified hostname",
)


def test_the_object_has_the_promised_fields() -> None:
    found = judgement.as_object(report_of("WIN-9QL4SDRB93L.kolibri.ch", REFUSAL), WORDS)
    assert set(found) >= {"name", "normalized", "kind", "verdict", "suggestion", "findings", "receivers", "data"}
    assert (found["name"], found["normalized"]) == ("WIN-9QL4SDRB93L.kolibri.ch", "win-9ql4sdrb93l.kolibri.ch")
    assert (found["kind"], found["verdict"], found["suggestion"]) == ("fqdn", "risky", "mail.kolibri.ch")
    assert set(found["data"]) == {"public_suffix_list", "knowledge"}  # type: ignore[call-overload]
    json.dumps(found)


def test_each_finding_of_the_object_has_the_promised_fields() -> None:
    findings = judgement.as_object(report_of("www"), WORDS)["findings"]
    assert isinstance(findings, list)
    for found in findings:
        assert set(found) - {"reason"} == {"id", "status", "message", "why", "source", "evidence", "fix"}
        assert ("reason" in found) == (found["status"] == "skipped")
        assert found["message"]
        assert found["why"]


def test_the_receiver_of_the_object_says_what_it_would_answer() -> None:
    (found,) = judgement.as_object(report_of("www", REFUSAL), WORDS)["receivers"]  # type: ignore[misc]
    assert (found["id"], found["verdict"], found["stage"], found["code"]) == ("postfix", "reject", "rcpt", 504)
    assert (found["reply"], found["evidence"]) == (REFUSAL.reply, "observed")
    assert "score" not in found


def test_a_score_is_there_where_a_receiver_scores() -> None:
    (found,) = judgement.as_object(report_of("www", prediction(Answer.SCORE, score=3.0)), WORDS)["receivers"]  # type: ignore[misc]
    assert found["score"] == 3.0


@pytest.mark.parametrize("name", ["www", "WIN-9QL4SDRB93L.kolibri.ch", "[192.0.2.1]", "", "my_srv.corp.local"])
def test_the_worst_finding_comes_first_and_what_does_not_apply_last(name: str) -> None:
    findings = judgement.as_object(report_of(name), WORDS)["findings"]
    assert isinstance(findings, list)
    order = ["fail", "warn", "offline", "pass", "not"]
    said = [
        found["status"] if found["status"] != "skipped"
        else "offline" if found["reason"] in ("offline", "address-unknown", "receiver-unknown") else "not"
        for found in findings
    ]  # fmt: skip
    assert said == sorted(said, key=order.index)


def test_a_person_reads_the_verdict_then_the_problems_then_the_receivers() -> None:
    text = judgement.as_text(report_of("www", REFUSAL, prediction(Answer.UNKNOWN), prediction(Answer.UNKNOWN)), WORDS)
    places = [
        text.index(part) for part in ("“www” is", "✗ Problem:", "! Warning:", "✓ ", "– Not checked:", "refuse it")
    ]
    assert places == sorted(places)
    assert "For 2 receivers it is not known." in text


def test_receivers_are_grouped_by_what_they_would_do() -> None:
    many = [prediction(answer, title) for answer, title in zip(Answer, "ABCDE", strict=True)]
    text = judgement.as_text(report_of("www", *many), WORDS)
    order = [
        "These refuse it (1)",
        "refuse it for now",
        "count it against the mail",
        "These take it",
        "it is not known",
    ]
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_the_same_advice_is_given_once() -> None:
    assert judgement.as_text(report_of("localhost"), WORDS).count("What to do:") == 1


def test_no_line_is_wider_than_a_terminal() -> None:
    text = judgement.as_text(steps.assess("static.5.113.0.203.clients.your-server.de"), WORDS)
    assert max(map(len, text.splitlines())) <= 79


@given(st.text())
def test_a_terminal_gets_no_control_character_of_the_name(name: str) -> None:
    text = judgement.as_text(names.check(name), WORDS)
    assert all(character.isprintable() for character in text.replace("\n", ""))


def test_a_very_long_name_is_shown_by_its_beginning() -> None:
    text = judgement.as_text(names.check("a" * 5000), WORDS)
    assert len(text) < 3000


def test_what_was_taken_for_granted_is_said_once() -> None:
    granted = (
        prediction(Answer.ACCEPT, assumed=("name-is-client",)),
        prediction(Answer.REJECT, assumed=("name-is-client",)),
    )
    text = " ".join(judgement.as_text(report_of("mail.kolibri.ch", *granted), WORDS).split())
    assert text.count("Taken for granted: the name leads to the address your server sends from.") == 1
