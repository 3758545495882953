"""Every highlight, cut out of the text it belongs to, shows what it claims; mangled texts are no exception."""
# ruff: noqa: E501 - lines of logs and replies are kept whole

from __future__ import annotations

import html
import random
import re
import textwrap
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.bounce.reads import CORPUS, needs_corpus, table
from helodoctor import bounce
from helodoctor.bounce import rows
from helodoctor.knowledge import load_all
from helodoctor.model import Diagnosis, InputProblem

SAMPLES = [row.sample for family in load_all("replies", rows.Family).values() for row in family.row]


def squeezed(text: str) -> str:
    """Without what mangling adds: blanks, quoting marks, invisible characters, escapes."""
    return re.sub(r"[\s>\\\u00ad\u200b*_`|]|&gt;", "", html.unescape(text)).lower()


def claims(diagnosis: Diagnosis) -> dict[str, list[object]]:
    report = diagnosis.report
    return {
        "code": [report.reply_code],
        "enhanced-code": [report.enhanced_code],
        "helo-name": [diagnosis.helo_name, report.helo_name],
        "client-ip": [report.client_ip],
        "receiver": [report.receiver.host],
        "reporter": [report.reporter.host],
        "sender": [report.sender],
        "recipient": [report.recipient],
        "queue-id": [report.queue_id],
        "reply": [None],
    }


def check(text: str | bytes) -> None:
    try:
        read = bounce.read(text)
    except InputProblem:
        return
    for diagnosis in bounce.diagnose(read):
        claimed = claims(diagnosis)
        for span in diagnosis.evidence:
            cut = squeezed(span.cut(diagnosis.report.text))
            assert 0 <= span.start < span.end <= len(diagnosis.report.text)
            values = [squeezed(str(value)) for value in claimed[span.what] if value is not None]
            assert not values or any(value in cut for value in values), (span, cut, values)
        if diagnosis.report.text_of == "input":
            assert diagnosis.report.text == read.text


def corpus() -> Iterator[tuple[str, str | bytes]]:
    for row in table("rejections.tsv"):
        yield row["id"], row["text"].replace("\\n", "\n")
    for folder in ("bounces", "public-dsn"):
        for path in sorted((CORPUS / folder).glob("*.eml")):
            yield path.name, path.read_bytes()


@needs_corpus
def test_highlights_over_the_corpora() -> None:
    for _, text in corpus():
        check(text)


def quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.split("\n"))


def wrapped(text: str) -> str:
    return "\n".join(
        piece for line in text.split("\n") for piece in textwrap.wrap(line, 72, break_long_words=False) or [""]
    )


def crlf(text: str) -> str:
    return text.replace("\n", "\r\n")


def escaped(text: str) -> str:
    return text.replace("\n", "\\r\\n")


MANGLERS: list[Callable[[str], str]] = [
    quoted,
    wrapped,
    crlf,
    escaped,
    html.escape,
    lambda text: f"<pre>{html.escape(text)}</pre>",
]


@needs_corpus
@pytest.mark.parametrize("mangle", MANGLERS, ids=["quoted", "wrapped", "crlf", "escaped", "entities", "html"])
def test_highlights_of_mangled_texts(mangle: Callable[[str], str]) -> None:
    for row in table("rejections.tsv"):
        check(mangle(row["text"].replace("\\n", "\n")))


@needs_corpus
def test_highlights_of_texts_cut_off_anywhere() -> None:
    chance = random.Random(5321)
    for _, text in corpus():
        check(text[: chance.randrange(len(text)) + 1])


@given(st.sampled_from(SAMPLES), st.lists(st.sampled_from(MANGLERS), max_size=2), st.integers(0, 400))
def test_highlights_of_our_own_samples_mangled(sample: str, mangle: list[Callable[[str], str]], end: int) -> None:
    for step in mangle:
        sample = step(sample)
    check(sample)
    check(sample[:end])


@needs_corpus
def test_quoting_and_wrapping_change_no_reading() -> None:
    """A reader's mail program quotes and wraps; the verdict on a HELO fault survives both."""
    lost = []
    for row in table("rejections.tsv"):
        text = row["text"].replace("\\n", "\n")
        plain = bounce.diagnose(bounce.read(text))[0]
        if plain.verdict != "helo" or len(text) < 100:
            continue
        mangled = bounce.diagnose(bounce.read(quoted(wrapped(text))))[0]
        if mangled.verdict != plain.verdict:
            lost.append(row["id"])
    assert len(lost) <= 2, lost


def test_an_encoded_part_is_given_as_the_text_the_highlight_is_in() -> None:
    import base64

    body = "host mx.receiver.example[203.0.113.9] said: 504 5.5.2 <büro>: Helo command rejected: need fully-qualified hostname"
    text = (
        "From: MAILER-DAEMON@sender.example\nTo: a@sender.example\nSubject: Undelivered\nMIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(body.encode()).decode()
    )
    report = bounce.diagnose(bounce.read(text))[0].report
    assert (report.text_of, report.text) == ("part 1", body)
    assert "504" in [span.cut(body) for span in report.evidence if span.what == "code"]
