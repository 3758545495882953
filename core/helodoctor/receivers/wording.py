"""How each server prints a name into its reply and breaks the reply into lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from helodoctor.receivers.decision import fill_known
from helodoctor.receivers.engines import courier, exim, postfix
from helodoctor.receivers.greeting import octets

_PRINTED: Mapping[str, Callable[[str], str]] = {
    "postfix": postfix.neutered,
    "postfix-early": postfix.printed,
    "courier": courier.printed,
}


def printed(wording: str, name: str) -> str:
    """``name`` as a server with this ``wording`` shows it."""
    return _PRINTED[wording](name) if wording in _PRINTED else name


def reply_lines(wording: str, templates: tuple[str, ...], values: Mapping[str, str]) -> tuple[str, ...]:
    """The lines of a reply, ``values`` filled in; places without a value stay open."""
    lines = tuple(fill_known(template, values) for template in templates)
    if wording == "exim":
        return _numbered(lines[0][:3], exim.wrapped(lines[0][4:]))
    if wording.startswith("postfix"):
        return tuple(_cut(line, postfix.REPLY_LIMIT) for line in lines)
    return lines


def _numbered(code: str, texts: list[str]) -> tuple[str, ...]:
    return (*(f"{code}-{text}" for text in texts[:-1]), f"{code} {texts[-1]}")


def _cut(line: str, limit: int) -> str:
    if len(line) * 4 <= limit:
        return line
    return octets(line)[:limit].decode("utf-8", "replace")
