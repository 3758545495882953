"""A live trial for scripts (the JSON of ``probe``) and for people in a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from helodoctor.model import Line, Tls, Trial, TrialPlan
from helodoctor.words import Words
from helodoctor.words import trials as sentences

_SPEAKERS = {"server": "<", "us": ">"}


def as_object(trial: Trial, words: Words) -> dict[str, object]:
    """The JSON of ``probe`` as ``contract.md`` fixes it; ``next``, ``scope``, ``obstacle`` and ``started`` are more."""
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
        "started": trial.started,
        "reading": sentences.reading(words, trial),
        "next": sentences.next_step(words, trial),
        "scope": sentences.scope(words, trial),
        "dialogue": [{"t": line.t, "from": line.speaker, "text": line.text} for line in trial.dialogue],
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


def conclusion_as_text(trial: Trial, words: Words) -> str:
    """The reading, what it proves, and the next step."""
    return "\n".join(sentence(words, trial) for sentence in (sentences.reading, sentences.scope, sentences.next_step))


def as_text(trial: Trial, words: Words) -> str:
    """The whole trial: the dialogue line by line, then what it means."""
    return "\n".join([*(line_as_text(line, words) for line in trial.dialogue), "", conclusion_as_text(trial, words)])
