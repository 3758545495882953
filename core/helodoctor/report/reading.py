"""``explain`` for scripts and for people: a diagnosis as the object of ``contract.md`` and as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from helodoctor.model import Diagnosis, Party, Report
from helodoctor.words import Words, readings


def as_object(diagnoses: Sequence[Diagnosis], words: Words) -> dict[str, Any]:
    """The JSON object of ``explain``: the first diagnosis, the rest under ``others``."""
    first, *others = [_object(diagnosis, words) for diagnosis in diagnoses]
    return {**first, "others": others} if others else first


def _object(diagnosis: Diagnosis, words: Words) -> dict[str, Any]:
    report = diagnosis.report
    shown = {} if report.text_of == "input" else {"text": report.text}
    return {
        "kind": report.kind,
        "verdict": diagnosis.verdict,
        "cause": diagnosis.cause,
        "confidence": diagnosis.confidence,
        "refused": report.refused,
        "permanence": report.permanence,
        "helo_name": _name(diagnosis),
        "reply_code": report.reply_code,
        "enhanced_code": report.enhanced_code,
        "reply_text": report.reply_text,
        "stage": report.stage,
        "direction": report.direction,
        "role": report.role,
        "receiver": _party(report.receiver, "host", "software", "provider"),
        "reporter": _party(report.reporter, "host", "software"),
        "client_ip": report.client_ip,
        "sender": report.sender,
        "recipient": report.recipient,
        "queue_id": report.queue_id,
        "text_of": report.text_of,
        **shown,
        "evidence": [{"start": span.start, "end": span.end, "what": span.what} for span in diagnosis.evidence],
        "summary": readings.summary(words, diagnosis),
        "next": readings.next_step(words, diagnosis),
    }


def _name(diagnosis: Diagnosis) -> str | None:
    """The name as announced; an innocent one is told too, the verdict clears it."""
    return diagnosis.helo_name if diagnosis.helo_name is not None else diagnosis.report.helo_name


def _party(party: Party, *fields: str) -> dict[str, str | None]:
    return {field: getattr(party, field) for field in fields}


def as_text(diagnoses: Sequence[Diagnosis], words: Words) -> str:
    """The reading for people: each failure in a few lines, the first being the likeliest problem."""
    return "\n\n".join(_paragraph(diagnosis, words) for diagnosis in diagnoses) + "\n"


def _paragraph(diagnosis: Diagnosis, words: Words) -> str:
    rows = [(label, value) for label, value in _rows(diagnosis, words) if value]
    width = max((len(label) for label, _ in rows), default=0)
    details = "\n".join(f"  {label:<{width}}  {value}" for label, value in rows)
    lines = [readings.summary(words, diagnosis), readings.next_step(words, diagnosis), details]
    return "\n".join(line for line in lines if line)


def _rows(diagnosis: Diagnosis, words: Words) -> list[tuple[str, str]]:
    report = diagnosis.report
    return [
        (words.sentence("readings", "label", "name"), _name(diagnosis) or ""),
        (words.sentence("readings", "label", "reply"), _reply(report)),
        (words.sentence("readings", "label", "receiver"), report.receiver.host or ""),
        (words.sentence("readings", "label", "stage"), readings.stage(words, report.stage)),
        (words.sentence("readings", "label", "confidence"), readings.confidence(words, diagnosis.confidence)),
        (words.sentence("readings", "label", "cause"), diagnosis.cause),
    ]


def _reply(report: Report) -> str:
    parts = (report.reply_code, report.enhanced_code, report.reply_text)
    return " ".join(str(part) for part in parts if part)
