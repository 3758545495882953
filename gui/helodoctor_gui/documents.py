"""A file of the user's: read within a bound, off the GUI thread, and checked for being text at all."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from helodoctor import steps
from helodoctor.cli.input import read_bytes
from helodoctor.model import BounceKind, Case, InputProblem

_LOOKED_AT = 65_536
_JUNK_SHARE = 0.05
_PICTURES = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")  # the last two: TIFF
_LATE_MARKS = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif")  # what telephones make


class Document(NamedTuple):
    """A file as read: its bytes, the text to show, and the case that was made from it."""

    name: str
    data: bytes
    case: Case

    @property
    def text(self) -> str:
        """What the file says, decoded."""
        return self.case.bounce.text if self.case.bounce else ""


def load(path: Path) -> Document:
    """Read the file at ``path``.

    Raises:
        InputProblem: it is no file, cannot be read, or holds no text.
    """
    if path.exists() and not path.is_file():
        raise InputProblem("no-file", path=path.name)
    return read(path.name, read_bytes(str(path.absolute())))


def read(name: str, data: bytes) -> Document:
    """Read what a file called ``name`` holds.

    Raises:
        InputProblem: it holds no text.
    """
    if is_picture(data):
        raise InputProblem("picture-no-text")
    document = Document(name, data, case=steps.read(Case(), data))
    bounce = document.case.bounce
    if bounce and bounce.kind is BounceKind.UNKNOWN and is_junk(document.text):
        raise InputProblem("no-text-in-file", path=name)
    return document


def is_picture(data: bytes) -> bool:
    """Whether ``data`` begins as a picture or a PDF does."""
    bitmap = data.startswith(b"BM") and data[6:10] == bytes(4)  # reserved in a BMP; two letters alone say nothing
    return bitmap or data.startswith(_PICTURES) or data[4:12] in _LATE_MARKS or data[8:12] == b"WEBP"


def is_junk(text: str) -> bool:
    """Whether ``text`` is something binary that was decoded: full of control and replacement characters."""
    sample = text[:_LOOKED_AT]
    odd = sum(1 for sign in sample if (sign < " " and sign not in "\t\n\r\f\v") or sign == "\ufffd")
    return odd > len(sample) * _JUNK_SHARE
