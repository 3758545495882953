"""Every way a trial can end has its sentence, its next step, and says from where it ran."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

import helodoctor
from helodoctor.knowledge import load
from helodoctor.model import Cause, Line, Stage, Target, Trial, TrialPlan, TrialVerdict, Verdict
from helodoctor.words import speak
from helodoctor.words import trials as sentences

ENGLISH = speak("en")
NETWORK = Path(helodoctor.__path__[0]) / "network"
OBSTACLES = sorted(
    set(re.findall(r'Obstacle\("([a-z0-9-]+)"\)', "".join(path.read_text() for path in NETWORK.glob("*.py"))))
    | {"connect-timeout", "connection-refused", "connect-denied", "no-route", "source-unavailable", "timeout", "reset"}
    | {"port-25-closed", "port-25-intercepted", "only-this-server", "no-internet"}
)


HOST = "mx.receiver.example"


def trial(verdict: TrialVerdict, *, policy: str | None = None, host: str = HOST, **known: object) -> Trial:
    target = Target(host=host, port=25, policy=policy)
    return Trial(plan=TrialPlan(target=target, name="srv01"), verdict=verdict, **known)  # type: ignore[arg-type]


def assert_plain(sentence: str) -> None:
    assert sentence[0].isupper() or sentence.startswith("mx.")
    assert sentence.endswith(".")
    assert "{" not in sentence
    assert len(sentence.split()) <= 50


@pytest.mark.parametrize("obstacle", OBSTACLES)
def test_every_obstacle_has_its_sentence_and_a_next_step(obstacle: str) -> None:
    for stage in Stage:
        ended = trial(TrialVerdict.UNDETERMINED, obstacle=obstacle, stopped_at=stage, reply_code=354)
        assert_plain(sentences.reading(ENGLISH, ended))
        assert_plain(sentences.next_step(ENGLISH, ended))


def test_the_words_know_no_obstacle_that_nobody_meets() -> None:
    worded = {key.removeprefix("obstacle-") for key in load("words/trials.toml", dict) if key.startswith("obstacle-")}
    pasted = {"no-connection"}  # only a script elsewhere ends so
    assert worded == set(OBSTACLES) | pasted


@pytest.mark.parametrize(
    ("verdict", "cause"),
    list(product((TrialVerdict.REFUSED, TrialVerdict.TEMPFAIL), [cause for cause in Cause if cause != "accepted"])),
)
def test_a_refusal_blames_the_name_only_when_the_cause_does(verdict: TrialVerdict, cause: Cause) -> None:
    for stage in Stage:
        refused = trial(verdict, cause=cause, refused_at=stage, reached=stage, reply_code=550)
        said = sentences.reading(ENGLISH, refused)
        assert_plain(said)
        assert_plain(sentences.next_step(ENGLISH, refused))
        blamed = "because of the name “srv01”" in said.replace("not because of the name", "")
        cleared = "not because of the name" in said or "says nothing about the name" in said
        assert blamed is (cause.verdict is Verdict.HELO and cause != "helo-mismatch")
        assert cleared is (cause.verdict is Verdict.NOT_HELO)


def test_a_name_of_another_address_is_no_fault_when_the_test_ran_at_this_desk() -> None:
    refused = trial(TrialVerdict.REFUSED, cause=Cause.HELO_MISMATCH, refused_at=Stage.RCPT)
    assert "this computer's address, not your mail server's" in sentences.reading(ENGLISH, refused)
    assert "on your mail server" in sentences.next_step(ENGLISH, refused)
    there = trial(TrialVerdict.REFUSED, cause=Cause.HELO_MISMATCH, refused_at=Stage.RCPT, origin="pasted")
    assert "because of the name" in sentences.reading(ENGLISH, there)


def test_a_greeting_alone_is_said_to_prove_little() -> None:
    said = sentences.reading(ENGLISH, trial(TrialVerdict.UNDETERMINED, reached=Stage.HELO))
    assert "proves little" in said
    assert_plain(said)


def test_an_acceptance_is_half_of_the_proof_and_says_where_it_was_reached() -> None:
    for reached, words in ((Stage.RCPT, "all the way to the recipient"), (Stage.HELO, "at the greeting")):
        accepted = trial(TrialVerdict.ACCEPTED, reached=reached, cause=Cause.ACCEPTED)
        assert words in sentences.reading(ENGLISH, accepted)
        assert "really announces this name" in sentences.next_step(ENGLISH, accepted)


def test_from_where_it_ran_and_what_that_proves() -> None:
    spoken = (Line(0.0, "server", "554 no", Stage.CONNECT),)
    live = sentences.scope(ENGLISH, trial(TrialVerdict.REFUSED, source_address="192.0.2.7", dialogue=spoken))
    assert "192.0.2.7" in live
    assert "not what your mail server says" in live
    assert "“Exim”" in sentences.scope(ENGLISH, trial(TrialVerdict.REFUSED, policy="exim"))
    assert "pasted" in sentences.scope(ENGLISH, trial(TrialVerdict.REFUSED, origin="pasted"))
    tried = sentences.scope(ENGLISH, trial(TrialVerdict.UNREACHABLE))
    assert "your mail server, may well reach mx.receiver.example" in tried
    assert_plain(live)
    assert_plain(tried)


@pytest.mark.parametrize(
    ("line", "gloss"),
    [
        (Line(0.0, "us", "EHLO srv01", Stage.HELO), "We introduce ourselves as “srv01”."),
        (Line(0.0, "us", "HELO srv01", Stage.HELO), "We introduce ourselves again in the old way, as “srv01”."),
        (Line(0.0, "us", "MAIL FROM:<>", Stage.MAIL), "We name no sender, as automatic messages do."),
        (Line(0.0, "us", "MAIL FROM:<a@sender.example>", Stage.MAIL), "We name the sender a@sender.example."),
        (Line(0.0, "us", "RCPT TO:<b@receiver.example>", Stage.RCPT), "We name the recipient b@receiver.example."),
        (Line(0.0, "server", "550 5.7.1 no", Stage.RCPT), "A lasting no."),
        (Line(0.0, "server", "450 later", Stage.RCPT), "Not now; a mail server would try again later."),
        (Line(0.0, "server", "221 bye", Stage.UNKNOWN), "Goodbye."),
    ],
)
def test_a_plain_word_under_each_line(line: Line, gloss: str) -> None:
    assert sentences.gloss(ENGLISH, line) == gloss


def test_every_line_has_a_gloss_whatever_it_says() -> None:
    for stage, text in product(Stage, ("220 x", "354 x", "454 x", "599", "", "{host}", "HTTP/1.1", "999 {")):
        assert sentences.gloss(ENGLISH, Line(0.0, "server", text, stage))
        assert sentences.gloss(ENGLISH, Line(0.0, "us", text, stage))


def test_braces_from_outside_are_not_places() -> None:
    hostile = trial(TrialVerdict.REFUSED, host="{name}", cause=Cause.HELO_NOT_FQDN, refused_at=Stage.RCPT)
    assert sentences.reading(ENGLISH, hostile).startswith("{name} turned")
