"""The support code: what it says comes back, and no slip of the tongue is taken for another code."""

from __future__ import annotations

from itertools import pairwise, product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import asdict, replace

import helodoctor
from core.casefile.walked import walked
from helodoctor.casefile.code import _ALPHABET, _WIDTHS, NEWER, Screen, decode, encode, numbers, screen_of
from helodoctor.journey import Page
from helodoctor.model import Case, Cause, InputProblem, NameKind, Stage, TrialVerdict
from helodoctor.words import speak
from helodoctor.words.problems import problem

NUMBERS = Path(__file__).with_name("numbers.txt")
FIELDS = tuple(asdict(Screen()))
SCREENS = st.builds(Screen, **{field: st.sampled_from([None, *numbers()[field]]) for field in FIELDS})


def refused(code: str) -> str:
    """The id of the one sentence this code is answered with."""
    with pytest.raises(InputProblem) as found:
        decode(code)
    assert problem(speak("en"), found.value)
    return found.value.id


# --- what it says -----------------------------------------------------------------------------------------------------


def test_a_case_says_its_screen_and_verdict() -> None:
    assert screen_of(walked(), "fix") == Screen(
        release=helodoctor.__version__, page="fix", cause="helo-not-fqdn", stage="rcpt", receiver="infomaniak",
        kind="single-label", system="postfix", trial="accepted",
    )  # fmt: skip
    assert screen_of(Case(), "paste") == Screen(release=helodoctor.__version__, page="paste")


@pytest.mark.parametrize("field", FIELDS)
def test_every_value_of_a_field_comes_back(field: str) -> None:
    for value in numbers()[field]:
        screen = replace(Screen(), **{field: value})
        assert decode(encode(screen)) == screen


def test_every_page_with_every_cause_at_every_stage_comes_back() -> None:
    for page, cause, stage in product(Page, Cause, Stage):
        screen = replace(screen_of(walked(), page), cause=cause, stage=stage)
        assert decode(encode(screen)) == screen


@given(SCREENS)
def test_every_screen_comes_back_from_a_short_code(screen: Screen) -> None:
    code = encode(screen)
    assert decode(code) == screen
    assert len(code) <= 14


@given(SCREENS, st.sampled_from([str.lower, lambda code: code.replace("-", " "), lambda code: code.replace("-", "")]))
def test_case_and_grouping_do_not_matter(screen: Screen, spoken: object) -> None:
    assert callable(spoken)
    code = encode(screen)
    assert decode(spoken(code)) == decode(code.replace("0", "O").replace("1", "l")) == screen


# --- slips of the tongue ----------------------------------------------------------------------------------------------


@given(SCREENS)
def test_every_single_misread_character_is_noticed(screen: Screen) -> None:
    code = encode(screen).replace("-", "")
    for place, other in product(range(len(code)), _ALPHABET):
        if other != code[place]:
            assert refused(code[:place] + other + code[place + 1 :]) == "code-misread"


@given(SCREENS)
def test_every_swap_is_noticed(screen: Screen) -> None:
    code = encode(screen).replace("-", "")
    for (place, left), (_, right) in pairwise(enumerate(code)):
        if left != right:
            assert refused(code[:place] + right + left + code[place + 2 :]) == "code-misread"


@given(SCREENS, st.data())
def test_any_two_wrong_characters_are_noticed(screen: Screen, data: st.DataObject) -> None:
    code = list(encode(screen).replace("-", ""))
    for place in data.draw(st.lists(st.integers(0, 11), min_size=2, max_size=2, unique=True)):
        code[place] = data.draw(st.sampled_from(_ALPHABET.replace(code[place], "")))
    assert refused("".join(code)) == "code-misread"


@pytest.mark.parametrize("code", ["", "-", "8000", "8" * 13, "UUUU-UUUU-UUUU", "äöü-ß", "٣" * 12, "8" * 10_000])
def test_what_is_no_code_is_told(code: str) -> None:
    assert refused(code) == "code-unreadable"


@given(st.text(max_size=40))
def test_any_text_gets_an_answer(text: str) -> None:
    try:
        decode(text)
    except InputProblem as found:
        assert problem(speak("en"), found)


# --- numbers ----------------------------------------------------------------------------------------------------------


def test_numbers_are_never_changed_or_used_again() -> None:
    """Codes hold them: new ones are added at the end of their list, in both files; nothing else is ever changed."""
    kept: dict[str, dict[str, int]] = {}
    for line in NUMBERS.read_text().splitlines():
        field, number, word = line.split()
        kept.setdefault(field, {})[word] = int(number)
    assert kept == {field: dict(numbers()[field]) for field in kept}


@pytest.mark.parametrize(
    ("field", "words"),
    [("page", Page), ("cause", Cause), ("stage", Stage), ("kind", NameKind), ("trial", TrialVerdict)],
)
def test_every_value_of_a_closed_list_has_its_number(field: str, words: type[str]) -> None:
    assert set(numbers()[field]) == {str(word) for word in words}  # type: ignore[attr-defined]


def test_the_newest_release_is_this_one() -> None:
    assert list(numbers()["release"])[-1] == helodoctor.__version__


def test_every_number_fits_its_place() -> None:
    for field, known in numbers().items():
        assert sorted(known.values()) == list(range(1, len(known) + 1))
        assert len(known) < 1 << _WIDTHS[field]


@pytest.mark.parametrize("field", FIELDS)
def test_an_unknown_number_was_made_by_a_newer_version(field: str, monkeypatch: pytest.MonkeyPatch) -> None:
    future = {**numbers(), field: {**numbers()[field], "of-tomorrow": len(numbers()[field]) + 1}}
    with monkeypatch.context() as patch:
        patch.setattr("helodoctor.casefile.code.numbers", lambda: future)
        code = encode(replace(Screen(), **{field: "of-tomorrow"}))
    assert getattr(decode(code), field) == NEWER


def test_another_arrangement_was_made_by_a_newer_version(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("helodoctor.casefile.code._FORM", 2)
        code = encode(Screen(page="fix"))
    assert refused(code) == "code-newer"
