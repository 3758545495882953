"""The steps that are waited for: when one looks again, as the clock on this wall shows it."""

from __future__ import annotations

from datetime import datetime

from helodoctor.model import Case, Wait
from helodoctor.words.catalogue import Words


def due(wait: Wait) -> datetime:
    """When the step is looked at again, in this machine's zone.

    Raises:
        ValueError: the time is none, or names no zone.
    """
    time = datetime.fromisoformat(wait.until)
    if time.tzinfo is None:
        raise ValueError(wait.until)
    return time.astimezone()


def open_waits(words: Words, case: Case) -> list[str]:
    """A line for each step that is waited for and not ticked: its number, its title and the time."""
    from helodoctor.words import guides

    steps = {step.id: step for step in case.guide.steps} if case.guide else {}
    return [
        words.sentence(
            "guides",
            "waiting",
            "until",
            number=steps[wait.step].number,
            title=guides.phrase(words, steps[wait.step].title),
            time=f"{due(wait):%Y-%m-%d %H:%M}",
        )
        for wait in case.waits
        if wait.step in steps and wait.step not in case.ticks
    ]
