"""What a configuration, a command's output or a header says about the name a server announces."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from helodoctor.model.case import Candidate

_SAID = ("bounce", "headers", "listener")


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
        return len(self.said | self.placed) <= 1

    @property
    def said(self) -> frozenset[str]:
        """The names that a server was heard or seen to announce."""
        return self._names(lambda one: one.source in _SAID)

    @property
    def placed(self) -> frozenset[str]:
        """The names that stand in settings or belong to a machine."""
        return self._names(lambda one: one.source not in _SAID)

    def _names(self, wanted: Callable[[Candidate], bool]) -> frozenset[str]:
        return frozenset(one.name.lower().rstrip(".") for one in self.candidates if one.name and wanted(one))
