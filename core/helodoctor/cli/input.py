"""Where a command takes a file: a path, or ``-`` for standard input, read within a bound."""

from __future__ import annotations

import sys
from pathlib import Path

from helodoctor.model.errors import InputProblem

FILE_BOUND = 5 * 1024 * 1024


def read_bytes(argument: str, bound: int = FILE_BOUND) -> bytes:
    """At most ``bound + 1`` bytes of the file named (one more than the bound tells the reader that some was left out).

    Raises:
        InputProblem: there is no such file, or it cannot be read.
    """
    if argument == "-":
        return sys.stdin.buffer.read(bound + 1)
    try:
        with Path(argument).open("rb") as stream:
            return stream.read(bound + 1)
    except OSError as fault:
        raise InputProblem("file-unreadable", path=argument, reason=fault.strerror or str(fault)) from fault
    except ValueError as fault:  # a NUL in the path
        raise InputProblem("file-unreadable", path=ascii(argument), reason=str(fault)) from fault
