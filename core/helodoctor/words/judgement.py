"""A judged name as a whole in words: the verdict, the better name, what a receiver would do and how that is known."""

from __future__ import annotations

from helodoctor.model import NameReport, Prediction, Status
from helodoctor.words.catalogue import Words
from helodoctor.words.findings import shown
from helodoctor.words.forms import number

_GROUP = "judgement"


def verdict(words: Words, report: NameReport) -> str:
    """Good, risky or bad, in one sentence."""
    key = f"verdict-{report.verdict.value}" if report.name.strip() else "verdict-empty"
    return words.sentence(_GROUP, key, name=shown(report.name))


def status(words: Words, value: Status) -> str:
    """The one word beside the icon."""
    return words.sentence(_GROUP, f"status-{value.value}")


def suggestion(words: Words, report: NameReport) -> str | None:
    """The better name and how it is known."""
    if report.suggestion is None or report.suggestion_reason is None:
        return None
    return words.sentence(_GROUP, f"suggestion-{report.suggestion_reason}", suggestion=report.suggestion)


def known_by(words: Words, prediction: Prediction) -> str:
    """How it is known what a receiver does."""
    return words.sentence(_GROUP, f"evidence-{prediction.evidence.value}")


def answer(words: Words, prediction: Prediction) -> str | None:
    """What a receiver says or gives, as short as it can be told; ``None`` where only the verdict is known."""
    if prediction.reply:
        return prediction.reply
    if prediction.code:
        return words.sentence(_GROUP, "code", code=prediction.code)
    if prediction.score is not None:
        return words.sentence(_GROUP, "points", score=number(words, prediction.score))
    return None


def passed(words: Words, count: int) -> str:
    """How many checks found nothing."""
    return words.trn("{count} check passed.", "{count} checks passed.", count)


def unknown(words: Words, count: int) -> str:
    """How many receivers nothing is known of."""
    return words.trn("For {count} receiver it is not known.", "For {count} receivers it is not known.", count)
