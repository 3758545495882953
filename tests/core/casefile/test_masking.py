"""What leaves the house: nothing planted shows up in any form, and what proves the reading still does."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from itertools import chain
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import fields, replace

import shared
from core.casefile.walked import BOUNCE, walked
from helodoctor import casefile, steps
from helodoctor.bounce import rows
from helodoctor.bounce.samples import samples
from helodoctor.casefile.masking import _OURS, redact
from helodoctor.casefile.private import Kind, Masks
from helodoctor.casefile.telling import untold
from helodoctor.knowledge import load_all
from helodoctor.model import Case, InputProblem, Line, Stage
from helodoctor.report.case import Format, render
from helodoctor.words import speak

WORDS = speak("en")
MAIL = """Received: from srv-dc01.corp.local (srv-dc01.corp.local [10.1.2.3]) by x
Subject: secret plans
 of the board
Message-ID: <20261123.77@srv-dc01.corp.local>

Dear Anna, password=hunter22hunter, ring me.
HELO srv-dc01
250 ok
MAIL FROM:<anna.meier@firma.example>
250 2.1.0 Sender ok
RCPT TO:<bert.maier@receiver.example>
504 5.5.2 <srv-dc01>: Helo command rejected: need fully-qualified hostname; anna.meier \
at srv-dc01.corp.local[10.1.2.3] see https://x.example/a?email=bert.maier%40receiver.example
"""


def forms(case: Case) -> str:
    """Every form of the report in one, and the case file."""
    reports = [render(case, form, WORDS).replace("\\", "") for form in get_args(Format)]
    return "\n".join([*reports, casefile.encode(casefile.new_file(case)).decode()]).lower()


def test_nothing_private_is_left_in_any_form() -> None:
    told = forms(redact(walked(MAIL)).case)
    for private in ("anna", "meier", "bert.", "hunter22", "srv-dc01", "10.1.2.3", "secret plan", "ring me"):
        assert private not in told


def test_the_proof_stays_and_the_spans_point_at_the_same_words() -> None:
    case, old = redact(walked(MAIL)).case, walked(MAIL).diagnosis
    assert case.diagnosis is not None
    assert old is not None
    shown = [(span.what, span.cut(case.diagnosis.report.text)) for span in case.diagnosis.evidence]
    assert [what for what, _ in shown] == [span.what for span in old.evidence]
    told = dict(shown)
    assert told["reply"].startswith("504 5.5.2 <internal-2>: Helo command rejected: need fully-qualified hostname")
    assert (told["code"], told["enhanced-code"], told["helo-name"]) == ("504", "5.5.2", "internal-2")
    assert told["sender"] == "mailbox-2@firma.example"


def test_the_same_input_has_the_same_mask_everywhere() -> None:
    case = redact(walked(MAIL)).case
    diagnosis = case.diagnosis
    assert diagnosis is not None
    assert case.name == diagnosis.helo_name == case.trials[0].plan.name == "internal-2"
    assert case.trials[0].dialogue[0].text == "EHLO internal-2"
    assert redact(walked(MAIL)) == redact(walked(MAIL))


def test_the_preview_names_what_does_not_go_out() -> None:
    masked = {(one.kind, one.original): one.mask for one in redact(walked(MAIL)).masked}
    assert masked[Kind.MAILBOX, "anna.meier"] == "mailbox-2"
    assert masked[Kind.INTERNAL, "10.1.2.3"] == "internal-3"
    assert (Kind.TEXT, "Subject: secret plans") in masked


def test_a_public_name_and_a_common_word_stay() -> None:
    redacted = redact(walked())
    told = forms(redacted.case)
    for kept in ("mail.firma.example", "“www”", "mta-gw1.infomaniak.ch", "bogus helo [1]"):
        assert kept in told
    assert "user123" not in told


@pytest.mark.parametrize(
    ("kind", "gone", "kept"),
    [
        (Kind.MAILBOX, "anna.meier", "secret plans"),
        (Kind.SUBJECT, "the board", "ring me"),
        (Kind.INTERNAL, "10.1.2.3", "ring me"),
        (Kind.TEXT, "ring me", "anna.meier"),
    ],
)
def test_each_kind_can_be_masked_for_itself(kind: Kind, gone: str, kept: str) -> None:
    bounce = redact(walked(MAIL), frozenset({kind})).case.bounce
    assert bounce is not None
    assert gone not in bounce.text
    assert kept in bounce.text
    assert "hunter22" not in bounce.text


def test_message_text_in_a_pasted_conversation_does_not_go_out() -> None:
    case = walked()
    said = (Line(0.3, "us", "Dear Anna, ring me.", Stage.DATA), Line(0.4, "us", "QUIT"))
    trial = replace(case.trials[0], dialogue=(*case.trials[0].dialogue, *said))
    lines = [line.text for line in redact(replace(case, trials=(trial,))).case.trials[0].dialogue]
    assert lines[-2:] == ["…", "QUIT"]


def test_every_field_that_is_not_masked_exists() -> None:
    for kind, names in _OURS.items():
        assert set(names) <= {field.name for field in fields(kind)}, kind


@given(st.sampled_from(["postfix", "local", "reply", "helo", "6a", "sh", "fail", "text 1", "user123", "a.b.local"]))
def test_a_name_that_is_also_a_word_of_ours_breaks_nothing(name: str) -> None:
    case = redact(walked(BOUNCE.replace("HELO www", f"HELO {name}"))).case
    assert untold(case) == []
    assert forms(case)


@pytest.mark.parametrize(
    ("written", "masked"),
    [
        ("<anna.m@x.example>", "<mailbox-1@x.example>"),
        ("to=anna.m%40x.example", "to=mailbox-1%40x.example"),
        ('"anna m"@x.example', "mailbox-1@x.example"),
        ("bounce+anna.m=x.example@y.example", "mailbox-1@y.example"),
        ("a" * 300 + "@x.example", "mailbox-1@x.example"),
        ("from=anna.m@x.example, to=anna.m@y.example", "from=mailbox-1@x.example, to=mailbox-1@y.example"),
        ("[IPv6:fd12::42]", "[IPv6:internal-1]"),
        ("at [fd12::42] and ::ffff:10.1.2.3", "at [internal-1] and internal-2"),
        ("10.1.2.3:25 but 110.1.2.3", "internal-1:25 but 110.1.2.3"),
        ("gw.lan, localhost.localdomain, mx.firma.example", "internal-1, localhost.localdomain, mx.firma.example"),
    ],
)
def test_what_is_private_is_found_however_it_is_written(written: str, masked: str) -> None:
    masks = Masks(frozenset(Kind))
    masks.learn(written)
    assert masks.masked(written) == masked


# --- over all corpora -------------------------------------------------------------------------------------------------

PLANTED = ("zaphod.beeble", "10.77.88.99", "fd12:3456:789a::42", "srv-zarquon", "tok3nzarniwoop", "heartofgoldplans")
HEADER = (
    "Received: from srv-zarquon.corp.local (srv-zarquon [10.77.88.99]) by gw.lan ([IPv6:fd12:3456:789a::42])\n"
    "Subject: heartofgoldplans\nX-Auth: token=tok3nzarniwoop\n"
)
_ADDRESS = re.compile(r"[^\s<>,;:=\"'()\[\]@]{1,64}@(?=[\w-]+\.[\w.-]+)")
_PRIVATE = re.compile(r"(?<![\d.])(?:10|192\.168|172\.16)(?:\.\d{1,3}){2,3}(?![\d.])")
FULL_COUNT = 5_000


def corpus() -> list[str]:
    """Our own samples, and the shared bounces where they are at hand."""
    texts = [row.sample for family in load_all("replies", rows.Family).values() for row in family.row]
    texts += [sample.text for sample in samples()]
    if shared.CORPUS.exists():
        mails = chain(*(sorted((shared.CORPUS / folder).glob("*.eml")) for folder in ("bounces", "public-dsn")))
        texts += [path.read_bytes().decode("utf-8", "replace") for path in mails]
    return texts


def planted(text: str) -> str:
    """Every mailbox is the planted one, every private address too; and a header that holds the rest."""
    return HEADER + _PRIVATE.sub("10.77.88.99", _ADDRESS.sub("zaphod.beeble@", text))


@pytest.mark.timeout(0)
def test_what_is_planted_in_any_corpus_shows_in_no_form(long_count: Callable[[int], int]) -> None:
    texts = corpus()
    random.Random(42).shuffle(texts)
    found = []
    for text in texts[: long_count(FULL_COUNT)]:
        try:
            case = redact(steps.judge(steps.read(Case(), planted(text)))).case
        except InputProblem:
            continue
        told = forms(case)
        found += [(word, text) for word in PLANTED if word in told]
        assert untold(case) == []
    assert found == []
