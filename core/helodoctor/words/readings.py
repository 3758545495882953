"""The sentences of a reading: what happened, what to do, at which point, how sure."""

from __future__ import annotations

from helodoctor.model import Cause, Confidence, Diagnosis, Permanence, Role, Stage, Verdict
from helodoctor.words.catalogue import Words


def summary(words: Words, diagnosis: Diagnosis) -> str:
    """What happened, in one or two plain sentences: who refused, and why."""
    return " ".join(sentence for sentence in (_told(words, diagnosis), _remark(words, diagnosis)) if sentence)


def _told(words: Words, diagnosis: Diagnosis) -> str:
    cause, name = diagnosis.cause, diagnosis.helo_name
    warned = diagnosis.verdict in (Verdict.HELO, Verdict.NOT_HELO) and not diagnosis.report.refused
    if warned:
        return words.sentence("readings", f"warning-{diagnosis.verdict}", "named" if name else "text", name=name)
    if cause is Cause.UNKNOWN and diagnosis.report.stage is Stage.HELO:
        return words.sentence("readings", "lost-at-greeting", receiver=_receiver(words, diagnosis))
    if cause is Cause.ACCEPTED and diagnosis.report.helo_name:
        return words.sentence("readings", "accepted-named", name=diagnosis.report.helo_name)
    part = "named" if name and words.has("causes", cause, "named") else "text"
    return words.sentence("causes", cause, part, name=name, receiver=_receiver(words, diagnosis))


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
    """What the reader should know beside the cause: whose text it is, or that the server keeps trying."""
    report = diagnosis.report
    if diagnosis.verdict is Verdict.HELO and report.role in (Role.RECEIVER, Role.FORWARDER):
        return words.sentence("readings", f"role-{report.role}")
    if report.refused and report.permanence is Permanence.TEMPORARY and diagnosis.cause is not Cause.NOT_HELO_GREYLIST:
        return words.sentence("readings", "temporary")
    return ""
