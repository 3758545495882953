"""What the name service said for scripts (the JSON of ``dns``) and for people."""

from __future__ import annotations

from collections.abc import Iterator

from helodoctor.model import DnsAnswer, DnsReport
from helodoctor.report.judgement import finding_as_object, findings_as_text, worst_first
from helodoctor.words import Words
from helodoctor.words.findings import shown


def as_object(report: DnsReport, words: Words) -> dict[str, object]:
    """The JSON of ``dns`` as ``contract.md`` fixes it; ``ttl``, ``trouble`` and ``server`` of an answer are more."""
    return {
        "name": report.name,
        "ip": report.ip,
        "findings": [finding_as_object(finding, report.name, words) for finding in worst_first(report.findings)],
        "answers": [_answer_as_object(answer) for answer in report.answers],
    }


def _answer_as_object(answer: DnsAnswer) -> dict[str, object]:
    return {
        "question": answer.question,
        "answer": list(answer.answer),
        "rcode": answer.rcode,
        "ms": answer.ms,
        "ttl": answer.ttl,
        "trouble": answer.trouble,
        "server": answer.server,
    }


def as_text(report: DnsReport, words: Words) -> str:
    """The same for a person at a terminal: the findings, then every question with its answer."""
    blocks = [*findings_as_text(report.findings, report.name, words), "\n".join(_answers(report, words))]
    return "\n\n".join(block for block in blocks if block)


def _answers(report: DnsReport, words: Words) -> Iterator[str]:
    yield words.sentence("judgement", "answers")
    for answer in report.answers:
        said = ", ".join(map(shown, answer.answer)) or answer.rcode
        asked = f"{answer.question} @{answer.server}" if answer.server else answer.question
        yield f"  {shown(asked)}: {said}"
