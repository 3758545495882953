"""Text from the other side made harmless: nothing in it moves a cursor, rings a bell or turns the reading direction."""

from __future__ import annotations

import re

_ACTING = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def printable(raw: bytes | str) -> str:
    """``raw`` as one line of text; control characters, and bytes that are no UTF-8, appear as ``\\x1b``.

    In a text, such bytes are lone surrogates (``surrogateescape``).
    """
    octets = raw.encode("utf-8", "surrogateescape") if isinstance(raw, str) else raw
    text = octets.decode("utf-8", "backslashreplace")
    return _ACTING.sub(lambda found: ascii(found[0])[1:-1], text)
