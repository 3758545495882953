"""Texts of no known shape: every place that looks like a server's refusal, else the words themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from helodoctor.bounce.facts import Facts
from helodoctor.bounce.frames import Found
from helodoctor.bounce.text import Text
from helodoctor.model import BounceKind
from helodoctor.wire import dialogue, replies
from helodoctor.wire.replies import Site

_MOST, _MOST_PLACES, _NEAR = 40, 1000, 80
_WHOLE = 3000
_CONTINUED = re.compile(r"\n[^\n\w]{0,4}(?P<code>[45]\d\d)[ -]")

_ACCEPTED = re.compile(r"(?<![\w.])25[0-2][ -]2\.\d{1,3}\.\d{1,3}(?![\d.])")

# Python's (554, b'5.7.1 no'), whatever a person wrote behind it
_PAIR = re.compile(r"\([45]\d\d, ?b?(?P<quote>['\"]).{0,2000}?(?P<end>(?P=quote))[),]", re.DOTALL)
_BRACKETED, _SENTENCE = 32, 400
_OPENED = re.compile(r"\((?:[^\W\d_]{2,12}[ :-]{1,2}){0,2}$")

_WORD = re.compile(r"[^\W\d_]{2}")

Range = tuple[int, int]


def read(text: Text, taken: Sequence[Range]) -> list[Found]:
    """One note per reply-like place of ``text`` outside the ranges ``taken``.

    Beside a known shape a bare number is not enough: it must begin a line or carry an enhanced code.
    """
    found: list[Found] = []
    for start, end, site in _ranges(text.string):
        if any(first < end and start < last for first, last in taken):
            continue
        if taken and site.enhanced is None and text.string[max(0, start - 1) : start] not in ("", "\n"):
            continue
        facts = Facts(text, BounceKind.UNKNOWN, refused=True)
        facts.reply(start, end)
        found.append((start, end, facts))
        if len(found) >= _MOST:
            break
    return found


def whole(text: Text) -> Found:
    """The beginning of the text as one statement without a code."""
    start = len(text.string) - len(text.string.lstrip())
    return statement(text, start, min(len(text.string), start + _WHOLE))


def statement(text: Text, start: int, end: int) -> Found:
    """``start..end`` as one statement; a reply of success (2xx, 3xx) at its beginning is an acceptance."""
    facts = Facts(text)
    if dialogue.is_reply(text.string[start:]):
        facts.reply(start, end)
        facts.accepted = (facts.reply_code or 0) < 400
        facts.refused = not facts.accepted
    else:
        facts.say(start, end)
        facts.accepted = _ACCEPTED.search(text.string, start, end) is not None
    return start, end, facts


def _ranges(string: str) -> list[tuple[int, int, Site]]:
    places = list(islice(replies.sites(string), _MOST_PLACES)) or list(
        islice(replies.enhanced_sites(string), _MOST_PLACES)
    )
    ranges: list[tuple[int, int, Site]] = []
    end = 0
    for place in places:
        start = end
        if place.start < end:  # inside the one before, whether that was a reply or not: no line is looked at twice
            continue
        end = _end(string, place)
        if _in_brackets(string, place):
            ranges.append((_line_start(string, start, place), end, place))
        elif place.enhanced or _WORD.search(string, place.words, min(end, place.words + _NEAR)):
            ranges.append((place.start, end, place))
    return ranges


def _in_brackets(string: str, place: Site) -> bool:
    """Whether the number stands inside the sentence it belongs to: "was refused (code 550), therefore ..."."""
    closed = string[place.words : place.words + 1] == ")"
    return closed and _OPENED.search(string[max(0, place.start - _BRACKETED) : place.start]) is not None


def _line_start(string: str, least: int, place: Site) -> int:
    return max(string.rfind("\n", 0, place.start) + 1, least, place.start - _SENTENCE)


def _end(string: str, place: Site) -> int:
    """The reply's end: its quote's, or its line's and those of the lines that repeat its code."""
    if string[place.start - 1 : place.start] == "(" and (pair := _PAIR.match(string, place.start - 1)):
        return pair.start("end")
    code = string[slice(*place.code)] if place.code else ""
    end = _line_end(string, place.words)
    while (found := _CONTINUED.match(string, end)) and found["code"] == code:
        end = _line_end(string, found.end())
    return end


def _line_end(string: str, start: int) -> int:
    end = string.find("\n", start)
    return len(string) if end < 0 else end
