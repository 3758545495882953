"""The sentences of a reading: what happened, what to do, at which point, how sure."""

from __future__ import annotations

from helodoctor.model import Confidence, Diagnosis, Role, Stage, Verdict
from helodoctor.words.catalogue import Words


def summary(words: Words, diagnosis: Diagnosis) -> str:
    """What happened, in one or two plain sentences: who refused, and why."""
    cause, name = diagnosis.cause, diagnosis.helo_name
    part = "named" if name and words.has("causes", cause, "named") else "text"
    told = words.sentence("causes", cause, part, name=name, receiver=_receiver(words, diagnosis))
    extra = _remark(words, diagnosis)
    return f"{told} {extra}" if extra else told


def next_step(words: Words, diagnosis: Diagnosis) -> str:
    """What to do next, in at most two plain sentences."""
    if diagnosis.verdict is Verdict.HELO and diagnosis.report.role in (Role.RECEIVER, Role.FORWARDER):
        return words.sentence("readings", f"next-{diagnosis.report.role}")
    return words.sentence("causes", diagnosis.cause, "next")


def stage(words: Words, at: Stage) -> str:
    """The point of the conversation in plain words, the SMTP term in brackets."""
    return words.sentence("stages", at)


def confidence(words: Words, how: Confidence) -> str:
    """How sure the reading is, in words."""
    return words.sentence("readings", how)


def _receiver(words: Words, diagnosis: Diagnosis) -> str:
    receiver = diagnosis.report.receiver
    return receiver.provider or receiver.host or words.sentence("readings", "receiver-unknown")


def _remark(words: Words, diagnosis: Diagnosis) -> str:
    """A warning or a delay is no refusal, and that is said."""
    report = diagnosis.report
    if diagnosis.verdict in (Verdict.HELO, Verdict.NOT_HELO) and not report.refused:
        return words.sentence("readings", "not-refused")
    return ""
