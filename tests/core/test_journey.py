"""Every route of the wizard, without a window."""

from __future__ import annotations

import pytest

from helodoctor.journey import Page, next_page, path
from helodoctor.model import Case, Cause, Diagnosis, Report

WHOLE_WALK = [Page.PASTE, Page.HAPPENED, Page.NAME, Page.JUDGE, Page.TRY, Page.FIX, Page.FIXED]
WITHOUT_A_NAME = [Page.PASTE, Page.HAPPENED, Page.NAME, Page.FIX, Page.FIXED]
ANSWERED = [Page.PASTE, Page.HAPPENED]


def case_of(cause: Cause, name: str | None) -> Case:
    return Case(diagnoses=(Diagnosis(report=Report(text=""), cause=cause),), name=name, name_unknown=name is None)


@pytest.mark.parametrize("cause", [cause for cause in Cause if cause.startswith("helo-")])
def test_a_refused_name_leads_along_the_whole_spine(cause: Cause) -> None:
    assert path(case_of(cause, "www")) == WHOLE_WALK


@pytest.mark.parametrize("cause", [cause for cause in Cause if cause.startswith("helo-")])
def test_without_a_name_the_walk_goes_straight_to_finding_and_fixing_it(cause: Cause) -> None:
    assert path(case_of(cause, None)) == WITHOUT_A_NAME


@pytest.mark.parametrize("cause", [Cause.ACCEPTED, *(cause for cause in Cause if cause.startswith("not-helo-"))])
def test_an_innocent_name_is_answered_in_full_on_page_two(cause: Cause) -> None:
    assert path(case_of(cause, "mail.kolibri.example")) == ANSWERED


def test_a_text_that_says_nothing_lets_the_user_check_the_name_all_the_same() -> None:
    assert path(case_of(Cause.UNKNOWN, "www")) == WHOLE_WALK


def test_an_empty_case_can_be_walked_too() -> None:
    assert path(Case()) == WITHOUT_A_NAME


def test_page_numbers_are_those_said_on_the_phone() -> None:
    assert [page.number for page in Page] == [1, 2, 3, 4, 5, 6, 7]


def test_every_page_has_a_next_or_ends_the_walk() -> None:
    for page in Page:
        following = next_page(page, Case())
        assert following is None or following.number > page.number
