"""A judged name for scripts (the JSON of ``check``) and for people: findings first, then who would refuse it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from textwrap import fill

from helodoctor.model import Answer, Finding, NameReport, Prediction, Stage, Status
from helodoctor.words import Words, findings
from helodoctor.words import judgement as sentences
from helodoctor.words.forms import labelled
from helodoctor.words.predictions import assumed, who

_ICONS = {Status.FAIL: "✗", Status.WARN: "!", Status.SKIPPED: "–", Status.PASS: "✓"}
_WIDTH = 79
_WORST_FIRST = (Answer.REJECT, Answer.TEMPFAIL, Answer.SCORE, Answer.ACCEPT, Answer.UNKNOWN)
# A check that was skipped for one of these reasons could be done if more were known; for any other it does not apply.
_MORE_WOULD_HELP = frozenset(
    {
        "offline", "address-unknown", "receiver-unknown", "one-side-silent", "spf-unreadable", "alias-loop",
        "dnssec-broken", "dns-timeout", "dns-server-failure", "dns-refused", "dns-lame", "dns-tcp-blocked",
        "dns-malformed",
    }
)  # fmt: skip


def worst_first(found: Iterable[Finding]) -> list[Finding]:
    """Faults, warnings, what is not known yet, what is fine, what does not apply; else in the order of the rules."""
    return sorted(found, key=_rank)


def waits(finding: Finding) -> bool:
    """Whether a check was skipped that could be done if more were known; for others that were skipped, none applies."""
    return finding.status is Status.SKIPPED and finding.reason in _MORE_WOULD_HELP


def _rank(finding: Finding) -> int:
    if finding.status is Status.SKIPPED:
        return 2 if waits(finding) else 4
    return {Status.FAIL: 0, Status.WARN: 1, Status.PASS: 3}[finding.status]


# --- for scripts ---


def as_object(report: NameReport, words: Words) -> dict[str, object]:
    """The JSON of ``check`` as ``contract.md`` fixes it; findings worst first, receivers in the order of the data."""
    return {
        "name": report.name,
        "normalized": report.normalized,
        "kind": report.kind.value,
        "verdict": report.verdict.value,
        "suggestion": report.suggestion,
        "findings": [finding_as_object(finding, report.name, words) for finding in worst_first(report.findings)],
        "receivers": [_prediction_as_object(prediction) for prediction in report.predictions],
        "data": _dates(),
    }


def finding_as_object(finding: Finding, name: str, words: Words) -> dict[str, object]:
    """One finding about ``name`` as in every JSON of this program."""
    return _object(finding, name, words) if finding.evidence or finding.fix else _lasting_object(finding, words)


@cache
def _lasting_object(finding: Finding, words: Words) -> dict[str, object]:
    """Findings that say the same of every name: most of them do, so they are put into words once."""
    return _object(finding, "", words)


def _object(finding: Finding, name: str, words: Words) -> dict[str, object]:
    found: dict[str, object] = {
        "id": finding.id,
        "status": finding.status.value,
        "message": findings.message(words, finding, name),
        "why": findings.why(words, finding),
        "source": finding.source,
        "evidence": [{"name": value.name, "value": value.value} for value in finding.evidence],
        "fix": finding.fix,
    }
    return found | {"reason": finding.reason} if finding.reason else found


def _prediction_as_object(prediction: Prediction) -> dict[str, object]:
    found: dict[str, object] = {
        "id": prediction.receiver,
        "title": prediction.title,
        "setting": prediction.setting,
        "verdict": prediction.verdict.value,
        "stage": prediction.stage.value,
        "code": prediction.code,
        "reply": prediction.reply,
        "evidence": prediction.evidence.value,
        "source": prediction.source,
        "assumed": list(prediction.assumed),
    }
    scored = {"score": prediction.score, "symbols": list(prediction.symbols)}
    return found if prediction.score is None else found | scored


@cache
def _dates() -> dict[str, str]:
    from helodoctor.knowledge.dates import knowledge_date, public_suffix_date  # 12 ms that a text does not need

    return {"public_suffix_list": public_suffix_date(), "knowledge": knowledge_date()}


# --- for people ---


def as_text(report: NameReport, words: Words) -> str:
    """The same for a person at a terminal, without a final line break."""
    blocks = ["\n".join(_heading(report, words)), *findings_as_text(report.findings, report.name, words)]
    better = sentences.suggestion(words, report)
    if better:
        blocks.append(_wrapped(better))
    if report.predictions:
        blocks.append("\n".join(_predictions_as_text(report.predictions, words)))
    return "\n\n".join(block for block in blocks if block)


def _wrapped(text: str, indent: str = "", first: str | None = None) -> str:
    lead = indent if first is None else first
    return fill(text, _WIDTH, initial_indent=lead, subsequent_indent=indent, break_on_hyphens=False)


def _heading(report: NameReport, words: Words) -> Iterator[str]:
    yield _wrapped(sentences.verdict(words, report))
    if report.normalized not in ("", report.name):
        yield _wrapped(words.sentence("judgement", "meant", normalized=findings.shown(report.normalized)))


def findings_as_text(found: Iterable[Finding], name: str, words: Words) -> Iterator[str]:
    """Blocks of text: each fault and warning, then how much is fine and what was not checked."""
    ordered = worst_first(found)
    told: set[str | None] = set()  # the same advice is given once
    for finding in ordered:
        if finding.status in (Status.FAIL, Status.WARN):
            yield "\n".join(_fault(finding, name, words, advice=finding.fix not in told))
            told.add(finding.fix)
    passed = sum(finding.status is Status.PASS for finding in ordered)
    rest = [f"{_ICONS[Status.PASS]} {sentences.passed(words, passed)}"] if passed else []
    yield "\n".join([*rest, *_not_checked(ordered, words)])


def _fault(finding: Finding, name: str, words: Words, *, advice: bool) -> Iterator[str]:
    word = sentences.status(words, finding.status)
    yield _wrapped(labelled(words, word, findings.message(words, finding, name)), "  ", f"{_ICONS[finding.status]} ")
    yield _wrapped(words.sentence("judgement", "why", why=findings.why(words, finding)), "  ")
    fix = findings.fix(words, finding)
    if fix and advice:
        yield _wrapped(words.sentence("judgement", "fix", fix=fix), "  ")
    yield f"  {words.sentence('judgement', 'rule', source=finding.source, id=finding.id)}"


def _not_checked(ordered: Iterable[Finding], words: Words) -> Iterator[str]:
    """One line for each reason for which something could not be checked."""
    waiting = sorted((finding for finding in ordered if _rank(finding) == 2), key=lambda finding: finding.reason or "")
    for _, group in groupby(waiting, key=lambda finding: finding.reason):
        members = list(group)
        checks = ", ".join(findings.title(words, finding) for finding in members)
        line = words.sentence("judgement", "not-checked", checks=checks, reason=findings.reason(words, members[0]))
        yield _wrapped(line, "  ", f"{_ICONS[Status.SKIPPED]} ")


def _predictions_as_text(predictions: Iterable[Prediction], words: Words) -> Iterator[str]:
    by_answer: dict[Answer, list[Prediction]] = {answer: [] for answer in _WORST_FIRST}
    for prediction in predictions:
        by_answer[prediction.verdict].append(prediction)
    yield words.sentence("judgement", "receivers")
    for answer, group in by_answer.items():
        if not group:
            continue
        if answer is Answer.UNKNOWN:
            yield f"  {sentences.unknown(words, len(group))}"
        else:
            title = f"{words.sentence('judgement', f'group-{answer.value}')} ({len(group)})"
            yield f"  {labelled(words, title, '').rstrip()}"
            yield from _group(answer, group, words)
    granted = dict.fromkeys(fact for group in by_answer.values() for one in group for fact in assumed(words, one))
    if granted:
        yield _wrapped(words.sentence("judgement", "assumed", facts="; ".join(granted)), "  ")


def _group(answer: Answer, group: list[Prediction], words: Words) -> Iterator[str]:
    if answer is Answer.ACCEPT:
        yield _wrapped(", ".join(who(words, prediction) for prediction in group), "    ")
        return
    for prediction in group:
        yield _wrapped(who(words, prediction), "      ", "    ")
        yield _wrapped(_what(prediction, words), "      ")


def _what(prediction: Prediction, words: Words) -> str:
    """What a receiver answers, where in the conversation, and how that is known."""
    stage = "" if prediction.stage is Stage.UNKNOWN else prediction.stage.value.upper()
    parts = (stage, sentences.answer(words, prediction), f"[{sentences.known_by(words, prediction)}]")
    return " · ".join(part for part in parts if part)
