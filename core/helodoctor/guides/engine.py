"""From a case to its guide: choose the chapters, keep the steps this case needs, fill the places, number them."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_lowercase

from msgspec.structs import replace

from helodoctor.guides.facts import facts_of
from helodoctor.guides.phrases import parts, phrase
from helodoctor.guides.places import Places, UnquotableError, command, fill, named_in
from helodoctor.guides.routes import chapters_of, letters_of
from helodoctor.knowledge.senders import GuideBook, LetterData, Move, Shell, StepData, System, all_systems, guide_book
from helodoctor.model import Actor, Case, Guide, InputProblem, Letter, Phrase, Step, StepConfidence

PAGE_NUMBER = 6  # the guide is page 6 of the walk, so its steps are 6a, 6b ...

SHELLS: tuple[Shell, ...] = ("sh", "powershell", "cmd")


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
    if any(step.move == "retry-queue" for step in system.steps):
        facts = {**facts, "queue": ""}
    wanted = [step for chapter in chapters_of(case, facts) for step in _chapter(chapter, system, book)]
    steps = tuple(_numbered(_steps(wanted, facts, system, book)))
    letters = tuple(_letter(key, book.letters[key], facts) for key in letters_of(case, facts))
    return Guide(system=system.id, name=facts.get("name"), steps=steps, letters=letters)


def _chapter(chapter: str, system: System, book: GuideBook) -> list[tuple[str, StepData]]:
    """The steps of a chapter with their ids; ``switch`` is the system's own, with the chapters it ends in."""
    own = chapter == "switch"
    steps = system.steps if own else book.chapters[chapter]
    named = [(f"{chapter}.{step.key or step.move}", step) for step in steps]
    return [*named, *(step for other in system.chapters if own for step in _chapter(other, system, book))]


def _steps(wanted: list[tuple[str, StepData]], facts: Places, system: System, book: GuideBook) -> Iterator[Step]:
    for step_id, data in wanted:
        move = book.moves[data.move]
        places = {**facts, **{key: fill(value, facts) for key, value in _own_places(data, move).items()}}
        needs, lacks = {*move.needs, *data.needs}, {*move.lacks, *data.lacks}
        if needs <= places.keys() and not lacks & places.keys():
            yield _step(step_id, data, move, places, system)


def _numbered(steps: Iterator[Step]) -> Iterator[Step]:
    for letter, step in zip(ascii_lowercase, steps, strict=False):
        yield replace(step, number=f"{PAGE_NUMBER}{letter}")


def _step(step_id: str, data: StepData, move: Move, places: Places, system: System) -> Step:
    template, shell = _template(data, move)
    own, undo = _own_places(data, move), data.undo or move.undo
    said = {part: phrase(f"phrasebook.{data.move}.{part}", places) for part in parts("phrasebook", data.move)}
    return Step(
        id=step_id,
        number="",
        actor=data.actor or move.actor or Actor.YOU,
        title=_said(said, "title", data),
        do=_said(said, "do", data),
        where=_where(data.where or move.where, places),
        command=_filled(template, own, places, shell),
        shell=shell,
        expect=said.get("expect"),
        check=said.get("check"),
        undo=said.get("undo"),
        undo_command=_filled(undo, own, places, shell or "sh"),
        wait=said.get("wait"),
        warning=_warning(data.warning or move.warning or _doubt(step_id, system), places),
        confidence=_confidence(data, move, system),
    )


def _said(said: dict[str, Phrase | None], part: str, data: StepData) -> Phrase:
    """A part no step may lack; the tests hold every system against this."""
    found = said.get(part)
    if found is None:
        raise KeyError(f"{data.move}.{part}")
    return found


def _template(data: StepData, move: Move) -> tuple[str | None, Shell | None]:
    """The command to use and its shell; the system's own stands in front of the move's; ``None`` is plain text."""
    for source in (data, move):
        for shell in SHELLS:
            if (template := getattr(source, shell)) is not None:
                return template, shell
        if source.text is not None:
            return source.text, None
    return None, None


def _own_places(data: StepData, move: Move) -> Places:
    """The places the knowledge fills, as against those the case fills."""
    return {**move.places, **data.places}


def _where(part: str | None, places: Places) -> Phrase | None:
    return phrase(f"phrasebook.where.{part}", places) if part else None


def _filled(template: str | None, own: Places, places: Places, shell: Shell | None) -> str | None:
    """The command; ``None`` where a value is not known or cannot stand in one: the sentence still says what to do."""
    if template is None:
        return None
    text = fill(template, own)  # the system's own words are part of the command; the case's values are data
    if not named_in(text) <= places.keys():
        return None
    try:
        return command(text, places, shell) if shell else fill(text, places)
    except UnquotableError:
        return None


def _warning(warning: str | None, places: Places) -> Phrase | None:
    if warning is None:
        return None
    return phrase(warning if "." in warning else f"phrasebook.warning.{warning}", places)


def _doubt(step_id: str, system: System) -> str | None:
    """Places that nobody could confirm are called so, in the system's own steps."""
    return "unconfirmed" if not system.confirmed and step_id.startswith("switch.") else None


def _confidence(data: StepData, move: Move, system: System) -> StepConfidence:
    """What the data says; a step of a system nobody could confirm is something to try."""
    stated = data.confidence or move.confidence
    if stated is None:
        return StepConfidence.SURE if system.confirmed else StepConfidence.TRY
    return stated


def _letter(key: str, data: LetterData, facts: Places) -> Letter:
    said = [phrase(f"letters.{key}.{part}", facts) for part in parts("letters", key)]
    subject, *body = [sentence for sentence in said if sentence is not None]
    return Letter(to=data.to, subject=subject, body=tuple(body))
