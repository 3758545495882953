"""How Babel finds the messages in our TOML files; used when catalogues are brought up to date, never at run time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

import tomli

Message = tuple[int, None, str, list[str]]


def _strings(value: object, keys: frozenset[str] | None, under: bool) -> Iterator[str]:
    """The strings of ``value``: all of them, or those at or below a table entry whose key is among ``keys``."""
    match value:
        case str() if under and value:
            yield value
        case dict():
            for key, inner in value.items():
                yield from _strings(inner, keys, under or keys is None or key in keys)
        case list():
            for inner in value:
                yield from _strings(inner, keys, under)
        case _:
            pass


def _line_of(text: str, lines: list[str]) -> int:
    """Where a message stands (its first 20 characters decide); 1 where escapes hide it."""
    start = text.strip().splitlines()[0][:20] if text.strip() else text
    return next((number for number, line in enumerate(lines, 1) if start in line), 1)


def extract_toml(
    fileobj: IO[bytes],
    keywords: Mapping[str, Any],  # noqa: ARG001 - Babel's interface; TOML has no calls
    comment_tags: Iterable[str],  # noqa: ARG001
    options: Mapping[str, str],
) -> Iterator[Message]:
    """Yield ``(line, None, message, [])`` for every user sentence of a data file (Babel's extraction interface).

    Args:
        fileobj: the TOML file.
        keywords: not used, since TOML has no calls.
        comment_tags: not used.
        options: ``keys``: the names, separated by blanks, of the entries that hold sentences; without it all do.
    """
    source = fileobj.read().decode()
    keys = frozenset(options["keys"].split()) if "keys" in options else None
    lines = source.splitlines()
    for text in _strings(tomli.loads(source), keys, keys is None):
        yield _line_of(text, lines), None, text, []
