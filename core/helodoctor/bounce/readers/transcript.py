"""SMTP conversations as telnet, mail programs and their debug switches print them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from helodoctor.bounce.facts import Facts
from helodoctor.bounce.frames import Found
from helodoctor.bounce.text import Text
from helodoctor.model import BounceKind, Direction, Speaker, Stage
from helodoctor.wire import dialogue
from helodoctor.wire.dialogue import Turn

_VERB = (
    r"(?:(?:EHLO|HELO|LHLO)(?!\s+(?:command|name|argument|string|host|is|was|has|rejected)\b)|STARTTLS|AUTH"
    r"|MAIL\s+FROM|RCPT\s+TO|DATA|BDAT|QUIT|RSET|XFORWARD|XCLIENT)\b(?![-/])"
)

# What debug outputs put before the words on the wire: times, process numbers, levels, "C:", "<--", "SERVER -> CLIENT:".
_NOISE = re.compile(
    r"""(?:
        \d{4}-\d\d-\d\dT[^,\n]{5,30},[^,\n]{0,80},[0-9A-F]{8,20},\d{1,6},[^,\n]{0,60},[^,\n]{0,60},[<>],  # Exchange
      | [ \t"'`(,]+ | b(?=["'])
      | \[[^\]\n]{0,60}\][:=]? | <[A-Za-z0-9]{4,12}>(?=[ ](?:Send|Recv))
      | \d[\d:.,/+TZ-]*(?=[ \t|\]:,>"])(?![ -]\S*[ ]5\.)
      | (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b,?
      | (?:SMTP|SMTPC|SMTPD|CLIENT|SERVER|DEBUG|INFO|TRACE|WARN|ERROR|VERBOSE|request|response|command|send|sent
          |sending|reply|recv|received|from|to|in|out|c|s|output|input|data|line|read|write|msg|message
          |get_lines\(\)|\$str\ is
        )\b(?=[ \t:>\]|="-])
      | Net::(?:SMTP|Cmd)[\w:]{0,20}(?:=GLOB\(0x[0-9a-f]{1,20}\))?
      | SMTP(?:<<|>>) | [<>~=*|-]{1,4}(?=[ \t\["'\dA-Za-z(]) | [:\]|,] | =>
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_NOISE_BOUND = 30
_BODY = re.compile(rf"{_VERB}|[2-5][0-7]\d(?:[ -]|$)|\.$", re.IGNORECASE)
_HINTS = ("EHLO", "HELO", "MAIL FROM", "RCPT TO", "LHLO", "STARTTLS", "AUTH ", "DATA")
_REPLY_HINT = re.compile(r"(?m)[2-5](?:(?<=^.)|(?<=\W.))[0-7]\d(?:[ -]|$)")  # looking back only from a digit
_TRAIL = re.compile(r"[\"'`)\s,;]+$")
_BANNER = re.compile(r"220[ -](?P<host>[A-Za-z0-9][A-Za-z0-9.-]{1,250})\b")
_HELLO = re.compile(r"250[ -](?P<host>[A-Za-z0-9][A-Za-z0-9-]{0,62}(?:\.[A-Za-z0-9-]{1,63}){1,8})\b")
_ADDRESS = re.compile(r"<?\s*([^<>\s:]{0,64}@?[^<>\s]{0,255})>?")
_CONNECTED = re.compile(
    r"(?:talking to|Connected to|Connecting to|Trying|connect(?:ing)? to) (?:smtp://)?(?P<host>[A-Za-z0-9][\w.-]{1,250}\w)",
    re.IGNORECASE,
)
_PORT = re.compile(r":(587|465|25)\b|\bport[ =:](587|465|25)\b", re.IGNORECASE)
_ECHO = re.compile(r"<?[^\s<>@]{1,64}@[^\s<>]{1,255}>?\.\.\.")

Range = tuple[int, int]
Piece = tuple[Speaker, str, int, int]


def read(text: Text, taken: Sequence[Range]) -> tuple[list[Found], list[Range]]:
    """Every refusal of the conversation in ``text``, or its good end, and the ranges of all its lines.

    Both are empty where there is no conversation. Lines inside the ranges ``taken`` belong to another reader.
    """
    string = text.string
    upper = string.upper()
    if not any(verb in upper for verb in _HINTS) or not _REPLY_HINT.search(string):
        return [], []
    pieces = [piece for piece in pieces_of(string) if not any(a < piece[3] and piece[2] < b for a, b in taken)]
    if len({speaker for speaker, *_ in pieces}) < 2:
        return [], []
    return of_turns(text, list(dialogue.turns(pieces))), [piece[2:] for piece in pieces]


def pieces_of(string: str) -> list[Piece]:
    """The lines of ``string`` that are commands or replies, each with its speaker and offsets, marks taken off."""
    pieces: list[Piece] = []
    position = 0
    for line in string.split("\n"):
        if piece := _piece(line, position):
            pieces.append(piece)
        position += len(line) + 1
    return pieces


def _piece(line: str, position: int) -> Piece | None:
    at = 0
    for _ in range(_NOISE_BOUND):
        if _BODY.match(line, at):
            end = len(_TRAIL.sub("", line))
            words = line[at:end]
            return ("server" if words[:1].isdigit() else "us", words, position + at, position + max(end, at))
        noise = _NOISE.match(line, at)
        if not noise or noise.end() == at:
            return None
        at = noise.end()
    return None


def of_turns(text: Text, turns: Sequence[Turn]) -> list[Found]:
    """The refusals among ``turns``, each with what the conversation shows; without one, the last acceptance."""
    shared = _shared(text, turns)
    refusals = _distinct([turn for turn in turns if turn.code and turn.code >= 400])
    if refusals:
        return [(turn.start, turn.end, _refusal(text, turn, shared)) for turn in refusals]
    accepted = [turn for turn in turns if turn.code and turn.code < 400]
    return [(accepted[-1].start, accepted[-1].end, _acceptance(text, accepted[-1], shared))] if accepted else []


def _acceptance(text: Text, turn: Turn, shared: Facts) -> Facts:
    facts = Facts(text, BounceKind.TRANSCRIPT, accepted=True)
    facts.reply(turn.start, turn.end)
    facts.stage = turn.stage
    facts.absorb(shared)
    return facts


def _distinct(refusals: Iterable[Turn]) -> list[Turn]:
    """The same words twice (a HELO after a refused EHLO, a retry) are one refusal."""
    seen: dict[str, Turn] = {}
    for turn in refusals:
        seen.setdefault(turn.text.upper().replace("EHLO", "HELO"), turn)
    return list(seen.values())


def _refusal(text: Text, turn: Turn, shared: Facts) -> Facts:
    facts = Facts(text, BounceKind.TRANSCRIPT, refused=True)
    facts.reply(turn.start, turn.end)
    facts.stage = turn.stage
    if turn.stage in (Stage.HELO, Stage.CONNECT, Stage.DATA) and _ECHO.match(facts.reply_text or ""):
        facts.stage = Stage.RCPT  # Sendmail echoes the recipient; its command was left out, or pipelined with DATA
    facts.absorb(shared)
    return facts


def _shared(text: Text, turns: Sequence[Turn]) -> Facts:
    """What every line of the conversation tells: names, hosts, addresses, login."""
    facts = Facts(text, BounceKind.TRANSCRIPT)
    for turn in turns:
        if turn.speaker == "us":
            _from_command(facts, turn)
        else:
            _from_reply(facts, turn)
    if found := _CONNECTED.search(text.string):
        facts.note("receiver_host", found["host"], *found.span("host"), "receiver")
    if facts.direction is Direction.UNKNOWN and (port := _PORT.search(text.string)):
        facts.direction = Direction.RELAY if "25" in port.groups() else Direction.SUBMISSION
    return facts


def _from_command(facts: Facts, turn: Turn) -> None:
    verb = turn.verb
    if turn.argument is None:
        return
    start, end = turn.argument
    if verb in ("EHLO", "HELO"):
        facts.note("helo_name", facts.text.string[start:end], start, end)
    elif verb == "AUTH":
        facts.direction = Direction.SUBMISSION
    elif verb in ("MAIL", "RCPT"):
        at = facts.text.string.find(":", start, end) + 1
        found = _ADDRESS.match(facts.text.string, at, end) if at else _ADDRESS.match(facts.text.string, start, end)
        if found:
            facts.note("sender" if verb == "MAIL" else "recipient", found[1], *found.span(1))


def _from_reply(facts: Facts, turn: Turn) -> None:
    pattern = (
        _BANNER if turn.code == 220 and turn.stage is Stage.CONNECT else _HELLO if turn.stage is Stage.HELO else None
    )
    found = pattern.match(turn.text) if pattern else None
    if found and "." in found["host"]:
        start = turn.start + found.start("host")
        facts.note("receiver_host", found["host"], start, start + len(found["host"]), "receiver")
