"""Cutting long texts: one regular-expression search over megabytes would hold the interpreter and stall the window."""

from __future__ import annotations

from collections.abc import Iterator

PIECE = 64 * 1024
_TAIL = 8 * 1024


def pieces(string: str) -> Iterator[tuple[int, int]]:
    """Ranges of at most :data:`PIECE` characters covering ``string``, ending at line ends if possible."""
    start = 0
    while len(string) - start > PIECE:
        limit = start + PIECE
        cut = string.rfind("\n\n", limit - _TAIL, limit) + 2
        if cut < 2:
            cut = string.rfind("\n", limit - _TAIL, limit) + 1
        end = cut if cut > start else limit
        yield start, end
        start = end
    yield start, len(string)
