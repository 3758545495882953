"""Which mail system a text belongs to: told by its path, by its shape, and by words only that system uses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from helodoctor.detect.settings import lines_of
from helodoctor.knowledge.senders import System, all_systems
from helodoctor.knowledge.shapes import Shape

_FILE_WEIGHT, _MARK_WEIGHT, _NAMED_WEIGHT = 4, 3, 2
_LONGEST_LINE, _MOST_LOOKED_AT = 4000, 300_000


class Match(Struct, frozen=True):
    """A shape that fits a text, how well, and the first line that speaks for it."""

    system: str
    shape: Shape
    score: int
    line: int | None


@cache
def _mark(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.MULTILINE | re.IGNORECASE)


def _line_at(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _file_score(shape: Shape, system: str, path: str) -> int:
    """A glob that fits the whole path or its end, and a path that carries the system's own id."""
    words = set(re.split(r"[^a-z0-9]+", path))
    words |= {word.removesuffix("rc") for word in words}  # a program's run-control file
    own = [word for word in system.split("-") if len(word) > 1]
    named = _NAMED_WEIGHT if own and words.issuperset(own) else 0
    fits = any(fnmatchcase(path, pattern) or fnmatchcase(path, f"*/{pattern}") for pattern in shape.files)
    return max(named, _FILE_WEIGHT + named if fits else 0)


def _fit(system: str, shape: Shape, text: str, path: str) -> Match | None:
    found = [hit for mark in shape.marks if (hit := _mark(mark).search(text))]
    by_name = _file_score(shape, system, path) if path else 0
    if not found and not by_name:
        return None
    if shape.marks and not found and by_name < _FILE_WEIGHT:
        return None
    score = by_name + _MARK_WEIGHT * len(found) + shape.weight
    return Match(system, shape, score, _line_at(text, found[0].start()) if found else None)


def _shapes(known: System) -> tuple[Shape, ...]:
    """A system's own shapes, else those of what it is made of, which itself is the better guess where nothing tells."""
    if known.shape or known.like is None:
        return known.shape
    return tuple(replace(shape, weight=shape.weight - 1) for shape in all_systems()[known.like].shape)


def _all(text: str, path: str, system: str | None) -> Iterator[Match]:
    for name, known in all_systems().items():
        if system in (None, name):
            for shape in _shapes(known):
                match = _fit(name, shape, text, path)
                if match or system == name:
                    yield match or Match(name, shape, 0, None)


def recognise(text: str, path: str = "", system: str | None = None) -> list[Match]:
    """Every shape that fits ``text``, the best first; with ``system`` only that one's, fitting or not.

    ``path`` is the file's path as far as known, ``""`` for a paste.
    """
    plain = "\n".join(line[:_LONGEST_LINE] for _, line in lines_of(text[:_MOST_LOOKED_AT]))
    path = path.replace("\\", "/").lower()
    return sorted(_all(plain, path, system), key=lambda match: -match.score)
