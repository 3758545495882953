"""SMTP replies (RFC 5321 4.2) and enhanced status codes (RFC 3463), also as other programs quote them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

ENHANCED = r"[245]\.\d{1,3}\.\d{1,3}"

_SEPARATORS = r"""(?:[\s,:;\-\#)\]}"'(]|b["']){0,6}"""
_REPLY = re.compile(
    rf"""[\#"'(\[{{\s]*(?P<code>[2-5][0-7]\d)(?![\w.])               # RFC 5321 4.2.1
         (?:[ -](?P=code)(?=[ -]))?
         (?:{_SEPARATORS}(?P<enhanced>{ENHANCED})(?![\d.]*\d))?{_SEPARATORS}""",
    re.VERBOSE,
)
_CODE_SITE = re.compile(
    rf"""(?P<code>[45](?<![\w.@%/+-].)(?<!\d[:,;].)(?<![A-Za-z]\#.)[0-7]\d)  # looking back only from a 4 or 5
         (?=[\s:;,)\]}}"'-])(?!\s?(?:bytes|KB|ms|seconds|byte|users|messages)\b)(?!-\d\d[^\d])
         (?:[ -](?P=code)(?=[ -]))?
         (?:{_SEPARATORS}(?P<enhanced>{ENHANCED})(?![\d.]*\d))?""",
    re.VERBOSE,
)
_ENHANCED_SITE = re.compile(  # a section of an RFC looks alike
    r"(?P<enhanced>[45](?<![\w.-].)(?<![Rr][Ff][Cc]\d{4}[ ,].)(?<![Rr][Ff][Cc][ -]\d{4}[ ,].)(?<![Ss]ection\s.)"
    r"\.\d{1,3}\.\d{1,3})(?![\w-]|\.\d)"
)


class Reply(Struct, frozen=True):
    """One reply: code, enhanced status code and the words, as far as they are there."""

    code: int | None
    enhanced: str | None
    text: str


class Site(Struct, frozen=True):
    """Where a reply begins inside a longer text: offsets of its code and of its enhanced code."""

    code: tuple[int, int] | None
    enhanced: tuple[int, int] | None
    start: int
    words: int


def parse(text: str) -> Reply:
    """Split a reply, one line or several, into its parts; the words come back on one line.

    A text that does not begin with a reply code is all words.
    """
    found = _REPLY.match(text)
    if not found:
        return Reply(None, None, one_line(text))
    code, enhanced = found["code"], found["enhanced"]
    rest = text[found.end() :]
    if code in rest:  # in few: compiling a pattern for each code would take longer than all else
        both = rf"(?:^|(?<=\s)){code}[ -](?:{re.escape(enhanced)}(?=\s|$))?" if enhanced else ""
        rest = re.sub(both or rf"(?:^|(?<=\n)){code}[ -]", " ", rest)
    return Reply(int(code), enhanced, one_line(rest))


def one_line(text: str) -> str:
    """``text`` with every run of white space as one blank."""
    return " ".join(text.split())


def sites(text: str) -> Iterator[Site]:
    """Every place in ``text`` where a refusing reply (4xx, 5xx) seems to begin, in order."""
    for found in _CODE_SITE.finditer(text):
        enhanced = found.span("enhanced") if found["enhanced"] else None
        yield Site(found.span("code"), enhanced, found.start(), found.end())


def enhanced_sites(text: str) -> Iterator[Site]:
    """Every place where an enhanced status code stands, with or without a reply code before it."""
    for found in _ENHANCED_SITE.finditer(text):
        yield Site(None, found.span(), found.start(), found.end())
