"""From the facts of a report to its cause: the rows of ``replies/`` and the name itself (``contract.md``, CAUSE)."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec.structs import replace

from helodoctor import names
from helodoctor.bounce.casing import lower
from helodoctor.bounce.rows import Row, Rule, rules
from helodoctor.bounce.saidname import said_name, without_names
from helodoctor.model import BounceKind, Cause, Confidence, Diagnosis, Party, Permanence, Report, Span, Stage, Verdict

_READ = 4000
_SUFFIX = re.compile(r"\.[a-z]", re.IGNORECASE)
# What people and manuals write where a name belongs: "<...>", "<***>", "<$helo>", "<[^\\s]+>".
_PLACEHOLDER = re.compile(r"[.…*]{2,}|\$\{?\w{1,40}\}?|\[\^.{1,20}\][+*]|\.[+*]")


def diagnose(report: Report) -> Diagnosis:
    """What one report means. Pure; the same report always gives the same answer."""
    rule = decide(report)
    if rule is not None and rule.row.cause is Cause.NOT_HELO_OTHER and _only_waits(report):
        rule = None  # the note says that the mail waits; why the other server put it off is not in it
    if rule is None:
        cause = Cause.ACCEPTED if report.accepted else Cause.UNKNOWN
        confidence = Confidence.SURE if report.accepted else Confidence.GUESS
        return Diagnosis(report=report, cause=cause, confidence=confidence, evidence=report.evidence)
    row, report = rule.row, _enriched(report, rule.row)
    if row.cause.verdict is Verdict.HELO:
        return _blame(report, rule)
    if row.cause is Cause.ACCEPTED and (name := _name(report, rule)) is not None:
        report = replace(report, helo_name=name, evidence=_evidence(report, name))
    return Diagnosis(report=report, cause=row.cause, confidence=row.confidence, rule=row.id, evidence=report.evidence)


def _only_waits(report: Report) -> bool:
    """Whether this is a note about a delay that quotes no answer of the other server."""
    delayed = not report.refused and report.permanence is Permanence.TEMPORARY
    return delayed and report.kind in (BounceKind.DSN, BounceKind.NDR) and report.reply_code is None


def decide(report: Report) -> Rule | None:
    """The rule that decides, if any applies."""
    if report.accepted and report.kind is BounceKind.HEADERS:
        return None  # the mail has arrived, whatever its header notes
    shaped = bool(report.reply_code or report.enhanced_code or report.kind is not BounceKind.UNKNOWN)
    reply = (report.reply_text or "")[:_READ]
    return _decide(reply, report.reply_code, report.enhanced_code, report.stage, report.helo_name, shaped)


@lru_cache(maxsize=1024)  # a mail folder repeats the same few replies
def _decide(  # noqa: PLR0917 (what the answer depends on, and nothing else)
    said: str, code: int | None, enhanced: str | None, stage: Stage, name: str | None, shaped: bool
) -> Rule | None:
    reply = lower(said)
    words = without_names(reply, name)
    for rule in rules("helo" in reply or "ehlo" in reply).worth_trying(words):
        if rule.applies(words, reply, str(code or ""), enhanced or "", stage) and _fits(rule.row, reply, name, shaped):
            return rule
    return None


def _fits(row: Row, reply: str, name: str | None, shaped: bool) -> bool:
    """The conditions of a row that look beyond the words."""
    if row.faulty:
        shown = name if name is not None else said_name(reply)
        if shown is None or names.fault(shown) is None:
            return False
    return shaped or not row.coded


def _enriched(report: Report, row: Row) -> Report:
    """The report with what the wording itself tells: whose software or service speaks, and at which point."""
    receiver = report.receiver
    known = Party(receiver.host, receiver.software or row.software, receiver.provider or row.provider)
    stage = row.stage if report.stage is Stage.UNKNOWN else report.stage
    if row.cause.verdict is Verdict.HELO and stage is Stage.CONNECT:
        stage = Stage.HELO  # Postfix says "refused to talk to me" of the banner and of the greeting alike
    refused = report.refused and (row.refusal or (row.cause is not Cause.ACCEPTED and report.reply_code is not None))
    return replace(report, receiver=known, stage=stage, refused=refused, kind=row.kind or report.kind)


def _blame(report: Report, rule: Rule) -> Diagnosis:
    """A HELO fault: a name faulty in itself decides, else the receiver's words."""
    row, name = rule.row, _name(report, rule)
    if name and _PLACEHOLDER.fullmatch(name):
        name, report = None, replace(report, helo_name=None)
    by_name = names.fault(name) if name is not None and row.named else None
    if name and _SUFFIX.match(name):  # some replies quote only the part of the name that offends
        by_name, name = names.fault(f"host{name}"), None
    confidence = row.confidence
    if row.cause is Cause.HELO_UNSPECIFIED and name is not None:
        confidence = Confidence.LIKELY
    return Diagnosis(
        report=report,
        cause=by_name or row.cause,
        confidence=confidence,
        helo_name=name if row.named else None,
        rule=row.id,
        evidence=_evidence(report, name),
    )


def _name(report: Report, rule: Rule) -> str | None:
    """The name the row's wording quotes, else the one the rest of the text shows, else any in the sentence."""
    reply, known = (report.reply_text or "")[:_READ], report.helo_name
    pattern = rule.pattern if rule.row.pattern and "(?P<name>" in rule.row.pattern else None
    found = pattern.search(lower(reply)) if pattern else None
    said = reply[slice(*found.span("name"))] if found and found["name"] is not None else None
    if said is None:
        return known if known is not None else said_name(reply)
    return known if known and said.replace(" ", "") == known else said  # a wrapped line left a blank inside


def _evidence(report: Report, name: str | None) -> tuple[Span, ...]:
    """The report's evidence, with the place where the reply shows ``name`` if that is not marked yet."""
    if not name or any(span.what == "helo-name" and span.cut(report.text) == name for span in report.evidence):
        return report.evidence
    for span in report.evidence:
        if span.what == "reply" and (at := report.text.find(name, span.start, span.end)) >= 0:
            return tuple(sorted((*report.evidence, Span(at, at + len(name), "helo-name")), key=lambda span: span.start))
    return report.evidence
