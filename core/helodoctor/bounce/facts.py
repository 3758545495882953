"""What a reader notes down about one delivery before it becomes a frozen ``Report``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from helodoctor.bounce.text import Text
from helodoctor.model import BounceKind, Direction, Party, Permanence, Report, Role, Span, Stage
from helodoctor.wire import replies

_REPLY_BOUND = 2000
_GIVEN_UP = re.compile(
    r"(?:expired|unable to deliver|delivery time|timed out|still undelivered)[^<\n]{0,200}?[<>\[({:]\s?"
    r"(?P<inner>[45]\d\d[ -][^\n]{3,1500}?)(?:>?\s*$|>\s)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Facts:
    """One reported delivery in the making; empty fields are unknown."""

    text: Text
    kind: BounceKind = BounceKind.UNKNOWN
    refused: bool = False
    accepted: bool = False
    reply_code: int | None = None
    enhanced_code: str | None = None
    reply_text: str | None = None
    helo_name: str | None = None
    stage: Stage = Stage.UNKNOWN
    direction: Direction = Direction.UNKNOWN
    role: Role = Role.UNKNOWN
    permanence: Permanence = Permanence.UNKNOWN
    receiver_host: str | None = None
    receiver_software: str | None = None
    receiver_provider: str | None = None
    reporter_host: str | None = None
    reporter_software: str | None = None
    client_ip: str | None = None
    sender: str | None = None
    recipient: str | None = None
    forwarded_from: str | None = None
    queue_id: str | None = None
    spans: list[Span] = field(default_factory=list)

    def show(self, start: int, end: int, what: str) -> None:
        """Keep ``start..end`` of the text as evidence of ``what``."""
        if end > start:
            self.spans.append(self.text.span(start, end, what))

    def note(self, name: str, value: str | None, start: int, end: int, what: str | None = None) -> None:
        """Set the field ``name`` unless it is known already, and keep where it stands."""
        if value is not None and getattr(self, name) is None:
            setattr(self, name, value)
            if shown := what or _SHOWN.get(name):
                self.show(start, end, shown)

    def reply(self, start: int, end: int) -> None:
        """Take the server's reply from ``start..end`` of the text: code, enhanced code and words."""
        end = min(end, start + _REPLY_BOUND)
        start, said = self._inner(start, self.text.string[start:end])
        reply = replies.parse(said)
        self.reply_code, self.enhanced_code, self.reply_text = reply.code, reply.enhanced, reply.text
        self.show(start, start + len(said.rstrip()), "reply")
        if reply.code is None:
            self._codes_within(start, said)
            return
        at = said.index(str(reply.code))
        self.show(start + at, start + at + 3, "code")
        site = next(replies.enhanced_sites(said), None)
        if reply.enhanced is None and site and site.enhanced:
            self.enhanced_code = said[slice(*site.enhanced)]
        if self.enhanced_code is not None:
            at = said.index(self.enhanced_code)
            self.show(start + at, start + at + len(self.enhanced_code), "enhanced-code")

    def _inner(self, start: int, said: str) -> tuple[int, str]:
        """A queue that gave up quotes the receiver's own last reply inside its own; that one counts."""
        found = _GIVEN_UP.search(said)
        return (
            (start + found.start("inner"), said[found.start("inner") : found.end("inner")]) if found else (start, said)
        )

    def _codes_within(self, start: int, said: str) -> None:
        """Codes that stand inside words, not at their head."""
        site = next(replies.sites(said), None) or next(replies.enhanced_sites(said), None)
        if site is None:
            return
        if site.code:
            self.reply_code = int(said[slice(*site.code)])
            self.show(start + site.code[0], start + site.code[1], "code")
        if site.enhanced is None:
            site = next(replies.enhanced_sites(said), site)
        if site.enhanced:
            self.enhanced_code = said[slice(*site.enhanced)]
            self.show(start + site.enhanced[0], start + site.enhanced[1], "enhanced-code")

    def say(self, start: int, end: int) -> None:
        """Take ``start..end`` as words without a code."""
        said = self.text.string[start:end].rstrip()
        self.reply_text = replies.one_line(said)
        self.show(start, start + len(said), "reply")

    def adopt(self, other: Facts) -> None:
        """Take the reply of ``other``, and its text as the one the evidence points into."""
        replaced = ("reply", "code", "enhanced-code") if other.enhanced_code else ("reply", "code")
        same = self.text.whole is other.text.whole
        kept = [span for span in self.spans if same and span.what not in replaced]
        self.reply_code, self.reply_text = other.reply_code, other.reply_text
        self.enhanced_code = other.enhanced_code or self.enhanced_code
        self.text = other.text
        self.spans = [*kept, *(span for span in other.spans if span.what in replaced)]

    def absorb(self, other: Facts) -> None:
        """Fill what is unknown here from ``other``, which tells of the same delivery."""
        for name in _FILLED:
            value = getattr(other, name)
            if getattr(self, name) in _UNKNOWN and value not in _UNKNOWN:
                setattr(self, name, value)
                self._borrow(other, name)

    def _borrow(self, other: Facts, name: str) -> None:
        what = _SHOWN.get(name)
        if what and self.text.whole is other.text.whole:
            self.spans += [span for span in other.spans if span.what == what]

    def report(self) -> Report:
        """The frozen result; code and enhanced code decide how lasting the refusal is where nothing else did."""
        return Report(
            text=self.text.whole,
            text_of=self.text.of,
            kind=self.kind,
            refused=self.refused,
            accepted=self.accepted,
            permanence=self._lasting(),
            helo_name=self.helo_name,
            reply_code=self.reply_code,
            enhanced_code=self.enhanced_code,
            reply_text=self.reply_text,
            stage=self.stage,
            direction=self.direction,
            role=self.role,
            receiver=Party(self.receiver_host, self.receiver_software, self.receiver_provider),
            reporter=Party(self.reporter_host, self.reporter_software),
            client_ip=self.client_ip,
            sender=self.sender,
            recipient=self.recipient,
            queue_id=self.queue_id,
            evidence=tuple(sorted(set(self.spans), key=lambda span: (span.start, span.end, span.what))),
        )

    def _lasting(self) -> Permanence:
        if self.permanence is not Permanence.UNKNOWN:
            return self.permanence
        first = str(self.reply_code or self.enhanced_code or "")[:1]
        return {"4": Permanence.TEMPORARY, "5": Permanence.PERMANENT}.get(first, Permanence.UNKNOWN)


_FILLED = (
    "refused",
    "helo_name",
    "stage",
    "direction",
    "role",
    "permanence",
    "receiver_host",
    "receiver_software",
    "receiver_provider",
    "reporter_host",
    "reporter_software",
    "client_ip",
    "sender",
    "recipient",
    "forwarded_from",
    "queue_id",
)
_UNKNOWN = (None, False, "unknown")  # an empty name or sender is a fact
_SHOWN = {
    "helo_name": "helo-name",
    "receiver_host": "receiver",
    "client_ip": "client-ip",
    "sender": "sender",
    "recipient": "recipient",
    "queue_id": "queue-id",
    "reporter_host": "reporter",
}
