"""Bytes of unknown encoding to characters: every input gives a text."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARSET = re.compile(rb"charset=\"?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_HEAD = 4096


def decode(data: bytes) -> str:
    """The characters of ``data``: by its byte order mark, as UTF-8, as the charset it names, else byte by byte."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if wide := _wide(data):
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _named(data) or data.decode("latin-1")


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark shows as a NUL beside nearly every ASCII character."""
    head = data[:_HEAD]
    if len(head) < 4 or head.count(0) * 5 < len(head) * 2:
        return None
    return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"


def _named(data: bytes) -> str | None:
    for found in _CHARSET.finditer(data[:65536]):
        text = charset(data, found[1].decode("ascii"))
        if text is not None:
            return text
    return None


def charset(data: bytes, name: str) -> str | None:
    """``data`` in the charset ``name``; ``None`` where that is unknown, no text encoding, or does not fit."""
    try:
        if not codecs.lookup(name)._is_text_encoding:
            return None
        return data.decode(name)
    except (LookupError, ValueError):
        return None
