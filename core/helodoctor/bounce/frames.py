"""Known shapes around a reply: log lines, NDR sentences, exceptions. Data in ``replies/frames/*.toml``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, cached_property

from msgspec import Struct

from helodoctor.bounce.facts import Facts
from helodoctor.bounce.text import Text
from helodoctor.knowledge import load_all
from helodoctor.model import BounceKind, Direction, Permanence, Role, Stage
from helodoctor.wire.stages import stage_of

_MOST = 200
_NEAR_BEFORE, _NEAR_AFTER = 400, 600


class Frame(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One shape. ``needs``: literals of which each must be in the text, ``any``: of which one must.

    ``pattern`` has the groups ``reply`` ``helo`` ``ip`` ``host`` (receiver) ``reporter`` ``verb`` (tells the stage)
    ``rcpt`` ``alias`` (the address ``rcpt`` was expanded from) ``sender`` ``queue`` ``said`` (a reply without code)
    ``code`` ``enhanced``; a name may end in 2 to stand twice. Without ``reply`` and ``said`` it is a hint: it fills
    what replies near it (``near``), or all of the text, do not tell.
    """

    id: str
    pattern: str
    sample: str
    source: str = ""
    needs: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    kind: BounceKind = BounceKind.UNKNOWN
    role: Role = Role.UNKNOWN
    direction: Direction = Direction.UNKNOWN
    permanence: Permanence = Permanence.UNKNOWN
    stage: Stage = Stage.UNKNOWN
    reporter: str | None = None
    receiver: str | None = None
    refused: bool = True
    accepted: bool = False
    near: bool = False


class FrameFile(Struct, frozen=True, forbid_unknown_fields=True):
    """One data file of shapes, and where they are known from."""

    source: str
    frame: tuple[Frame, ...]


class Shape:
    """A frame made ready for searching."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.needs, self.any = frame.needs, frame.any
        self.hint = not ("(?P<reply>" in frame.pattern or "(?P<said>" in frame.pattern)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The shape itself, compiled when a text first asks for it: all together they cost 60 ms."""
        return re.compile(self.frame.pattern, re.MULTILINE)

    def wanted(self, string: str) -> bool:
        """Whether the text can hold this shape at all."""
        for need in self.needs:
            if need not in string:
                return False
        if not self.any:
            return True
        for one in self.any:  # noqa: SIM110 (plain loops: every shape is asked of every text)
            if one in string:
                return True
        return False


@cache
def shapes() -> tuple[Shape, ...]:
    """Every known shape, log lines first, else in the order of the files."""
    files = load_all("replies/frames", FrameFile).values()
    frames = [frame for file in files for frame in file.frame]
    frames.sort(key=lambda frame: frame.kind is not BounceKind.LOG)  # a log line knows more than the sentence in it
    return tuple(map(Shape, frames))


Found = tuple[int, int, Facts]


def candidates(text: Text) -> list[Shape]:
    """The shapes whose literals are in ``text``: the others need not be tried."""
    string = text.string
    return [shape for gate, shape in _gated() if gate in string and shape.wanted(string)]


@cache
def _gated() -> tuple[tuple[str, Shape], ...]:
    """Each shape behind its first literal, which rules most of them out without a call."""
    return tuple((shape.needs[0] if shape.needs else "", shape) for shape in shapes())


def read(text: Text, wanted: Sequence[Shape]) -> list[Found]:
    """Every reply a known shape surrounds: its range in the text and its facts, in order of place."""
    found: list[Found] = []
    for shape in wanted:
        if shape.hint:
            continue
        for number, match in enumerate(shape.pattern.finditer(text.string)):
            if number >= _MOST:
                break
            start, end = match.span()
            if not any(first < end and start < last for first, last, _ in found):
                found.append((start, end, _facts(text, shape.frame, match)))
    return sorted(found, key=lambda place: place[:2])


def _facts(text: Text, frame: Frame, match: re.Match[str]) -> Facts:
    facts = Facts(text)
    groups = match.re.groupindex
    if "reply" in groups and match["reply"]:
        facts.reply(*match.span("reply"))
    elif "said" in groups and match["said"]:
        facts.say(*match.span("said"))
    if "code" in groups:
        facts.reply_code = int(match["code"])
        facts.show(*match.span("code"), "code")
    if "enhanced" in groups and match["enhanced"]:
        facts.note("enhanced_code", match["enhanced"], *match.span("enhanced"), "enhanced-code")
    facts.refused = frame.refused and not frame.accepted
    facts.accepted = frame.accepted
    _fill(facts, frame, match)
    return facts


_PLACES = {
    "helo": "helo_name",
    "ip": "client_ip",
    "host": "receiver_host",
    "reporter": "reporter_host",
    "rcpt": "recipient",
    "alias": "forwarded_from",
    "sender": "sender",
    "queue": "queue_id",
}
_WHAT = {"receiver_host": "receiver", "reporter_host": "reporter"}


def _fill(facts: Facts, frame: Frame, match: re.Match[str]) -> None:
    for group in match.re.groupindex:
        name = _PLACES.get(group.rstrip("2"))
        if name and match[group] is not None:
            facts.note(name, match[group].strip(), *match.span(group), _WHAT.get(name))
    if facts.stage is Stage.UNKNOWN:
        told = match["verb"] if "verb" in match.re.groupindex else None
        facts.stage = stage_of(told) if told else frame.stage
    _constants(facts, frame)


def _constants(facts: Facts, frame: Frame) -> None:
    if facts.kind is BounceKind.UNKNOWN:
        facts.kind = frame.kind
    if facts.role is Role.UNKNOWN:
        facts.role = frame.role
    if facts.direction is Direction.UNKNOWN:
        facts.direction = frame.direction
    if facts.permanence is Permanence.UNKNOWN:
        facts.permanence = frame.permanence
    facts.reporter_software = facts.reporter_software or frame.reporter
    facts.receiver_software = facts.receiver_software or frame.receiver


def hint(text: Text, wanted: Sequence[Shape], places: Sequence[Found]) -> None:
    """Fill what the replies at ``places`` do not tell from the hints in ``text``: near ones first, then any."""
    for shape in wanted:
        if not shape.hint:
            continue
        for match in shape.pattern.finditer(text.string):
            for start, end, facts in places:
                if not shape.frame.near or (start - _NEAR_BEFORE < match.end() and match.start() < end + _NEAR_AFTER):
                    _fill(facts, shape.frame, match)
            if not shape.frame.near:
                break
