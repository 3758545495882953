"""Two trials beside each other: what was said to whom, and what came of it."""

from __future__ import annotations

from collections.abc import Callable

from helodoctor.model import Stage, Trial
from helodoctor.words import Words, readings


def compared(first: Trial, second: Trial, words: Words) -> list[tuple[str, str, str]]:
    """Label, the first trial's value, the second's; what neither shows is left out."""
    tell: dict[str, Callable[[Trial], str]] = {
        "name": lambda made: made.plan.name,
        "receiver": lambda made: str(made.plan.target),
        "result": lambda made: words.sentence("report", "result", made.verdict),
        "stage": lambda made: _stage(made, words),
        "reply": _reply,
        "cause": lambda made: made.cause.value,
    }
    told = [(words.sentence("report", "fact", key), of(first), of(second)) for key, of in tell.items()]
    return [row for row in told if row[1] or row[2]]


def _stage(made: Trial, words: Words) -> str:
    at = made.refused_at or made.reached
    return "" if at is Stage.UNKNOWN else readings.stage(words, at)


def _reply(made: Trial) -> str:
    return " ".join(str(part) for part in (made.reply_code, made.enhanced_code, made.reply_text) if part)
