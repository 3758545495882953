"""Lower case that keeps every offset: searching without case folding is several times faster."""

from __future__ import annotations


def lower(text: str) -> str:
    """``text`` in lower case, character for character, so that offsets hold."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
