"""From the facts of a report to its cause: the rows of ``replies/`` and the name itself (``contract.md``, CAUSE)."""

from __future__ import annotations

from helodoctor import names
from helodoctor.bounce.rows import Row, rules
from helodoctor.model import Cause, Confidence, Diagnosis, Report, Span, Stage, Verdict

_READ = 4000


def diagnose(report: Report) -> Diagnosis:
    """What one report means. Pure; the same report always gives the same answer."""
    row = decide(report)
    if row is None:
        cause = Cause.ACCEPTED if report.accepted else Cause.UNKNOWN
        return Diagnosis(report=report, cause=cause, confidence=_unread(report), evidence=report.evidence)
    if row.cause.verdict is not Verdict.HELO:
        return Diagnosis(report=report, cause=row.cause, confidence=row.confidence, rule=row.id,
                         evidence=report.evidence)
    return _blame(report, row)


def decide(report: Report) -> Row | None:
    """The row that decides, if any applies."""
    words = report.reply_text or ""
    lowered = lower(words[:_READ])
    code, enhanced = str(report.reply_code or ""), report.enhanced_code or ""
    for rule in rules():
        if rule.applies(lowered, code, enhanced, report.stage):
            return rule.row
    return None


def lower(text: str) -> str:
    """``text`` in lower case, character for character, so that offsets hold."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


def _unread(report: Report) -> Confidence:
    return Confidence.SURE if report.accepted else Confidence.GUESS


def _blame(report: Report, row: Row) -> Diagnosis:
    """A HELO fault: a name faulty in itself decides, else the receiver's words."""
    name = _said_name(report, row)
    if name is None:
        name = report.helo_name
    by_name = names.fault(name) if name is not None and row.named else None
    cause, confidence = by_name or row.cause, row.confidence
    if row.cause is Cause.HELO_UNSPECIFIED:
        confidence = Confidence.LIKELY if name is not None else row.confidence
    evidence = report.evidence
    if name and not any(span.what == "helo-name" and span.cut(report.text) == name for span in evidence):
        evidence = (*evidence, *_find(report, name))
    return Diagnosis(report=report, cause=cause, confidence=confidence, helo_name=name if row.named else None,
                     rule=row.id, evidence=evidence)


def _said_name(report: Report, row: Row) -> str | None:
    """The name as the reply itself quotes it."""
    if row.pattern is None or "(?P<name>" not in row.pattern:
        return None
    words = report.reply_text or ""
    rule = next(rule for rule in rules() if rule.row is row)
    found = rule.pattern.search(words[:_READ]) if rule.pattern else None
    return found["name"] if found else None


def _find(report: Report, name: str) -> tuple[Span, ...]:
    """Where the reply shows ``name``."""
    for span in report.evidence:
        if span.what == "reply" and (at := report.text.find(name, span.start, span.end)) >= 0:
            return (Span(at, at + len(name), "helo-name"),)
    return ()
