"""From a case to its guide: choose the chapters, keep the steps this case needs, fill the places, number them."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_lowercase

from msgspec.structs import replace

from helodoctor.guides.facts import facts_of
from helodoctor.guides.phrases import parts, phrase
from helodoctor.guides.places import Places, UnquotableError, command, fill, named_in
from helodoctor.guides.routes import chapters_of, letters_of
from helodoctor.knowledge.senders import (
    GuideBook,
    LetterData,
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


def plan(case: Case) -> Guide:
    """The guide for ``case.system`` and ``case.new_name``, for the cause, direction and role of its diagnosis.

    Without a new name it tells how to choose one and how to look at the present one. Nothing is asked or read here.

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
    steps = tuple(_numbered(_steps(wanted, facts, system, book)))
    letters = tuple(_letter(key, book.letters[key], facts) for key in letters_of(case, facts))
    return Guide(system=system.id, name=facts.get("name"), steps=steps, letters=letters)


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


def _steps(wanted: list[tuple[str, StepData]], facts: Places, system: System, book: GuideBook) -> Iterator[Step]:
    for step_id, data in wanted:
        step = completed(data, book.moves[data.move])
        places = {**facts, **{key: fill(value, facts) for key, value in step.places.items()}}
        if set(step.needs) <= places.keys() and not set(step.lacks) & places.keys():
            yield _step(step_id, step, places, system)


def _numbered(steps: Iterator[Step]) -> Iterator[Step]:
    for letter, step in zip(ascii_lowercase, steps, strict=False):
        yield replace(step, number=f"{PAGE_NUMBER}{letter}")


def _step(step_id: str, data: StepData, places: Places, system: System) -> Step:
    template, shell = data.template
    said = {part: _said(data.move, part, places) for part in parts("phrasebook", data.move)}
    return Step(
        id=step_id,
        number="",
        actor=data.actor or Actor.YOU,
        title=_needed(said, "title", data),
        do=_needed(said, "do", data),
        where=phrase(f"phrasebook.where.{data.where}", places) if data.where else None,
        command=_filled(template, data, places, shell),
        shell=shell,
        expect=said.get("expect"),
        check=said.get("check"),
        undo=said.get("undo"),
        undo_command=_filled(data.undo, data, places, shell or "sh"),
        wait=said.get("wait"),
        warning=_warning(data, places, system),
        confidence=data.confidence or (StepConfidence.SURE if system.confirmed else StepConfidence.TRY),
    )


def _said(move: str, part: str, places: Places) -> Phrase | None:
    """One part of a move's sentences: the fuller wording where everything it names is known."""
    return phrase(f"phrasebook.{move}.{part}-full", places) or phrase(f"phrasebook.{move}.{part}", places)


def _needed(said: dict[str, Phrase | None], part: str, data: StepData) -> Phrase:
    """A part no step may lack; the tests hold every system against this."""
    found = said.get(part)
    if found is None:
        raise KeyError(f"{data.move}.{part}")
    return found


def _filled(template: str | None, data: StepData, places: Places, shell: Shell | None) -> str | None:
    """The command; ``None`` where a value is not known or cannot stand in one: the sentence still says what to do."""
    if template is None:
        return None
    text = fill(template, data.places)  # the system's own words are part of the command; the case's values are data
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


def _letter(key: str, data: LetterData, facts: Places) -> Letter:
    said = [phrase(f"letters.{key}.{part}", facts) for part in parts("letters", key)]
    subject, *body = [sentence for sentence in said if sentence is not None]
    return Letter(to=data.to, subject=subject, body=tuple(body))
