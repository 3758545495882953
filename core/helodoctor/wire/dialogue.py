"""SMTP conversations: who said what at which stage (RFC 5321 3), live or pasted with any program's marks."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from helodoctor.model import Line, Speaker, Stage

_VERBS = {
    "EHLO": Stage.HELO,
    "HELO": Stage.HELO,
    "LHLO": Stage.HELO,
    "STARTTLS": Stage.STARTTLS,
    "AUTH": Stage.AUTH,
    "MAIL": Stage.MAIL,
    "RCPT": Stage.RCPT,
    "DATA": Stage.DATA,
    "BDAT": Stage.DATA,
    ".": Stage.DATA,
}
_COMMAND = re.compile(
    r"(?P<verb>(?:EHLO|HELO|LHLO)(?!\s+(?:command|name|argument|string|host|is|was|has|requires?|rejected)\b)|STARTTLS|AUTH|MAIL(?=\s+FROM)|RCPT(?=\s+TO)|DATA|BDAT|QUIT|RSET|NOOP|XFORWARD|XCLIENT|\.$)"
    r"(?![\w-])(?P<rest>[^\r\n]*)",
    re.IGNORECASE,
)
_REPLY = re.compile(r"[2-5][0-7]\d(?:[ -]|$)")


class Turn(Struct, frozen=True):
    """A server's whole reply, or a client's command: offsets of its words, and the stage it belongs to."""

    speaker: Speaker
    stage: Stage
    text: str
    start: int
    end: int
    argument: tuple[int, int] | None = None

    @property
    def verb(self) -> str:
        """The command's verb in capitals; empty for a reply."""
        return self.text[:4].upper() if self.speaker == "us" else ""

    @property
    def code(self) -> int | None:
        """The reply's code."""
        return int(self.text[:3]) if self.speaker == "server" and self.text[:3].isdigit() else None


def is_reply(text: str) -> bool:
    """Whether ``text`` begins like a server's reply."""
    return _REPLY.match(text) is not None


def turns(lines: Iterable[tuple[Speaker, str, int, int]]) -> Iterator[Turn]:
    """Whole turns with their stage from single ``(speaker, text, start, end)`` lines.

    Replies answer commands in order, so pipelined commands (RFC 2920) are waited for in a queue; a reply nobody
    asked for is the greeting, or belongs to the last command.
    """
    waiting: deque[Stage] = deque()
    stage, pending = Stage.CONNECT, None
    for speaker, text, start, end in lines:
        if speaker == "us":
            if pending:
                yield pending
                pending = None
            found = _COMMAND.match(text)
            own = _VERBS.get(found["verb"].upper(), stage) if found else stage
            if found:
                waiting.append(own)
            yield Turn("us", own, text, start, end, _argument(found, start))
            continue
        if pending and pending.text[:3] == text[:3]:
            pending = Turn("server", pending.stage, f"{pending.text}\n{text}", pending.start, end)
        else:
            if pending:
                yield pending
            if waiting:
                stage = waiting.popleft()
            pending = Turn("server", stage, text, start, end)
        if text[3:4] != "-":
            yield pending
            pending = None
    if pending:
        yield pending


def _argument(found: re.Match[str] | None, start: int) -> tuple[int, int] | None:
    if not found:
        return None
    rest = found["rest"]
    at = start + found.start("rest") + len(rest) - len(rest.lstrip())
    return at, at + len(rest.strip())


def of_lines(lines: Sequence[Line]) -> tuple[str, list[tuple[Speaker, str, int, int]]]:
    """A live dialogue as one text, one line of it per line, and those lines with their offsets in it."""
    pieces: list[tuple[Speaker, str, int, int]] = []
    position = 0
    for line in lines:
        for part in line.text.split("\n"):
            pieces.append((line.speaker, part, position, position + len(part)))
            position += len(part) + 1
    return "\n".join(text for _, text, _, _ in pieces), pieces
