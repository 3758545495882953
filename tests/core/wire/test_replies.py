"""SMTP replies as servers send them and other programs quote them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helodoctor.wire import replies


@pytest.mark.parametrize(
    ("text", "code", "enhanced", "words"),
    [
        ("550 5.7.1 no", 550, "5.7.1", "no"),
        ("550-5.7.1 one\n550 5.7.1 two", 550, "5.7.1", "one two"),
        ("501-5.5.4 one. 501 5.5.4 two", 501, "5.5.4", "one. two"),
        ("550 no", 550, None, "no"),
        ("#550 5.7.1 no", 550, "5.7.1", "no"),
        ("(501, b'5.5.4 no')", 501, "5.5.4", "no')"),
        ('501 "5.7.1 <box>: no"', 501, "5.7.1", '<box>: no"'),
        ("554 554 5.7.0 no", 554, "5.7.0", "no"),
        ("550 #5.1.0 no", 550, "5.1.0", "no"),
        ("just words", None, None, "just words"),
        ("5500 no", None, None, "5500 no"),
        ("550 203.0.113.9 is bad", 550, None, "203.0.113.9 is bad"),
    ],
)
def test_parse(text: str, code: int | None, enhanced: str | None, words: str) -> None:
    assert replies.parse(text) == replies.Reply(code, enhanced, words)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("it said: 550 5.1.1 no", ["550"]),
        ("[::1]:35550 helo=x", []),
        ("size=1550 bytes", []),
        ("at 12:34:550 ", []),
        ("host 1.2.3.550 x", []),
        ("order 550 bytes", []),
        ("smtp;550 no", ["550"]),
        ("response=504 5.5.2 no", ["504"]),
        ("(550, b'no')", ["550"]),
    ],
)
def test_where_replies_begin(text: str, codes: list[str]) -> None:
    assert [text[slice(*site.code)] for site in replies.sites(text) if site.code] == codes


@given(st.text(max_size=200))
def test_any_text_has_a_reading(text: str) -> None:
    reply = replies.parse(text)
    assert reply.code is None or 200 <= reply.code < 600
    assert "\n" not in reply.text
    assert list(replies.sites(text)) is not None
