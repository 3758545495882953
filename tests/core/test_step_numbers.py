"""The number of a step: said on the phone, kept in the case, never given to another step once it was worked with."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from helodoctor import guides, steps
from helodoctor.casefile import decode, encode, new_file
from helodoctor.model import Case

BOUNCE = "550 5.7.1 <www>: Helo command rejected: need fully-qualified hostname"
NAMES = (None, "mail.kolibri.example.org", "mx.firma.example.org")
SYSTEMS = tuple(system.id for system in guides.systems() if system.has_guide)


def numbers(case: Case) -> dict[str, str]:
    assert case.guide is not None
    return {step.id: step.number for step in case.guide.steps}


def begun() -> Case:
    return steps.plan_fix(steps.read(Case(), BOUNCE), "postfix", None)


def test_a_guide_begins_with_6a_and_goes_on_without_a_gap() -> None:
    given_ = list(numbers(begun()).values())
    assert given_ == [f"6{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"][: len(given_)]


def test_before_anything_is_done_the_numbers_stand_in_order() -> None:
    named = steps.plan_fix(begun(), "postfix", "mail.kolibri.example.org")
    assert list(numbers(named).values()) == sorted(numbers(named).values())
    assert next(iter(numbers(named).values())) == "6a"


def test_another_name_keeps_every_number_and_adds_new_ones() -> None:
    before = begun()
    before = steps.tick(before, next(iter(numbers(before))), True)
    after = steps.plan_fix(before, "postfix", "mail.kolibri.example.org")
    for step, number in numbers(after).items():
        assert numbers(before).get(step, number) == number
        if step not in numbers(before):
            assert number not in numbers(before).values()


def test_who_looks_through_the_systems_begins_with_6a_each_time() -> None:
    case = begun()
    for system in SYSTEMS[:20]:
        if case.system != system:
            case = steps.plan_fix(case, system, "mail.kolibri.example.org")
            assert min(numbers(case).values()) == "6a"


def test_a_number_that_was_worked_with_is_no_other_steps_number() -> None:
    case = steps.plan_fix(begun(), "postfix", "mail.kolibri.example.org")
    said = numbers(case)
    ticked = steps.tick(case, next(iter(said)), done=True)
    other = steps.plan_fix(ticked, "exim", "mail.kolibri.example.org")
    for step, number in numbers(other).items():
        assert said.get(step) == number or number not in said.values(), (step, number)
    again = steps.plan_fix(other, "postfix", "mail.kolibri.example.org")
    assert numbers(again) == said


@given(
    st.lists(st.tuples(st.sampled_from(SYSTEMS), st.sampled_from(NAMES), st.booleans()), min_size=1, max_size=8),
)
def test_after_the_first_tick_no_number_ever_means_two_steps(moves: list[tuple[str, str | None, bool]]) -> None:
    case, meant = steps.read(Case(), BOUNCE), dict[str, str]()
    for system, name, works in moves:
        case = steps.plan_fix(case, system, name)
        assert len(set(numbers(case).values())) == len(numbers(case))
        if works and case.guide and case.guide.steps:
            case = steps.tick(case, case.guide.steps[0].id, done=True)
        for step, number in numbers(case).items():
            assert meant.get(number, step) == step
        if works:
            meant |= {number: step for step, number in numbers(case).items()}
        case = decode(encode(new_file(case))).file.case
