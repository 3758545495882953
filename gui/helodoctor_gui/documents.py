"""A file of the user's: read within a bound, off the GUI thread, and checked for being text at all."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from helodoctor import steps
from helodoctor.cli.input import read_bytes
from helodoctor.model import BounceKind, Case, InputProblem

_LOOKED_AT = 65_536
_JUNK_SHARE = 0.05


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
    data = read_bytes(str(path.absolute()))
    case = steps.read(Case(), data)
    document = Document(path.name, data, case)
    if case.bounce and case.bounce.kind is BounceKind.UNKNOWN and is_junk(document.text):
        raise InputProblem("no-text-in-file", path=path.name)
    return document


def is_junk(text: str) -> bool:
    """Whether ``text`` is something binary that was decoded: full of control and replacement characters."""
    sample = text[:_LOOKED_AT]
    odd = sum(1 for sign in sample if (sign < " " and sign not in "\t\n\r\f\v") or sign == "\ufffd")
    return odd > len(sample) * _JUNK_SHARE
