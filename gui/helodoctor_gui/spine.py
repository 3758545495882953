"""The spine of the rail in words: short titles, and where one is for a screen reader."""

from __future__ import annotations

from helodoctor.journey import Page as Stop
from helodoctor_gui.language import tr


def title(stop: Stop) -> str:
    """One step of the rail."""
    return {
        Stop.PASTE: tr("What came back"),
        Stop.HAPPENED: tr("What happened"),
        Stop.NAME: tr("Your server’s name"),
        Stop.JUDGE: tr("Is it a good name"),
        Stop.TRY: tr("Try it"),
        Stop.FIX: tr("Fix it"),
        Stop.FIXED: tr("Is it fixed"),
    }[stop]


def states(here: int, visited: list[int]) -> list[str]:
    """Every step as the rail shows it: ``done``, ``here`` or ``ahead``, told by the numbers of pages."""
    return [
        "here" if stop.number == here else "done" if stop.number < here and stop.number in visited else "ahead"
        for stop in Stop
    ]


def spoken(stop: Stop, state: str) -> str:
    """One step of the rail for a screen reader."""
    place = {"here": tr("you are here"), "done": tr("done"), "ahead": tr("to come")}[state]
    return tr(
        "Step {number} of {count}, {title}: {place}",
        number=stop.number,
        count=len(Stop),
        title=title(stop),
        place=place,
    )
