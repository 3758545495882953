"""The steps that are waited for: when one looks again, as the clock on this wall shows it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from helodoctor.model import Case, Wait
from helodoctor.words import guides
from helodoctor.words.catalogue import Words
from helodoctor.words.forms import moment


class Waiting(NamedTuple):
    """A line about a step that is waited for; ``over``: its time has come."""

    sentence: str
    due: datetime
    over: bool


def due(wait: Wait) -> datetime:
    """When the step is looked at again, in this machine's zone.

    Raises:
        ValueError: the time is none, or names no zone.
    """
    time = datetime.fromisoformat(wait.until)
    if time.tzinfo is None:
        raise ValueError(wait.until)
    return time.astimezone()


def waiting(
    words: Words, case: Case, now: datetime, shown: Callable[[datetime], str] | None = None
) -> tuple[Waiting, ...]:
    """A line for each step that is waited for and not ticked, the next one first; ``shown`` may write its time."""
    steps = {step.id: step for step in case.guide.steps} if case.guide else {}
    open_waits = sorted((due(wait), wait.step) for wait in case.waits if wait.step in steps)
    lines = []
    for time, step_id in open_waits:
        if step_id not in case.ticks:
            title = guides.phrase(words, steps[step_id].title)
            part = "over" if time <= now else "until"
            clock = shown(time) if shown else moment(words, time)
            values = {"number": steps[step_id].number, "title": title, "time": clock}
            lines.append(Waiting(words.sentence("guides", "waiting", part, **values), time, time <= now))
    return tuple(lines)
