"""The knowledge about mail systems is whole: every id, a fixed number, words for everything, commands that parse."""

from __future__ import annotations

import subprocess
from pathlib import Path
from string import ascii_lowercase

import pytest

import shared
from helodoctor import guides
from helodoctor.guides.phrases import parts
from helodoctor.guides.places import Places, named_in
from helodoctor.knowledge import load
from helodoctor.knowledge.senders import StepData, System, completed, guide_book
from helodoctor.model import Case, Cause, Diagnosis, Guide, Report, StepConfidence
from helodoctor.words import guides as sentences
from helodoctor.words import speak

KNOWN = shared.KNOWLEDGE / "systems.tsv"
NUMBERS = Path(__file__).with_name("numbers.txt")
NAME = "mail.firma.example"
WORDS = speak("en")
WITH_GUIDE = [system for system in guides.systems() if system.has_guide]
BOOK = guide_book()

# Moves that mend it without a command: elsewhere, on a page of a device, by logging in, by asking.
GO_ON = {"local-mail-program", "name-device", "hosted-relay", "find-setting", "use-login"}


def guide_for(system: System, cause: Cause = Cause.HELO_NOT_FQDN) -> Guide:
    report = Report(text="", client_ip="203.0.113.9", reply_code=550, reply_text="bogus HELO")
    case = Case(diagnoses=(Diagnosis(report=report, cause=cause),), name="www", system=system.id, new_name=NAME)
    return guides.plan(case)


def steps_of_data() -> list[tuple[str, StepData]]:
    own = [(system.id, step) for system in guides.systems() for step in system.steps]
    return own + [(key, step) for key, steps in BOOK.chapters.items() for step in steps]


@pytest.mark.skipif(not KNOWN.exists(), reason="the list of systems is not on this machine")
def test_every_known_system_is_there_under_its_kind() -> None:
    known = [line.split("\t") for line in KNOWN.read_text().splitlines()[1:]]
    here = {(system.id, system.kind) for system in guides.systems() if system.kind != "generic"}
    assert here >= {(row[0], row[2]) for row in known}


def test_numbers_are_never_changed_or_used_again() -> None:
    """Support codes hold them: new systems are added at the end of numbers.txt, nothing else is ever changed there."""
    assert "".join(f"{system.number} {system.id}\n" for system in guides.systems()) == NUMBERS.read_text()


def test_numbers_are_counted_from_one() -> None:
    assert [system.number for system in guides.systems()] == list(range(1, len(guides.systems()) + 1))


@pytest.mark.parametrize("system", guides.systems(), ids=lambda system: system.id)
def test_a_system_says_what_it_is_and_what_it_announces(system: System) -> None:
    assert sentences.system_title(WORDS, system.id)
    assert sentences.kind_title(WORDS, system.kind)
    assert sentences.default_name(WORDS, system)
    assert bool(system.steps or system.like) == system.has_guide


def test_a_confirmed_system_names_its_source() -> None:
    assert [system.id for system in WITH_GUIDE if system.confirmed and not system.sources] == []


@pytest.mark.parametrize("system", WITH_GUIDE, ids=lambda system: system.id)
def test_the_steps_of_a_system_have_ids_and_numbers_of_their_own(system: System) -> None:
    guide = guide_for(system)
    assert len({step.id for step in guide.steps}) == len(guide.steps)
    letters = ascii_lowercase[: len(guide.steps)]
    assert [step.number for step in guide.steps] == [f"6{letter}" for letter in letters]


@pytest.mark.parametrize("system", WITH_GUIDE, ids=lambda system: system.id)
def test_every_command_is_one_its_shell_can_read(system: System) -> None:
    for step in guide_for(system).steps:
        undo = step.undo_command if step.shell in ("sh", None) else None
        for text in filter(None, (step.command if step.shell == "sh" else None, undo)):
            subprocess.run(["sh", "-n", "-c", text], check=True, capture_output=True, timeout=20)
            assert not named_in(text), text


@pytest.mark.parametrize("system", WITH_GUIDE, ids=lambda system: system.id)
def test_the_steps_of_a_system_set_the_name_or_lead_to_what_does(system: System) -> None:
    steps = [step for step in guide_for(system).steps if not step.id.startswith(("address.", "prove."))]
    moves = {step.id.partition(".")[2] for step in steps}
    assert any(NAME in (step.command or "") for step in steps) or moves & GO_ON, moves


@pytest.mark.parametrize("system", [one for one in WITH_GUIDE if not one.confirmed], ids=lambda system: system.id)
def test_what_is_not_confirmed_is_never_called_sure(system: System) -> None:
    own = [step for step in guide_for(system).steps if step.id.startswith("switch.")]
    assert all(step.confidence is not StepConfidence.SURE for step in own)
    in_menus = [step for step in own if step.where and step.where.id.rpartition(".")[2] in ("menu", "file", "source")]
    assert all(step.warning for step in in_menus)


@pytest.mark.parametrize("key", sorted(BOOK.moves))
def test_a_move_is_worded_and_used(key: str) -> None:
    assert {"title", "do", "check"} <= set(parts("phrasebook", key))
    assert any(step.move == key for _, step in steps_of_data())


def test_every_phrase_belongs_to_a_move() -> None:
    tables = set(load("words/phrasebook.toml", dict[str, dict[str, str]]))
    assert tables - set(BOOK.moves) == {"warning", "where"}


@pytest.mark.parametrize("step", [pytest.param(step, id=f"{owner}-{step.move}") for owner, step in steps_of_data()])
def test_a_step_fills_every_place_its_sentences_name(step: StepData) -> None:
    """What the knowledge does not fill must be a fact the step demands; a missing one would lose the sentence."""
    whole = completed(step, BOOK.moves[step.move])
    known: Places = {**whole.places, **dict.fromkeys((*whole.needs, "system", "zone", "label", "copy"), "")}
    phrasebook = load("words/phrasebook.toml", dict[str, dict[str, str]])
    for part, text in phrasebook[step.move].items():
        if not part.endswith("-full"):
            assert named_in(text) <= known.keys(), (part, text)
    if whole.where:
        assert named_in(phrasebook["where"][whole.where]) <= known.keys()


def test_every_wrong_turn_is_named_somewhere() -> None:
    used = {step.warning for _, step in steps_of_data()} | {move.warning for move in BOOK.moves.values()}
    turns = {"banner", "mailname", "not-mx", "not-from", "not-receiver-check", "own-name", "delist-again", "password"}
    assert turns <= used
    assert set(parts("phrasebook", "warning")) - used == set()
