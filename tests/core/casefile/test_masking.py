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
from msgspec import Struct, field
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
from helodoctor.report.chapters import Length
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


def forms(case: Case, length: Length = "full") -> str:
    """Every form of the report in one, and the case file."""
    reports = [render(case, form, WORDS, length=length).replace("\\", "") for form in get_args(Format)]
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
        ("by_gw.lan_with_10.1.2.3_ok at_fd12::42_too", "by_internal-1_with_internal-2_ok at_internal-3_too"),
        ("10.1.2.3:25 but 110.1.2.3", "internal-1:25 but 110.1.2.3"),
        ("gw.lan, localhost.localdomain, mx.firma.example", "internal-1, localhost.localdomain, mx.firma.example"),
    ],
)
def test_what_is_private_is_found_however_it_is_written(written: str, masked: str) -> None:
    masks = Masks(frozenset(Kind))
    masks.learn(written)
    assert masks.masked(written) == masked


# --- over all corpora -------------------------------------------------------------------------------------------------

FULL_COUNT = 5_000
_ADDRESS = re.compile(r"[^\s<>,;:=\"'()\[\]@]{1,64}@(?=[\w-]+\.[\w.-]+)")
_PRIVATE = re.compile(r"(?<![\d.])(?:10|192\.168|172\.16)(?:\.\d{1,3}){2,3}(?![\d.])")
_GAP = re.compile(r"(?<=\S)[ ](?=\S)")
_MAILBOX = ("<{}@kolibri.example>", "to=<{}@kolibri.example>,", "rfc822;{}@kolibri.example", "({}@kolibri.example)",
            "list+{}=kolibri.example@list.example", "mailto:{}@kolibri.example", "to={}%40kolibri.example")  # fmt: skip
_SECRET = ("password={}", "token: {}", "https://x.example/login?token={}", "https://anna:{}@x.example/",
           "Authorization: Bearer {}", "AUTH PLAIN {}", 'passwd="{}"', "api_key={}")  # fmt: skip
_INTERNAL = ("{}.corp.local", "{}.intern.lan:", "[{}.internal]", "helo=<{}.home.arpa>")
_V4 = ("10.{}.{}.{}", "[192.168.{}.{}]", "(172.16.{}.{})", "[::ffff:10.{}.{}.{}]", "100.64.{}.{}:25", "169.254.{}.{}")


class Plants(Struct):
    """What is put into a text, each as nobody else's word; ``told`` are the bare values."""

    random: random.Random
    told: list[str] = field(default_factory=list)

    def word(self) -> str:
        self.told.append("zq" + "".join(self.random.choices("abcdefghijklmnoprstuvwy", k=9)))
        return self.told[-1]

    def address(self) -> str:
        """A private address in one of its spellings; what is told of it is the IPv4 address."""
        form = self.random.choice(_V4)
        written = form.format(*(self.random.randint(101, 255) for _ in range(form.count("{}"))))
        self.told += re.findall(r"\d+(?:\.\d+){3}", written)
        return written

    def any(self) -> str:
        """One private thing as it stands in replies and logs."""
        form = self.random.choice([*_MAILBOX, *_SECRET, *_INTERNAL, *_V4])
        return self.address() if form in _V4 else form.format(self.word())

    def planted(self, text: str) -> str:
        """``text`` with planted mailboxes for all its own, a header, a subject, and more between its words."""
        mailbox, gateway = self.word(), self.address()
        text = _ADDRESS.sub(f"{mailbox}@", text)
        header = f"Received: from {self.word()}.corp.local ({gateway}) by gw.lan\nSubject: {self.word()}\n"
        gaps = [gap.start() for gap in _GAP.finditer(text)]
        for gap in sorted(self.random.sample(gaps, min(len(gaps), 4)), reverse=True):
            text = f"{text[:gap]} {self.any()} {text[gap + 1 :]}"
        return header + text


def corpus() -> list[str]:
    """Our own samples, and the shared bounces, replies and logs where they are at hand."""
    texts = [row.sample for family in load_all("replies", rows.Family).values() for row in family.row]
    texts += [sample.text for sample in samples()]
    if shared.CORPUS.exists():
        mails = chain(*(sorted((shared.CORPUS / folder).glob("*.eml")) for folder in ("bounces", "public-dsn")))
        texts += [path.read_bytes().decode("utf-8", "replace") for path in mails]
        texts += (shared.CORPUS / "rejections.tsv").read_text("utf-8").splitlines()
        texts += chain(*(pieces(path.read_text("utf-8", "replace")) for path in (shared.CORPUS / "logs").glob("*.log")))
    return texts


def pieces(log: str) -> list[str]:
    """A log as people paste it: some lines of it."""
    lines = log.splitlines(keepends=True)
    return ["".join(lines[start : start + 12]) for start in range(0, len(lines), 12)]


@pytest.mark.timeout(0)
@pytest.mark.parametrize("length", get_args(Length))
def test_what_is_planted_in_any_corpus_shows_in_no_form(length: Length, long_count: Callable[[int], int]) -> None:
    texts = sorted(corpus())
    random.Random(42).shuffle(texts)
    found = []
    for number, text in enumerate(texts[: long_count(FULL_COUNT)]):
        plants = Plants(random.Random(number))
        try:
            case = redact(steps.judge(steps.read(Case(), plants.planted(text)))).case
        except InputProblem:
            continue
        told = forms(case, length)
        found += [(word, told[max(0, told.index(word) - 90) :][:180]) for word in plants.told if word in told]
        assert untold(case) == []
    assert found == []
