"""From the facts of a report to its cause: the rows of ``replies/`` and the name itself (``contract.md``, CAUSE)."""

from __future__ import annotations

import re

from helodoctor import names
from helodoctor.bounce.rows import Row, rules
from helodoctor.model import Cause, Confidence, Diagnosis, Report, Span, Stage, Verdict

_READ = 4000
_HEAD = re.compile(r"^<[^<>]{0,300}>:")
_ADDRESS = re.compile(r"[^\s<>@\"'(),;:]{1,64}@[^\s<>@\"'(),;:]{1,255}")
_NOT_NAMES = (
    r"(?!(?:names?|hosts?|hostname|host-?name|arguments?|strings?|commands?|domains?|greeting|identity|parameters?|value|ip|is|was|"
    r"has|does|must|or|and|requires?d?|rejected|refused|denied|first|not|invalid|failed|received|checks?|response|reply|test|"
    r"verification|by|from|with|without|for|using|fqdn|dns|data|a|an|the|your|our|as|to|on|in|cannot|can|could|should|that|this|which"
    r")\b)"
)
# "HELO box.example is ...", "EHLO (box)", "HELO name 'box'": a name in the reply's own sentence.
_CALLED = re.compile(
    rf"^<(?P<head>[^<>]{{1,300}})>: (?:helo|ehlo) command rejected|\b(?:helo|ehlo)(?:/ehlo|/helo)?(?: (?:name|host|hostname|argument|string|domain|identity))?:?"
    rf"(?: [\"'(<](?P<quoted>(?!s\))[^\s\"'()<>]{{1,300}})[\"')>]"
    rf"| {_NOT_NAMES}(?P<plain>\[?[a-z0-9_][^\s\"'()<>,;:\[\]]{{0,300}}\]?)(?= (?:is|was|has|does|did|not|cannot|could|in|on|rejected|"
    rf"refused|denied|invalid|failed|looks|appears|seems|blocked|must|should|doesn't|isn't)\b))",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"\.[a-z]", re.IGNORECASE)
_ORDINARY = ("mail", "smtp", "host", "name", "helo", "ehlo", "hello", "your", "server", "domain", "localhost", "invalid", "user")


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
    reply = lower((report.reply_text or "")[:_READ])
    words = _without_names(reply, report.helo_name)
    code, enhanced = str(report.reply_code or ""), report.enhanced_code or ""
    for rule in rules():
        if rule.applies(words, reply, code, enhanced, report.stage) and not (rule.row.faulty and not _faulty(report)):
            return rule.row
    return None


def _without_names(reply: str, name: str | None) -> str:
    """``reply`` without what others chose: mail addresses, ``<name>:`` at its head, the HELO name."""
    words = _HEAD.sub("<>:", reply, count=1)
    if "@" in words:
        words = _ADDRESS.sub("@", words)
    name = (name or "").lower()
    found = _CALLED.search(words)
    said = called_name(found)
    for known in (name, said):
        if len(known) > 3 and ("." in known or known not in _ORDINARY):
            words = words.replace(known, "*")
    return words


def _faulty(report: Report) -> bool:
    return report.helo_name is not None and names.fault(report.helo_name) is not None


def called_name(found: re.Match[str] | None) -> str:
    """The name a match of ``_CALLED`` shows; empty without a match."""
    return (found["head"] or found["quoted"] or found["plain"]) if found else ""


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
    name = _name(report, row)
    by_name = names.fault(name) if name is not None and row.named else None
    if name and _SUFFIX.match(name):  # some replies quote only the part of the name that offends
        by_name, name = names.fault(f"host{name}"), None
    cause, confidence = by_name or row.cause, row.confidence
    if row.cause is Cause.HELO_UNSPECIFIED:
        confidence = Confidence.LIKELY if name is not None else row.confidence
    evidence = report.evidence
    if name and not any(span.what == "helo-name" and span.cut(report.text) == name for span in evidence):
        evidence = (*evidence, *_find(report, name))
    return Diagnosis(report=report, cause=cause, confidence=confidence, helo_name=name if row.named else None,
                     rule=row.id, evidence=evidence)


def _name(report: Report, row: Row) -> str | None:
    """The name the reply quotes, else the one the rest of the text shows."""
    said, known = _said_name(report, row), report.helo_name
    if said is None and known is None:
        called = _CALLED.search(report.reply_text or "", 0, _READ)
        return called_name(called) or None
    if said is None or (known and said.replace(" ", "") == known):  # a wrapped line left a blank inside
        return known
    return said


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
