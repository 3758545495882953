"""From a case to its guide: choose the chapters, keep the steps this case needs, fill the places, number them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from string import ascii_lowercase
from types import MappingProxyType
from typing import NamedTuple

from msgspec.structs import replace

from helodoctor.guides.facts import facts_of
from helodoctor.guides.phrases import parts, phrase, phrase_for
from helodoctor.guides.places import Places, UnquotableError, command, fill, named_in
from helodoctor.guides.routes import chapters_of, letters_of
from helodoctor.knowledge.senders import (
    GuideBook,
    Shell,
    StepData,
    System,
    all_systems,
    completed,
    guide_book,
)
from helodoctor.model import Actor, Case, Guide, InputProblem, Letter, Phrase, Step, StepConfidence

PAGE_NUMBER = 6  # the guide is page 6 of the walk, so its steps are 6a, 6b ...


def systems() -> tuple[System, ...]:
    """Every mail system that is known, in the order of their numbers."""
    return tuple(all_systems().values())


def find_system(system_id: str) -> System:
    """The system with that id.

    Raises:
        InputProblem: ``unknown-system``.
    """
    try:
        return all_systems()[system_id]
    except KeyError:
        raise InputProblem("unknown-system", system=system_id) from None


class Prepared(NamedTuple):
    """What a case needs before its steps are worded: its system and facts, and the data of the steps with their ids."""

    system: System
    facts: Places
    steps: tuple[tuple[str, StepData], ...]


def prepare(case: Case) -> Prepared:
    """The system, the facts and the steps of ``case``, in order, without those it does not need.

    Raises:
        InputProblem: there is no such system, it has no guide, or the new name is none that could be set.
    """
    system = find_system(case.system or "unknown")
    if not system.has_guide:
        raise InputProblem("system-without-guide", system=system.title)
    facts = facts_of(case, system)
    book = guide_book()
    wanted = [step for chapter in chapters_of(case, facts) for step in _chapter(chapter, system, book)]
    if any(step.move == "retry-queue" for _, step in wanted):
        facts = {**facts, "queue": ""}
    return Prepared(system, facts, tuple(_needed_here(wanted, facts, book)))


def plan(case: Case, numbers: Mapping[str, str] = MappingProxyType({})) -> Guide:
    """The guide for ``case.system`` and ``case.new_name``, for the cause, direction and role of its diagnosis.

    Without a new name it tells how to choose one and how to look at the present one. Nothing is asked or read here.
    ``numbers`` are those that steps have already, by their ids; no other step gets one of them.

    Raises:
        InputProblem: there is no such system, it has no guide, or the new name is none that could be set.
    """
    system, facts, wanted = prepare(case)
    steps = (_step(step_id, data, places_of(data, facts), system) for step_id, data in wanted)
    letters = tuple(letter(key, facts) for key in letters_of(case, facts, tuple(step_id for step_id, _ in wanted)))
    return Guide(system=system.id, name=facts.get("name"), steps=tuple(_numbered(steps, numbers)), letters=letters)


def _chapter(chapter: str, system: System, book: GuideBook) -> list[tuple[str, StepData]]:
    """The steps of a chapter with their ids; ``switch`` is the system's own."""
    if chapter == "switch":
        return _own_steps(system, book)
    return _named(chapter, book.chapters[chapter])


def _own_steps(system: System, book: GuideBook) -> list[tuple[str, StepData]]:
    """A system's steps, those of the system it is made of, and the chapters they end in."""
    own = _named("switch", system.steps)
    made_of = _own_steps(all_systems()[system.like], book) if system.like else []
    ending = [step for chapter in system.chapters for step in _named(chapter, book.chapters[chapter])]
    return [*own, *made_of, *ending]


def _named(chapter: str, steps: tuple[StepData, ...]) -> list[tuple[str, StepData]]:
    return [(f"{chapter}.{step.key or step.move}", step) for step in steps]


def places_of(data: StepData, facts: Places) -> Places:
    """The facts, and the step's own places filled with them."""
    return {**facts, **{key: fill(value, facts) for key, value in data.places.items()}}


def _needed_here(
    wanted: list[tuple[str, StepData]], facts: Places, book: GuideBook
) -> Iterator[tuple[str, StepData]]:
    for step_id, data in wanted:
        step = completed(data, book.moves[data.move])
        known = places_of(step, facts).keys()
        if set(step.needs) <= known and not set(step.lacks) & known:
            yield step_id, step


def _numbered(steps: Iterator[Step], known: Mapping[str, str]) -> Iterator[Step]:
    taken = set(known.values())
    free = (number for number in map(_number, count()) if number not in taken)
    for step in steps:
        yield replace(step, number=known.get(step.id) or next(free))


def _number(place: int) -> str:
    """6a to 6z, then 6aa to 6zz and so on."""
    letters = ""
    while place >= 0:
        place, letter = divmod(place, len(ascii_lowercase))
        letters, place = ascii_lowercase[letter] + letters, place - 1
    return f"{PAGE_NUMBER}{letters}"


def _step(step_id: str, data: StepData, places: Places, system: System) -> Step:
    template, shell = data.template
    said = {part: phrase_for("phrasebook", data.move, part, places) for part in parts("phrasebook", data.move)}
    return Step(
        id=step_id,
        number="",
        actor=data.actor or Actor.YOU,
        title=_needed(said, "title", data),
        do=_needed(said, "do", data),
        where=phrase(f"phrasebook.where.{data.where}", places) if data.where else None,
        command=filled(template, places, shell, data.places),
        shell=shell,
        expect=said.get("expect"),
        check=said.get("check"),
        undo=said.get("undo"),
        undo_command=filled(data.undo, places, shell or "sh", data.places),
        wait=said.get("wait"),
        minutes=data.minutes,
        warning=_warning(data, places, system),
        confidence=data.confidence or (StepConfidence.SURE if system.confirmed else StepConfidence.TRY),
    )


def _needed(said: dict[str, Phrase | None], part: str, data: StepData) -> Phrase:
    """A part no step may lack; the tests hold every system against this."""
    found = said.get(part)
    if found is None:
        raise KeyError(f"{data.move}.{part}")
    return found


def filled(template: str | None, places: Places, shell: Shell | None, own: Places | None = None) -> str | None:
    """The command; ``None`` where a value is not known or cannot stand in one: the sentence still says what to do."""
    if template is None:
        return None
    text = fill(template, own or {})  # the system's own words are part of the command; the case's values are data
    if not named_in(text) <= places.keys():
        return None
    try:
        return command(text, places, shell) if shell else fill(text, places)
    except UnquotableError:
        return None


def _warning(data: StepData, places: Places, system: System) -> Phrase | None:
    """The trap at this step; else, in menus, files and code that nobody could confirm, that they are not confirmed."""
    warning = data.warning
    if warning is None and data.where in ("menu", "file", "source") and not system.confirmed:
        warning = "unconfirmed"
    if warning is None:
        return None
    return phrase(warning if "." in warning else f"phrasebook.warning.{warning}", places)


def letter(key: str, facts: Places) -> Letter:
    """The letter ``key`` of the guide book, without the paragraphs whose values are not known."""
    said = [phrase(f"letters.{key}.{part}", facts) for part in parts("letters", key)]
    subject, *body = [sentence for sentence in said if sentence is not None]
    data = guide_book().letters[key]
    return Letter(to=data.to, subject=subject, body=tuple(body), address=filled(data.address, facts, None))
