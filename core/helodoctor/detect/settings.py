"""The common ground of all configuration readers: a setting with its value and the line it stands on."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

MOST_CHARACTERS = 1_000_000
"""Characters of a configuration text that are looked at; real ones are far smaller."""


class Setting(Struct, frozen=True):
    """``key`` (lower case, sections and parents joined by dots), its value as text, and its 1-based line.

    Settings with the same ``record`` belong together (one connector of several, one transport).
    """

    key: str
    value: str
    line: int
    record: int = 0


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """Every line with its 1-based number; a byte-order mark and carriage returns are dropped."""
    return enumerate(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1)


def unquoted(value: str) -> str:
    """``value`` without one pair of surrounding quotes."""
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'`":
        return value[1:-1]
    return value
