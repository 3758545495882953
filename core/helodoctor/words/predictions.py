"""What receivers do, in words: answers, settings, cases, remarks, and what was taken for granted."""

from __future__ import annotations

from helodoctor.model import Answer, EvidenceKind, Prediction, Stage
from helodoctor.words.catalogue import Words
from helodoctor.words.forms import number

_GROUP = "predictions"


def answer(words: Words, value: Answer) -> str:
    """What the receiver does with the name, in a few words."""
    return words.sentence(_GROUP, f"answer-{value.value}")


def evidence(words: Words, value: EvidenceKind) -> str:
    """How a statement about a receiver is known."""
    return words.sentence("judgement", f"evidence-{value.value}")


def stage(words: Words, value: Stage) -> str:
    """The point of the conversation where the receiver speaks up."""
    return words.sentence("stages", value.value)


def setting(words: Words, value: str) -> str:
    """How the receiver is set up: as installed, with strict checks ..."""
    return words.sentence(_GROUP, f"setting-{value}")


def kind(words: Words, value: str) -> str:
    """Software or provider."""
    return words.sentence(_GROUP, f"kind-{value}")


def called(words: Words, title: str, setting_id: str) -> str:
    """A receiver and its setting, as it is called in a list."""
    return words.sentence(_GROUP, "receiver", title=title, setting=setting(words, setting_id))


def who(words: Words, prediction: Prediction) -> str:
    """The receiver a prediction is about, and its setting."""
    return called(words, prediction.title, prediction.setting)


def case(words: Words, value: str) -> str:
    """The situation a row of the data speaks of."""
    return words.sentence(_GROUP, f"case-{value}")


def remark(words: Words, value: str) -> str:
    """What limits a statement."""
    return words.sentence(_GROUP, f"remark-{value}")


def assumed(words: Words, prediction: Prediction) -> list[str]:
    """What a prediction takes for granted, one clause each."""
    return [words.sentence(_GROUP, f"assumed-{fact}") for fact in prediction.assumed]


def points(words: Words, low: float, high: float) -> str:
    """A score, or the range of it."""
    if low == high:
        return words.sentence(_GROUP, "points", points=number(words, low))
    return words.sentence(_GROUP, "points-between", low=number(words, low), high=number(words, high))
