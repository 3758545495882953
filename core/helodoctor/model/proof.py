"""The two facts that make "fixed", kept apart (``design.md``, "Three confusions")."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from helodoctor.model.case import Announcement, Case
from helodoctor.model.finding import Finding
from helodoctor.model.trial import Trial
from helodoctor.model.vocabulary import TrialVerdict


class ProofState(StrEnum):
    """How far the fix is proven."""

    NOTHING = "nothing"
    HALF_SAYS = "half-says"
    HALF_TAKES = "half-takes"
    FIXED = "fixed"


class Change(Struct, frozen=True, kw_only=True):
    """One check of the old name beside the same check of the new one; ``None`` where it was not made."""

    before: Finding | None
    after: Finding | None


class Proof(Struct, frozen=True, kw_only=True):
    """``says``: the server announces the new name. ``takes``: the receiver accepts it. Either may be missing."""

    says: Announcement | None
    takes: Trial | None

    @property
    def state(self) -> ProofState:
        """Fixed only with both; one alone is half proven."""
        if self.says and self.takes:
            return ProofState.FIXED
        if self.says:
            return ProofState.HALF_SAYS
        return ProofState.HALF_TAKES if self.takes else ProofState.NOTHING

    @classmethod
    def of(cls, case: Case) -> Proof:
        """The two facts for the new name, from the latest announcement and the latest trial of it."""
        wanted = _spelling(case.new_name or case.name or "")
        heard = [heard for heard in case.announcements if _spelling(heard.name) == wanted]
        trials = [trial for trial in case.trials if _spelling(trial.plan.name) == wanted]
        taken = trials[-1] if trials and trials[-1].verdict is TrialVerdict.ACCEPTED else None
        return cls(says=heard[-1] if heard and case.announcements[-1] is heard[-1] else None, takes=taken)


def _spelling(name: str) -> str:
    """Names compare without regard to case or a final dot (RFC 1034 3.1)."""
    return name.rstrip(".").lower()
