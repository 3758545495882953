"""A live trial for scripts (the JSON of ``probe``) and for people in a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from helodoctor.model import Comparison, Line, Tls, Trial, TrialPlan
from helodoctor.words import Words
from helodoctor.words import trials as sentences
from helodoctor.words.comparison import compared

_SPEAKERS = {"server": "<", "us": ">"}


def as_object(trial: Trial, words: Words, comparison: Comparison | None = None) -> dict[str, object]:
    """The JSON of ``probe`` as ``contract.md`` fixes it.

    ``next``, ``scope``, ``obstacle``, ``calls``, ``started`` and, where the trial was compared, ``compared`` are more.
    """
    return {
        "target": str(trial.plan.target),
        "address": trial.address,
        "source_address": trial.source_address,
        "name": trial.plan.name,
        "verdict": trial.verdict.value,
        "refused_at": trial.refused_at.value if trial.refused_at else None,
        "reached": trial.reached.value,
        "reply_code": trial.reply_code,
        "enhanced_code": trial.enhanced_code,
        "reply_text": trial.reply_text,
        "cause": trial.cause.value,
        "tls": _tls_object(trial.tls) if trial.tls else None,
        "extensions": list(trial.extensions),
        "obstacle": trial.obstacle,
        "calls": [
            {"title": call.title, "host": call.host, "outcome": call.outcome, "banner": call.banner}
            for call in trial.calls
        ],
        "started": trial.started,
        "reading": sentences.reading(words, trial),
        "next": sentences.next_step(words, trial),
        "scope": sentences.scope(words, trial),
        **({"compared": _comparison_object(trial, words, comparison)} if comparison else {}),
        "dialogue": [{"t": line.t, "from": line.speaker, "text": line.text} for line in trial.dialogue],
    }


def _comparison_object(trial: Trial, words: Words, comparison: Comparison) -> dict[str, object]:
    return {
        "bounce": comparison.bounce,
        "differs": list(comparison.differs),
        "policy": comparison.policy,
        "receivers": [prediction.receiver for prediction in comparison.predictions],
        "filter": comparison.filter,
        "messages": list(compared(words, trial, comparison)),
    }


def _tls_object(tls: Tls) -> dict[str, object]:
    return {
        "version": tls.version,
        "cipher": tls.cipher,
        "certificate_ok": tls.certificate_ok,
        "problem": tls.problem,
    }


def plan_lines(plan: TrialPlan) -> Iterator[str]:
    """The commands ``plan`` will send, in order, for showing before it starts."""
    yield f"EHLO {plan.name}"
    if plan.stop_after == "rcpt":
        yield f"MAIL FROM:<{plan.sender}>"
        yield f"RCPT TO:<{plan.recipient}>"
        yield "RSET"
    yield "QUIT"


def plan_as_text(plan: TrialPlan, words: Words) -> str:
    """What ``plan`` will send to whom, in one sentence."""
    return words.sentence("trials", "plan", target=plan.target, commands=", ".join(plan_lines(plan)))


def line_as_text(line: Line, words: Words) -> str:
    """One line of the dialogue with its gloss below it."""
    rows = [f"{_SPEAKERS[line.speaker]} {row}" for row in line.text.split("\n")]
    return "\n".join([*rows, f"    {sentences.gloss(words, line)}"])


def conclusion_as_text(trial: Trial, words: Words, comparison: Comparison | None = None) -> str:
    """The reading, what it proves, how it compares, and the next step."""
    beside = compared(words, trial, comparison) if comparison else ()
    reading, scope = sentences.reading(words, trial), sentences.scope(words, trial)
    return "\n".join([reading, scope, *beside, sentences.next_step(words, trial)])


def as_text(trial: Trial, words: Words, comparison: Comparison | None = None) -> str:
    """The whole trial: the dialogue line by line, then what it means."""
    spoken = (line_as_text(line, words) for line in trial.dialogue)
    return "\n".join([*spoken, "", conclusion_as_text(trial, words, comparison)])
