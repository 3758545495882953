"""The two facts that make "fixed", kept apart (``design.md``, "Three confusions")."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from helodoctor.model.case import Announcement
from helodoctor.model.trial import Trial


class ProofState(StrEnum):
    """How far the fix is proven."""

    NOTHING = "nothing"
    HALF_SAYS = "half-says"
    HALF_TAKES = "half-takes"
    FIXED = "fixed"


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
