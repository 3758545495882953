"""Many messages: files, folders, Maildirs and mboxes as a stream of places to read, never held in memory together."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

MESSAGE_BOUND = 5 * 1024 * 1024
"""Bytes read of one message; more than that is no bounce."""
_CHUNK = 1024 * 1024
_FROM = b"From "


class Place(Struct, frozen=True):
    """Where one message lies: its file, the range of bytes, and its number inside an mbox (``None``: alone)."""

    path: str
    start: int
    length: int
    index: int | None = None

    def read(self) -> bytes:
        """The message, cut off at :data:`MESSAGE_BOUND` and one byte more, which tells that something was left out.

        Raises:
            OSError: the file cannot be read any more.
        """
        with open(self.path, "rb") as stream:  # noqa: PTH123 (Path.open takes as long again)
            if self.start:
                stream.seek(self.start)
            return stream.read(min(self.length, MESSAGE_BOUND + 1))


def is_case(path: str) -> bool:
    """Whether a file is a saved case, by its name; it is read whole, by its own reader and within its own bound."""
    return path.lower().endswith(".helocase")


def files(paths: list[str]) -> Iterator[Path]:
    """Every file of ``paths``, folders walked in sorted order; a Maildir's ``tmp`` holds no finished message."""
    for name in paths:
        path = Path(name)
        if not path.is_dir():
            yield path
            continue
        with os.scandir(path) as entries:  # whose entries know what they are without being asked one by one
            inside = sorted(entries, key=lambda entry: entry.name)
        for entry in inside:
            unfinished = entry.name == "tmp" and (path / "cur").is_dir()
            if entry.is_dir() and not entry.is_symlink() and not unfinished:
                yield from files([entry.path])
            elif entry.is_file():
                yield Path(entry.path)


def places(path: Path) -> Iterator[Place]:
    """The messages of one file: those of an mbox one by one (RFC 4155), else the file, in parts if it is very long.

    Raises:
        OSError: the file cannot be read.
    """
    with open(path, "rb", buffering=0) as stream:  # noqa: PTH123 (Path.open takes as long again)
        begins, size = stream.read(len(_FROM)), os.fstat(stream.fileno()).st_size
    if begins == _FROM:
        yield from _messages(str(path), size)
    elif size <= MESSAGE_BOUND or is_case(str(path)):
        yield Place(str(path), 0, size)
    else:
        yield from _parts(str(path), size)


def _messages(path: str, size: int) -> Iterator[Place]:
    """The ranges between ``From `` lines that follow an empty line."""
    start, index = 0, 0
    for boundary in _boundaries(path):
        if boundary > start:
            yield Place(path, start, boundary - start, index)
            start, index = boundary, index + 1
    yield Place(path, start, size - start, index)


def _boundaries(path: str) -> Iterator[int]:
    """The offsets of every ``From `` that begins a message, found in chunks that overlap by the mark's length."""
    marks = (b"\n\n" + _FROM, b"\n\r\n" + _FROM)
    longest = max(map(len, marks))
    with Path(path).open("rb") as stream:
        offset, kept = 0, b""
        while chunk := stream.read(_CHUNK):
            window = kept + chunk
            base = offset - len(kept)
            found = {base + at + len(mark) - len(_FROM) for mark in marks for at in _all(window, mark)}
            yield from sorted(found)
            kept = window[-(longest - 1) :]
            offset += len(chunk)


def _all(window: bytes, mark: bytes) -> Iterator[int]:
    at = window.find(mark)
    while at >= 0:
        yield at
        at = window.find(mark, at + 1)


def _parts(path: str, size: int) -> Iterator[Place]:
    """A long log in parts that end at line ends."""
    start, index = 0, 0
    with Path(path).open("rb") as stream:
        while start < size:
            stream.seek(start)
            part = stream.read(MESSAGE_BOUND)
            whole = part.rfind(b"\n") + 1 if start + len(part) < size else len(part)
            length = whole or len(part)
            yield Place(path, start, length, index)
            start, index = start + length, index + 1
