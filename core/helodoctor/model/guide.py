"""A guide: ordered steps with an actor, a command with the user's own values, a check and an undo."""

from __future__ import annotations

from msgspec import Struct

from helodoctor.model.finding import Value
from helodoctor.model.vocabulary import Actor, StepConfidence


class Phrase(Struct, frozen=True):
    """A sentence by id: the key of a phrase in ``words`` and the values for its places."""

    id: str
    values: tuple[Value, ...] = ()


class Step(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing to do. ``number`` can be said on the phone ("6b"): page number and letter, never reused.

    ``command`` is one valid command of ``shell`` (or a value to type, for ``shell=None``); the texts are phrases.
    ``minutes`` is how long to wait before one looks at it again, where it takes a while.
    """

    id: str
    number: str
    actor: Actor
    title: Phrase
    do: Phrase
    where: Phrase | None = None
    command: str | None = None
    shell: str | None = None
    expect: Phrase | None = None
    check: Phrase | None = None
    undo: Phrase | None = None
    undo_command: str | None = None
    wait: Phrase | None = None
    minutes: int | None = None
    warning: Phrase | None = None
    confidence: StepConfidence = StepConfidence.SURE


class Letter(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A ready letter: to whom, at which mail address where one is known, and the phrases of its subject and body."""

    to: Actor
    subject: Phrase
    body: tuple[Phrase, ...]
    address: str | None = None


class Reason(Struct, frozen=True, kw_only=True):
    """Why a step may not have worked, and what to look at; a hand-over to a person brings its ``letter``."""

    id: str
    title: Phrase
    look: Phrase
    command: str | None = None
    letter: Letter | None = None


class Wait(Struct, frozen=True, kw_only=True):
    """A step that is waited for: its id, and when to look at it again (ISO 8601 with zone)."""

    step: str
    until: str


class StepNumber(Struct, frozen=True, kw_only=True):
    """A number ("6b") that was given to the step with that id, and will be given to no other."""

    step: str
    number: str


class Guide(Struct, frozen=True, kw_only=True):
    """The way from the refused name to the new one, for one mail system."""

    system: str
    name: str | None
    steps: tuple[Step, ...]
    letters: tuple[Letter, ...] = ()
