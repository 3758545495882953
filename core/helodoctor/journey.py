"""The wizard's route as a table: which page follows which, as a function of the case. Tested without a window."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from helodoctor.model import Case, Verdict


class Page(StrEnum):
    """The fixed spine of the walk; the order here is the order of the rail, the number what is said on the phone."""

    PASTE = "paste"
    HAPPENED = "happened"
    NAME = "name"
    JUDGE = "judge"
    TRY = "try"
    FIX = "fix"
    FIXED = "fixed"

    @property
    def number(self) -> int:
        """1 to 7."""
        return list(Page).index(self) + 1


def _after_happened(case: Case) -> Page | None:
    """The first branch: a bounce that clears the name is answered in full on page 2, and the walk may end there."""
    diagnosis = case.diagnosis
    return None if diagnosis and diagnosis.verdict in (Verdict.NOT_HELO, Verdict.ACCEPTED) else Page.NAME


def _after_name(case: Case) -> Page:
    """The second branch: without a name there is nothing to judge or to try; the guide tells how to find it."""
    return Page.FIX if case.name is None else Page.JUDGE


ROUTE: dict[Page, Page | Callable[[Case], Page | None] | None] = {
    Page.PASTE: Page.HAPPENED,
    Page.HAPPENED: _after_happened,
    Page.NAME: _after_name,
    Page.JUDGE: Page.TRY,
    Page.TRY: Page.FIX,
    Page.FIX: Page.FIXED,
    Page.FIXED: None,
}


def next_page(page: Page, case: Case) -> Page | None:
    """The page after ``page`` for this case; ``None`` when the walk ends here."""
    step = ROUTE[page]
    return step(case) if callable(step) else step


def path(case: Case) -> list[Page]:
    """The whole walk this case leads along, from the first page."""
    pages = [Page.PASTE]
    while (following := next_page(pages[-1], case)) is not None:
        pages.append(following)
    return pages
