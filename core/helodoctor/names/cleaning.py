"""What came along with a pasted name: blanks, invisible characters, quotes, the word EHLO, a URL around it, a port."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from helodoctor.names.heloname import Deviation

# Soft hyphen, joiners, zero-width and direction marks, variation selectors, byte order mark: nobody sees or types them.
_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]+"
)
_QUOTES = "\"'`´“”„‟‘’‚‛«»‹›<>"

# Group 1 is the leftover; the order matters only for the speed, since peeling goes on until nothing matches.
_LEFTOVERS = (
    ("edge-blank", re.compile(r"([\s\x00]+)", re.DOTALL), True),
    ("edge-blank", re.compile(r"([\s\x00]+)\Z"), False),
    ("wrapper", re.compile(f"([{_QUOTES}(]+)"), True),
    ("wrapper", re.compile(rf"([{_QUOTES}),;\\]+)\Z"), False),
    ("wrapper", re.compile(r"((?:EHLO|HELO)\s+)", re.IGNORECASE), True),
    ("url", re.compile(r"([a-z][a-z0-9+.-]{0,20}://)", re.IGNORECASE), True),
    ("url", re.compile(r"(/.*)\Z", re.DOTALL), False),
    ("mailbox", re.compile(r"([A-Za-z0-9._+-]{1,64}@)"), True),
    ("port", re.compile(r"(?:\[[^\]]*\]|[^:\[\]]+)(:[0-9]{1,5})\Z"), True),
)


class Piece(Struct, frozen=True):
    """A part of a text that knows where each of its characters stands in the whole."""

    text: str
    where: Sequence[int]

    def cut(self, start: int, end: int) -> Piece:
        """The part of this part from ``start`` to ``end``."""
        return Piece(self.text[start:end], self.where[start:end])

    def mark(self, what: str, start: int, end: int) -> Deviation:
        """A deviation on the characters ``start`` to ``end`` (at least one) of this part."""
        return Deviation(what, self.where[start], self.where[end - 1] + 1)

    def mark_all(self, what: str, pattern: re.Pattern[str]) -> list[Deviation]:
        """A deviation for every match of ``pattern``, which never matches nothing."""
        return [self.mark(what, *match.span()) for match in pattern.finditer(self.text)]


def unwrap(text: str) -> tuple[Piece, list[Deviation]]:
    """The part of ``text`` that is meant as the name, and what was left out around (and, invisibly, within) it."""
    whole = Piece(text, range(len(text)))
    left_out = whole.mark_all("invisible", _HIDDEN)
    seen = [index for index, character in enumerate(text) if not _HIDDEN.match(character)] if left_out else None
    piece = whole if seen is None else Piece("".join(text[index] for index in seen), seen)
    while (step := _peel(piece)) is not None:
        piece, deviation = step
        left_out.append(deviation)
    return piece, left_out


def _peel(piece: Piece) -> tuple[Piece, Deviation] | None:
    """``piece`` without one leftover of its edges, or ``None`` when there is none."""
    for what, pattern, at_start in _LEFTOVERS:
        found = pattern.match(piece.text) if at_start else pattern.search(piece.text)
        if found is not None:
            start, end = found.span(1)
            rest = piece.cut(0, start) if start else piece.cut(end, len(piece.text))
            return rest, piece.mark(what, start, end)
    return None
