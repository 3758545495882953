"""What mail programs hand over when a message is dragged out of them: the message itself, or only a link to it.

Outlook (and Thunderbird on Windows) offer a virtual file: a FILEGROUPDESCRIPTORW with its name (shlobj_core.h) and its
bytes as FileContents; Qt passes both on under names of its own. Elsewhere Thunderbird offers only text/x-moz-message,
an address inside the program.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

from PySide6.QtCore import QMimeData

DESCRIPTOR = 'application/x-qt-windows-mime;value="FileGroupDescriptorW"'
CONTENTS = 'application/x-qt-windows-mime;value="FileContents"'
LINKS = ("text/x-moz-message", "application/x-moz-file-promise")
WHOLE = "message/rfc822"

_COUNT_BYTES, _NAME_OFFSET, _NAME_BYTES = 4, 72, 520  # cItems; in FILEDESCRIPTORW: cFileName, WCHAR[260]
_BOUND = 5 * 1024 * 1024


class Message(NamedTuple):
    """A message as it was handed over: the name of its file, and its bytes (one more than the bound: it was longer)."""

    name: str
    data: bytes


def is_message(source: QMimeData) -> bool:
    """Whether ``source`` comes from a mail program in one of these forms."""
    return any(source.hasFormat(form) for form in (DESCRIPTOR, WHOLE, *LINKS))


def message(source: QMimeData) -> Message | None:
    """The message in ``source``; ``None`` where the mail program handed over only a link to it."""
    if source.hasFormat(WHOLE):
        return _message("message.eml", bytes(source.data(WHOLE).data()))
    if source.hasFormat(DESCRIPTOR) and source.hasFormat(CONTENTS):
        name = _file_name(bytes(source.data(DESCRIPTOR).data()))
        return _message(name, bytes(source.data(CONTENTS).data()))
    return None


def _message(name: str, data: bytes) -> Message | None:
    return Message(name, data[: _BOUND + 1]) if data else None


def _file_name(descriptor: bytes) -> str:
    """The name of the first file; a plain one where the descriptor is cut short."""
    if len(descriptor) < _COUNT_BYTES or struct.unpack_from("<I", descriptor)[0] == 0:
        return "message"
    raw = descriptor[_COUNT_BYTES + _NAME_OFFSET :][:_NAME_BYTES]
    text = raw[: len(raw) // 2 * 2].decode("utf-16-le", "replace").partition("\0")[0]
    return "".join(sign for sign in text if sign.isprintable()) or "message"
