"""What a configuration, a command's output or a header says about the name a server announces."""

from __future__ import annotations

from msgspec import Struct

from helodoctor.model.case import Candidate


class Detection(Struct, frozen=True, kw_only=True):
    """The candidates found, the effective one first, and what the text was taken for.

    ``system`` is the id of the recognised mail system (``None``: not recognised); ``decided_by`` the 1-based line that
    told, where a line did; ``note`` an id worded in ``words/detection.toml``.
    """

    candidates: tuple[Candidate, ...] = ()
    system: str | None = None
    decided_by: int | None = None
    note: str | None = None

    @property
    def agree(self) -> bool:
        """Whether all names found are one and the same."""
        return len({found.name.lower().rstrip(".") for found in self.candidates if found.name}) <= 1
