"""The case: everything known about one user's problem. Frozen; every step of the walk yields a new one."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from helodoctor.model.bounce import Bounce, Diagnosis
from helodoctor.model.finding import NameReport
from helodoctor.model.guide import Guide, StepNumber, Wait
from helodoctor.model.session import Session
from helodoctor.model.trial import Target, Trial

NameSource = Literal["bounce", "typed", "listener"]
AddressSource = Literal["typed", "asked"]


class Candidate(Struct, frozen=True, kw_only=True):
    """A name the user's server may announce (``None`` with ``default``: nothing is set, this algorithm decides)."""

    name: str | None
    source: str
    where: str
    default: str | None = None
    system: str | None = None
    line: int | None = None
    confidence: str = "likely"
    scope: str = "all mail"


class Announcement(Struct, frozen=True, kw_only=True):
    """Proof of the first fact, "your server says it": a name heard or read, where, and when (ISO 8601 with zone)."""

    name: str
    source: Literal["listener", "received", "log", "bounce"]
    time: str
    client: str | None = None


class Case(Struct, frozen=True, kw_only=True):
    """One problem, from the pasted bounce to the proven fix.

    ``diagnoses`` are ordered, the likeliest to be the user's problem first; ``chosen`` is the index the user looks at.
    ``name_unknown`` is the answer "I don't know" on the name page. ``addresses`` are those of ``new_name`` in DNS
    (``()``: it has none, ``None``: nobody asked), ``new_judgement`` the checks of it, to stand beside those of
    ``name``. ``client_ip`` is the address the mail comes from where the user gave it, or had a service asked for
    it, instead of the text's. ``ticks`` holds ids of guide steps done, ``waits`` those that are waited for.
    ``session`` is what a helpdesk prepared.
    """

    bounce: Bounce | None = None
    diagnoses: tuple[Diagnosis, ...] = ()
    chosen: int = 0
    sample: str | None = None
    name: str | None = None
    name_source: NameSource | None = None
    name_unknown: bool = False
    client_ip: str | None = None
    client_ip_source: AddressSource | None = None
    judgement: NameReport | None = None
    candidates: tuple[Candidate, ...] = ()
    target: Target | None = None
    trials: tuple[Trial, ...] = ()
    system: str | None = None
    new_name: str | None = None
    addresses: tuple[str, ...] | None = None
    new_judgement: NameReport | None = None
    guide: Guide | None = None
    ticks: tuple[str, ...] = ()
    waits: tuple[Wait, ...] = ()
    numbers: tuple[StepNumber, ...] = ()
    announcements: tuple[Announcement, ...] = ()
    session: Session | None = None

    @property
    def diagnosis(self) -> Diagnosis | None:
        """The diagnosis the user looks at, if anything was read."""
        return self.diagnoses[self.chosen] if self.diagnoses else None

    @property
    def sending_address(self) -> str | None:
        """The address the mail comes from: what the user said of it, else what the text shows."""
        return self.client_ip or (self.diagnosis.report.client_ip if self.diagnosis else None)
