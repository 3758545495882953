"""A trial that ran elsewhere: the output of our script, or any SMTP transcript, read as the same ``Trial``."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence

from helodoctor import bounce
from helodoctor.bounce.readers import transcript
from helodoctor.model import InputProblem, Line, Stage, Target, Trial, TrialPlan
from helodoctor.network import target as targets
from helodoctor.network.outcome import Ending, conclude
from helodoctor.wire import dialogue
from helodoctor.wire.dialogue import Turn

_HEADER = re.compile(r"(?m)^# Trial of (\S{1,300}) by HELO Doctor\r?$")
_OWN_LINE = re.compile(r"(?m)^([<>]) (.*?)\r?$")
_GIVEN_UP = re.compile(r"(?m)^! (?P<id>[a-z-]+)(?: (?P<words>.{0,300}?))?\r?$")
_OBSTACLES = frozenset(
    {"closed", "connect-timeout", "not-smtp", "reset", "starttls-refused", "timeout", "tls-failed", "too-many-lines"}
)
# What bash, nc, openssl and .NET say when there is no connection.
_CONNECT_WORDS = (
    (re.compile(r"refused", re.IGNORECASE), "connection-refused"),
    (re.compile(r"timed ?out", re.IGNORECASE), "connect-timeout"),
    (re.compile(r"unreachable|no route", re.IGNORECASE), "no-route"),
    (re.compile(r"not known|host ?not ?found|resol|lookup|bad address|no address", re.IGNORECASE), "host-not-found"),
)
_ASIDE = ("RSET", "QUIT", "NOOP", "VRFY", "HELP")
_ADDRESS = re.compile(r":\s*<?([^<>\s]*)>?")


def read(data: str | bytes) -> Trial:
    """The trial that ``data`` shows: what was said, and how it is read.

    Raises:
        InputProblem: there is no conversation with a mail server in it, or nothing at all.
    """
    text = bounce.read(data).text
    header = _HEADER.search(text)
    turns = list(dialogue.turns(_own_lines(text, header.end()) if header else transcript.pieces_of(text)))
    obstacle = _obstacle(text) if header else None
    if not (any(turn.speaker == "server" for turn in turns) or obstacle):
        raise InputProblem("no-conversation")
    lines = list(_lines(turns))
    ending = Ending(
        obstacle=obstacle,
        stopped_at=turns[-1].stage if turns else Stage.CONNECT,
        extensions=_extensions(lines),
        origin="pasted",
    )
    return conclude(_plan(turns, header[1] if header else None, text), lines, ending)


def _own_lines(text: str, start: int) -> Iterator[transcript.Piece]:
    """The lines our script printed, to the letter; a reader of any transcript has to guess where quoting ends."""
    for found in _OWN_LINE.finditer(text, start):
        yield ("server" if found[1] == "<" else "us", found[2], *found.span(2))


def _lines(turns: Sequence[Turn]) -> Iterator[Line]:
    """The turns as lines; RSET, QUIT and their replies belong to no stage."""
    waiting: deque[bool] = deque()
    aside = False
    for turn in turns:
        if turn.speaker == "us":
            waiting.append(own := turn.verb in _ASIDE)
            yield Line(0.0, "us", turn.text, Stage.UNKNOWN if own else turn.stage)
            continue
        if waiting:
            aside = waiting.popleft()
        yield Line(0.0, "server", turn.text, Stage.UNKNOWN if aside else turn.stage)


def _obstacle(text: str) -> str | None:
    """What our script says kept it from a verdict."""
    found = _GIVEN_UP.search(text)
    if found is None:
        return None
    if found["id"] == "connect":
        words = found["words"] or ""
        return next((name for pattern, name in _CONNECT_WORDS if pattern.search(words)), "no-connection")
    return found["id"] if found["id"] in _OBSTACLES else None


def _plan(turns: Sequence[Turn], header: str | None, text: str) -> TrialPlan:
    """What was asked for, as far as the text shows it."""
    said = {turn.verb: turn.text for turn in turns if turn.speaker == "us"}
    greeting = said.get("EHLO") or said.get("HELO") or ""
    recipient = _address(said.get("RCPT", ""))
    return TrialPlan(
        target=targets.parse(header) if header else Target(host=_receiver(text)),
        name=greeting[5:].strip(),
        sender=_address(said.get("MAIL", "")),
        recipient=recipient or None,
        stop_after="rcpt" if recipient else "ehlo",
    )


def _address(command: str) -> str:
    found = _ADDRESS.search(command)
    return found[1] if found else ""


def _receiver(text: str) -> str:
    """The server's own name from its greeting; where it gives none, a dash stands for it."""
    report = bounce.diagnose(bounce.read(text))[0].report
    return report.receiver.host or "-"


def _extensions(lines: Sequence[Line]) -> tuple[str, ...]:
    replies = [line.text for line in lines if line.speaker == "server" and line.stage is Stage.HELO]
    return tuple(row[4:] for row in replies[-1].split("\n")[1:]) if replies and replies[-1].startswith("250") else ()
