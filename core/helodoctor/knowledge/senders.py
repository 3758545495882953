"""The data behind the guides: mail systems, the moves their steps are made of, and the route for each cause."""

from __future__ import annotations

from functools import cache
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from helodoctor.knowledge.files import load, load_all
from helodoctor.knowledge.shapes import Shape
from helodoctor.model import Actor, StepConfidence

SystemKind = Literal[
    "mta", "windows-server", "panel", "appliance", "application", "library", "mail-client", "witness", "generic"
]
Platform = Literal["linux", "bsd", "macos", "windows", "unix", "docker", "device", "hosted", "any"]
Shell = Literal["sh", "powershell", "cmd"]


class Move(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing people do in many systems: who acts, the commands per shell, how they are undone.

    The key of a move is the key of its sentences in ``words/phrasebook.toml``. Commands are ordinary shell text with
    ``{places}``; a word that holds a place is quoted when it is filled. ``text`` is something to type or to paste.
    ``where`` is a part of the phrasebook's table of that name. ``places`` fill sentences and commands.
    ``needs`` and ``lacks`` name facts that must, or must not, be known for the step to be part of a guide. ``stuck``
    are the reasons why it may not work, the likeliest first; the word ``system`` there stands for the system's own.
    ``minutes`` is how long it usually takes until one can see that it worked.
    """

    actor: Actor | None = None
    where: str | None = None
    places: dict[str, str] = {}
    sh: str | None = None
    powershell: str | None = None
    cmd: str | None = None
    text: str | None = None
    undo: str | None = None
    confidence: StepConfidence | None = None
    warning: str | None = None
    needs: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    stuck: tuple[str, ...] = ()
    minutes: int | None = None


class StepData(Move, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A move as one system needs it; what is given here stands in front of what the move says."""

    move: str
    key: str | None = None

    @property
    def template(self) -> tuple[str | None, Shell | None]:
        """The command and its shell; plain text has none; ``(None, None)`` where there is nothing to copy."""
        for shell, command in self._commands():
            if command is not None:
                return command, shell
        return self.text, None

    def _commands(self) -> tuple[tuple[Shell, str | None], ...]:
        return ("sh", self.sh), ("powershell", self.powershell), ("cmd", self.cmd)


def completed(step: StepData, move: Move) -> StepData:
    """``step`` with everything it leaves open taken from ``move``; a command of its own leaves out the move's."""
    commands = {} if step.template[0] else {key: getattr(move, key) for key in ("sh", "powershell", "cmd", "text")}
    return replace(
        step,
        **commands,
        actor=step.actor or move.actor,
        where=step.where or move.where,
        places={**move.places, **step.places},
        undo=step.undo or move.undo,
        confidence=step.confidence or move.confidence,
        warning=step.warning or move.warning,
        needs=(*move.needs, *step.needs),
        lacks=(*move.lacks, *step.lacks),
        stuck=step.stuck or move.stuck,
        minutes=step.minutes or move.minutes,
    )


class ConfigPlace(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a system keeps the name: a file with its setting, an environment variable, or a menu path."""

    platform: Platform = "any"
    file: str | None = None
    setting: str | None = None
    variable: str | None = None
    menu: str | None = None


class ShowCommand(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A command that only reads and whose output shows the name (``detect`` reads it)."""

    command: str
    shell: Shell = "sh"


class Pointing(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a system is made to hand its mail to the listener at ``{host}`` and ``{port}``, and how that is taken back.

    Either ``sh``, a command that does it, with ``back``, the command that restores what was there; or ``text``, lines
    for ``file`` (for the program's own text where there is none) that take the place of those with the same settings,
    with ``sh`` as what makes the system read them.
    """

    file: str | None = None
    text: str | None = None
    sh: str | None = None
    back: str | None = None


class System(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A mail system (a file of ``senders/``): what it announces when nothing is set, and the steps to set it.

    ``number`` never changes and is never used again (support codes hold it). ``default`` is the id of the rule that
    makes the name when none is set, worded in ``words/defaults.toml``. ``confirmed`` is false where the knowledge
    rests on no source we have read or run. ``like`` is the id of a system whose steps and chapters follow the own
    ones, since this one is made of it. A trap is the ``warning`` of the step where it tempts. ``chapters`` of the
    guide book follow the system's own steps, such as those that name the machine. ``stuck`` are the reasons that are
    likely here when the name is set and not heard. ``shape`` tells how its settings and outputs are known and
    read, ``listener`` how it is pointed at the listener.
    """

    id: str
    number: int
    title: str
    kind: SystemKind
    platforms: tuple[Platform, ...]
    default: str
    confirmed: bool = True
    sources: tuple[str, ...] = ()
    places: tuple[ConfigPlace, ...] = ()
    show: tuple[ShowCommand, ...] = ()
    steps: tuple[StepData, ...] = ()
    like: str | None = None
    chapters: tuple[str, ...] = ()
    stuck: tuple[str, ...] = ()
    shape: tuple[Shape, ...] = ()
    listener: Pointing | None = None

    @property
    def has_guide(self) -> bool:
        """Witnesses (Received lines, logs) tell a name; nothing is set in them."""
        return self.kind != "witness"


class Route(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The chapters of the guide for one cause, by direction; letters that go with it."""

    relay: tuple[str, ...]
    submission: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()


class LetterData(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A letter: to whom it goes and the facts it needs; its sentences are in ``words/letters.toml``.

    Where ``chapters`` are named, the guide must have a step of one of them: without it there is nothing to ask for.
    ``address`` is a mail address with places.
    """

    to: Actor
    address: str | None = None
    needs: tuple[str, ...] = ()
    chapters: tuple[str, ...] = ()


class ReasonData(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why a step may not have worked, worded in ``words/stuck.toml``; a command helps to look, ``needs`` as in a move.

    ``sh`` is for a system that has a Unix shell, ``anywhere`` is a command that every computer knows. The ``letter`` of
    a reason is what is handed over to a person.
    """

    sh: str | None = None
    anywhere: str | None = None
    needs: tuple[str, ...] = ()
    letter: str | None = None


class Answer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An answer leads to another question, or to a mail system and is its title unless ``said`` names other words."""

    question: str | None = None
    system: str | None = None
    said: str | None = None


class GuideBook(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``guides/book.toml``: moves, chapters made of them, routes by cause, letters, and reasons in no step's order."""

    moves: dict[str, Move]
    chapters: dict[str, tuple[StepData, ...]]
    routes: dict[str, Route]
    letters: dict[str, LetterData]
    reasons: dict[str, ReasonData]


@cache
def all_systems() -> dict[str, System]:
    """Every system by id, in the order of their numbers."""
    found = load_all("senders", System).values()
    return {system.id: system for system in sorted(found, key=lambda system: system.number)}


@cache
def guide_book() -> GuideBook:
    """The moves, chapters, routes and letters that every guide is built from."""
    return load("guides/book.toml", GuideBook)


@cache
def questions() -> dict[str, tuple[Answer, ...]]:
    """The questions that lead from "I don't know" to a mail system; ``start`` is the first."""
    return load("guides/questions.toml", dict[str, tuple[Answer, ...]])
