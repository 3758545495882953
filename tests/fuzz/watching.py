"""What the interpreter is asked to do while hostile data is read, as its audit events tell."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

WATCHED = ("open", "exec", "compile", "subprocess.Popen", "os.system", "socket.connect", "import")

_events: list[tuple[str, object]] = []
_watching = False


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if _watching and event in WATCHED:
        _events.append((event, arguments[0] if arguments else None))


sys.addaudithook(_hook)


@contextmanager
def watched() -> Iterator[list[tuple[str, object]]]:
    """What the interpreter is asked to do inside the block, as its audit events tell."""
    global _watching  # noqa: PLW0603 - an audit hook cannot be removed, only told
    _events.clear()
    _watching = True
    try:
        yield _events
    finally:
        _watching = False
