"""What every known receiver would answer to a name."""

from __future__ import annotations

from helodoctor.model import Answer, EvidenceKind, Prediction, Stage
from helodoctor.receivers.cases import cases_of
from helodoctor.receivers.catalogue import Ready, ready
from helodoctor.receivers.decision import fill
from helodoctor.receivers.facts import Facts
from helodoctor.receivers.greeting import Greeting
from helodoctor.receivers.known import find_receiver
from helodoctor.receivers.schema import NameCase
from helodoctor.receivers.verdict import Outcome, ask

_LASTING: dict[tuple[str, Answer, EvidenceKind, Stage], Prediction] = {}


def predict(name: str, facts: Facts, receiver: str | None = None) -> tuple[Prediction, ...]:
    """What each receiver would answer to ``EHLO name``, in the order of their numbers; ``receiver`` asks only one.

    Nothing is looked up; what was taken for granted stands in ``assumed``. A receiver of which nothing is known for
    this name answers ``unknown``.

    Raises:
        InputProblem: there is no such ``receiver``.
    """
    asked = ready().values() if receiver is None else [ready()[find_receiver(receiver).id]]
    line = _heard(name, facts)
    heard = {"line": line, "word": line}
    if (word := _first_word(name)) != name:
        heard["word"] = _heard(word, facts)
    return tuple(_prediction(one, ask(one, *heard[one.receiver.reads])) for one in asked)


def _heard(name: str, facts: Facts) -> tuple[Greeting, tuple[NameCase, ...]]:
    greeting = Greeting(name, facts)
    return greeting, cases_of(greeting)


def _first_word(name: str) -> str:
    words = name.split(maxsplit=1)
    return words[0] if len(words) > 1 else name


def _prediction(ready_one: Ready, outcome: Outcome) -> Prediction:
    """Most outcomes say no more than yes or not known: those are put into a prediction once."""
    if outcome.assumed or outcome.reply or outcome.score is not None or outcome.code is not None:
        return _made(ready_one, outcome)
    key = (ready_one.receiver.id, outcome.answer, outcome.evidence, outcome.stage)
    found = _LASTING.get(key)
    if found is None:
        found = _LASTING[key] = _made(ready_one, outcome)
    return found


def _made(ready_one: Ready, outcome: Outcome) -> Prediction:
    receiver = ready_one.receiver
    return Prediction(
        receiver=receiver.id,
        title=receiver.title,
        setting=receiver.setting,
        verdict=outcome.answer,
        evidence=outcome.evidence,
        stage=outcome.stage,
        code=outcome.code,
        reply="\n".join(fill(line, recipient="recipient", sender="sender") for line in outcome.reply) or None,
        score=outcome.score,
        symbols=outcome.symbols,
        source=outcome.source,
        assumed=outcome.assumed,
    )
