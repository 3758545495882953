"""Cleaning undoes mangling, and every character leads back to where the user sees it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helodoctor.bounce.cleaning import clean
from helodoctor.bounce.pieces import PIECE, pieces
from helodoctor.bounce.text import Text
from helodoctor.bounce.unwrap import unwrap


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("> 550 no\n> thanks", "550 no\nthanks"),
        (">> 550 no\n>> thanks", "550 no\nthanks"),
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("a &amp;lt;b&amp;gt;", "a <b>"),
        ("“a” ‘b’\u00a0c", "\"a\" 'b' c"),
        ("a\\r\\nb\\nc", "a\nb\nc"),
        ("re\u00adjec\u200bted", "rejected"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("<p>a</p><b>b</b><br>c", "\na\nb\nc"),
        ("[a@b.example](mailto:a@b.example)", "a@b.example"),
        ("**550** no", "550 no"),
        ("mail_1  | 550 no", "550 no"),
        ("\x1b[31m550\x1b[0m no", "550 no"),
        ("220 mx;HELO www", "220 mx;\nHELO www"),
        ("<box>: stays, <a@b.example> too", "<box>: stays, <a@b.example> too"),
        (">>> EHLO x\n<<< 250 ok", ">>> EHLO x\n<<< 250 ok"),
    ],
)
def test_what_cleaning_undoes(text: str, cleaned: str) -> None:
    assert clean(Text(text)).string == cleaned


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("550 5.7.1 a\n  long reply", ["550 5.7.1 a long reply"]),
        ("550-one\n550 two", ["550-one", "550 two"]),
        ("Helo\ncommand rejected", ["Helo command rejected"]),
        ("EHLO box\n250 ok", ["EHLO box", "250 ok"]),
        ("one\n\ntwo", ["one", "", "two"]),
        ("Status: 5.1.1\nDiagnostic-Code: smtp; 550\n  no", ["Status: 5.1.1", "Diagnostic-Code: smtp; 550 no"]),
        ("Feb  3 10:00:00 mx a\nFeb  3 10:00:01 mx b", ["Feb  3 10:00:00 mx a", "Feb  3 10:00:01 mx b"]),
    ],
)
def test_wrapped_lines_are_joined_and_others_not(text: str, lines: list[str]) -> None:
    assert unwrap(Text(text)).string.split("\n") == lines


PARTS = [
    "> ",
    "&lt;",
    "550 ",
    "\r\n",
    "\u200b",
    "<b>",
    "</b>",
    "“",
    "word ",
    "\\n",
    "\n",
    "[x](http://y.example)",
    "**",
    "a | ",
]


@given(st.lists(st.sampled_from(PARTS), max_size=40).map("".join))
def test_every_cleaned_character_leads_back_to_the_same_character(text: str) -> None:
    cleaned = unwrap(clean(Text(text)))
    for at, letter in enumerate(cleaned.string):
        span = cleaned.span(at, at + 1, "reply")
        assert 0 <= span.start <= span.end <= len(text)
        if letter.isalnum():
            assert letter in span.cut(text)


@given(st.text(alphabet="ab \n", max_size=300), st.integers(0, 300), st.integers(0, 300))
def test_a_cut_leads_back_like_the_whole(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    part = Text(text).cut(start, end)
    assert part.string == text[start:end]
    if part.string:
        assert part.span(0, len(part.string), "reply").cut(text) == part.string


@given(st.integers(0, 400_000), st.sampled_from(["x", "xy\n", "line of words\n\n"]))
def test_pieces_cover_the_text_and_are_bounded(length: int, unit: str) -> None:
    text = (unit * (length // len(unit) + 1))[:length]
    ranges = list(pieces(text))
    assert "".join(text[start:end] for start, end in ranges) == text
    assert all(end - start <= PIECE for start, end in ranges)
