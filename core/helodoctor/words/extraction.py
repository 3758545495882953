"""How Babel finds the messages in our TOML files; used when catalogues are brought up to date, never at run time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import IO, Any

import tomli

Message = tuple[int, None, str, list[str]]


def _strings(value: object) -> Iterator[str]:
    """Every string in ``value``, in the order of the file; empty ones are no messages."""
    match value:
        case str() if value:
            yield value
        case dict():
            yield from chain.from_iterable(map(_strings, value.values()))
        case list():
            yield from chain.from_iterable(map(_strings, value))
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
    options: Mapping[str, str],  # noqa: ARG001
) -> Iterator[Message]:
    """Yield ``(line, None, message, [])`` for every string of a word file: each is a sentence a user may read.

    Args:
        fileobj: the TOML file; the other arguments are Babel's and not used.
    """
    source = fileobj.read().decode()
    lines = source.splitlines()
    for text in _strings(tomli.loads(source)):
        yield _line_of(text, lines), None, text, []
