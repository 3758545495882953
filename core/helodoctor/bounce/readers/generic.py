"""Texts of no known shape: every place that looks like a server's refusal, else the words themselves."""

from __future__ import annotations

import re

from helodoctor.bounce.facts import Facts
from helodoctor.bounce.text import Text
from helodoctor.model import BounceKind
from helodoctor.wire import replies

_MOST = 40
_WHOLE = 2000


def read(text: Text, kind: BounceKind = BounceKind.UNKNOWN) -> list[Facts]:
    """One note per reply-like place of ``text``; without any, one for the text as a whole."""
    found: list[Facts] = []
    for start, end in _sites(text.string)[:_MOST]:
        facts = Facts(text, kind, refused=True)
        facts.reply(start, end)
        found.append(facts)
    if not found:
        facts = Facts(text, kind)
        start = len(text.string) - len(text.string.lstrip())
        facts.reply(start, min(len(text.string), start + _WHOLE))
        found.append(facts)
    return found


def _sites(string: str) -> list[tuple[int, int]]:
    places = list(replies.sites(string)) or list(replies.enhanced_sites(string))
    spans: list[tuple[int, int]] = []
    for place in places:
        if spans and place.start < spans[-1][1]:
            continue
        spans.append((place.start, _end(string, place)))
    return spans


def _end(string: str, place: replies.Site) -> int:
    """The reply's end: its line's, and those of the lines that repeat its code."""
    code = string[slice(*place.code)] if place.code else ""
    end = _line_end(string, place.words)
    while code and (found := re.compile(rf"\n[^\n\w]{{0,4}}{code}[ -]").match(string, end)):
        end = _line_end(string, found.end())
    return end


def _line_end(string: str, start: int) -> int:
    end = string.find("\n", start)
    return len(string) if end < 0 else end
