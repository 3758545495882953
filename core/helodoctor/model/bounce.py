"""What was said: a pasted text and the facts found in it, each with the characters that show it."""

from __future__ import annotations

from msgspec import Struct

from helodoctor.model.vocabulary import BounceKind, Cause, Confidence, Direction, Permanence, Role, Stage, Verdict


class Span(Struct, frozen=True):
    """A half-open range of Unicode code points of a text, and what it shows (``reply``, ``code`` ...)."""

    start: int
    end: int
    what: str

    def cut(self, text: str) -> str:
        """The characters of ``text`` this span covers."""
        return text[self.start : self.end]


class Party(Struct, frozen=True, omit_defaults=True):
    """One server of the conversation, as far as the text names it."""

    host: str | None = None
    software: str | None = None
    provider: str | None = None


class Report(Struct, frozen=True, kw_only=True):
    """One reported delivery: facts only, no judgement.

    ``helo_name`` is the name as announced; ``""`` means an empty greeting, ``None`` that the text does not show it.
    ``reply_text`` is the reply on one line, unwrapped, without its codes. ``evidence`` points into ``text``.
    """

    text: str
    text_of: str = "input"
    kind: BounceKind = BounceKind.UNKNOWN
    refused: bool = False
    accepted: bool = False
    permanence: Permanence = Permanence.UNKNOWN
    helo_name: str | None = None
    reply_code: int | None = None
    enhanced_code: str | None = None
    reply_text: str | None = None
    stage: Stage = Stage.UNKNOWN
    direction: Direction = Direction.UNKNOWN
    role: Role = Role.UNKNOWN
    receiver: Party = Party()
    reporter: Party = Party()
    client_ip: str | None = None
    sender: str | None = None
    recipient: str | None = None
    queue_id: str | None = None
    evidence: tuple[Span, ...] = ()


class Bounce(Struct, frozen=True, kw_only=True):
    """A whole pasted text as read: secrets masked (length kept), and every delivery it reports.

    ``left_out`` is the number of characters beyond the reading bound that were not looked at.
    """

    text: str
    kind: BounceKind = BounceKind.UNKNOWN
    reports: tuple[Report, ...] = ()
    left_out: int = 0


class Diagnosis(Struct, frozen=True, kw_only=True):
    """What one report means: the cause, how sure, and the words that prove it.

    ``report`` carries the facts; ``helo_name`` is the name at fault (``None`` when innocent or not shown);
    ``rule`` is the id of the data row that decided, for tests and details.
    """

    report: Report
    cause: Cause = Cause.UNKNOWN
    confidence: Confidence = Confidence.GUESS
    helo_name: str | None = None
    rule: str | None = None
    evidence: tuple[Span, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Is the HELO name to blame?"""
        return self.cause.verdict
