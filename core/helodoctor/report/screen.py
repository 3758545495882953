"""What a support code says, in words: the page somebody is on and the verdict they have, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import asdict

from helodoctor.casefile.code import NEWER, Screen
from helodoctor.model import Stage
from helodoctor.receivers import find_receiver
from helodoctor.words import Words, readings
from helodoctor.words.guides import system_title


def rows(screen: Screen, words: Words) -> list[tuple[str, str]]:
    """Label and value of everything the code says."""
    said = {key: value for key, value in asdict(screen).items() if value is not None}
    return [(words.sentence("casefile", "code", key), _said(key, value, screen, words)) for key, value in said.items()]


def as_text(screen: Screen, words: Words) -> str:
    """The same as lines of text."""
    told = rows(screen, words)
    width = max((len(label) for label, _ in told), default=0)
    return "\n".join(f"{label:<{width}}  {value}" for label, value in told)


def _said(key: str, value: str, screen: Screen, words: Words) -> str:
    if value == NEWER:
        return words.sentence("casefile", "code", "newer")
    tell: dict[str, Callable[[], str]] = {
        "page": lambda: words.sentence("walk", "page", value),
        "cause": lambda: f"{words.sentence('causes', value, receiver=_receiver(screen, words))} ({value})",
        "stage": lambda: readings.stage(words, Stage(value)),
        "receiver": lambda: _receiver(screen, words),
        "kind": lambda: words.sentence("casefile", "kind", value),
        "system": lambda: system_title(words, value),
        "trial": lambda: words.sentence("report", "result", value),
    }
    return tell[key]() if key in tell else value


def _receiver(screen: Screen, words: Words) -> str:
    if screen.receiver in (None, NEWER):
        return words.sentence("readings", "receiver-unknown")
    return find_receiver(str(screen.receiver)).title
