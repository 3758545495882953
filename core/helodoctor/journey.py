"""The wizard's route as a table: which page follows which, as a function of the case. Tested without a window."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from helodoctor.model import Case


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
    from helodoctor.model import Verdict  # loaded with the first bounce; the window shows before

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


_NEEDED = (Page.PASTE, Page.HAPPENED, Page.FIX)  # whose answers every walk is about


def _is_shown(page: Page, case: Case | None) -> bool:
    """Whether the helpdesk that prepared the case, if one did, wants this page walked through."""
    chosen = case.session.pages if case and case.session else ()
    if case is None or not chosen or page in chosen or page in _NEEDED:
        return True
    return page is Page.NAME and (case.name is None or Page.JUDGE in chosen)  # who has no name yet is asked


def _nothing() -> Case:
    from helodoctor.model import Case

    return Case()


def next_page(page: Page, case: Case | None) -> Page | None:
    """The page after ``page`` for this case (``None``: nothing is known yet); ``None`` when the walk ends here."""
    following: Page | None = page
    while following is not None:
        step = ROUTE[following]
        following = step(case or _nothing()) if callable(step) else step
        if following is not None and _is_shown(following, case):
            return following
    return None


def path(case: Case) -> list[Page]:
    """The whole walk this case leads along, from the first page."""
    pages = [Page.PASTE]
    while (following := next_page(pages[-1], case)) is not None:
        pages.append(following)
    return pages
