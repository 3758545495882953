"""A judged name as ``check --json`` promises it, and as text for people."""

from __future__ import annotations

from helodoctor.knowledge.dates import knowledge_date, public_suffix_date
from helodoctor.model import Finding, NameReport, Prediction
from helodoctor.words import Words


def _finding(finding: Finding, words: Words) -> dict[str, object]:
    return {
        "id": finding.id,
        "status": finding.status,
        "message": finding.id,
        "why": "",
        "source": finding.source,
        "evidence": [{"name": value.name, "value": value.value} for value in finding.evidence],
        "fix": finding.fix,
    }


def _prediction(prediction: Prediction) -> dict[str, object]:
    return {
        "id": prediction.receiver,
        "title": prediction.title,
        "verdict": prediction.verdict,
        "stage": prediction.stage,
        "code": prediction.code,
        "reply": prediction.reply,
        "evidence": prediction.evidence,
    }


def as_object(report: NameReport, words: Words) -> dict[str, object]:
    """The object of ``check --json`` (``contract.md``)."""
    return {
        "name": report.name,
        "normalized": report.normalized,
        "kind": report.kind,
        "verdict": report.verdict,
        "suggestion": report.suggestion,
        "findings": [_finding(finding, words) for finding in report.findings],
        "receivers": [_prediction(prediction) for prediction in report.predictions],
        "data": {"public_suffix_list": public_suffix_date(), "knowledge": knowledge_date()},
    }


def as_text(report: NameReport, words: Words) -> str:
    """The same for a person at a terminal."""
    rows = [f"{report.name}: {report.verdict}"]
    rows += [f"  {finding.status} {finding.id}" for finding in report.findings]
    return "\n".join(rows)
