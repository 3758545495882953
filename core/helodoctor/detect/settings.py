"""The common ground of all configuration readers: a setting with its value and the line it stands on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

MOST_CHARACTERS = 1_000_000
"""Characters of a configuration text that are looked at; real ones are far smaller."""


_PLACE = re.compile(r"(?:\.{0,2}/)?(?:[\w.-]+/)+[\w.-]+[:-](?:\d+[:-])?|\d+[:-](?!\d)")
_PROMPT = re.compile(
    r"""\s*(?:
        (?:PS\ |\[PS\]\ )?[A-Z]:\\[^>]*>                       # PowerShell, Exchange's, cmd
        | (?:\([\w-]+\)\s*)?(?:                                # (venv)
            \[[\w@ ~.:/\\-]+\]\s* | [\w.-]+@[\w.-]+:?\S*\s*   # [me@host ~], me@host:~
            | [\w.-]+:(?:[~/]\S*(?:\ \w+)?)?                    # host:~, host:~ me
            | mysql(?=>) | MariaDB\ \[\S+\](?=>) | \w+=(?=[>\#])         # databases
        )?[$#>%](?:\s|$)
    )""",
    re.VERBOSE,
)
_LONGEST_PROMPT = 200


class Setting(Struct, frozen=True):
    """``key`` (lower case, sections and parents joined by dots), its value as text, and its 1-based line.

    Settings with the same ``record`` belong together (one connector of several, one transport).
    """

    key: str
    value: str
    line: int
    record: int = 0


def as_text(data: bytes) -> str:
    """The characters of a file; Windows PowerShell writes what it prints as UTF-16."""
    from helodoctor.bounce.decode import decode  # loads much that reading a paste does not need

    return decode(data[: 2 * MOST_CHARACTERS])


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """Every line with its 1-based number; a byte-order mark and carriage returns are dropped."""
    return enumerate(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1)


def is_prompt(line: str) -> bool:
    """Whether a shell's prompt stands in front, so that the line is a command and not what it printed."""
    return _PROMPT.match(line, 0, _LONGEST_PROMPT) is not None


def without_prompts(text: str) -> str:
    """``text`` with the command that printed it, and the prompt after it, made empty lines."""
    lines = text.split("\n")
    told = [at for at, line in enumerate(lines) if line.strip()]
    for at in {told[0], told[-1]} if told else ():
        lines[at] = "" if is_prompt(lines[at]) else lines[at]
    return "\n".join(lines)


def without_places(text: str) -> str:
    """What ``grep`` printed without the file and the line number it put in front of every line."""
    lines = text.split("\n")
    told = [line for line in lines if line.strip() and not is_prompt(line)]
    if not told or not all(_PLACE.match(line) for line in told):
        return text
    return "\n".join(_PLACE.sub("", line, count=1) for line in lines)


def unquoted(value: str) -> str:
    """``value`` without one pair of surrounding quotes."""
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'`":
        return value[1:-1]
    return value
