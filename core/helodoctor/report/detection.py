"""A detection as the JSON object of ``contract.md``, and as text."""

from __future__ import annotations

from typing import Any

from helodoctor.model import Candidate, Detection
from helodoctor.words import Words
from helodoctor.words import detection as say


def _candidate(words: Words, candidate: Candidate) -> dict[str, Any]:
    return {
        "name": candidate.name,
        "default": say.default(words, candidate),
        "system": candidate.system,
        "source": candidate.source,
        "where": say.where(words, candidate),
        "line": candidate.line,
        "confidence": candidate.confidence,
        "scope": say.scope(words, candidate),
    }


def as_object(detection: Detection, words: Words) -> dict[str, Any]:
    """The object of ``detect --json``."""
    return {
        "candidates": [_candidate(words, candidate) for candidate in detection.candidates],
        "agree": detection.agree,
        "note": say.note(words, detection),
    }


def _effective(candidate: Candidate, words: Words) -> list[str]:
    if candidate.name is not None:
        first = words.sentence("detection", "text", "effective", name=candidate.name)
    else:
        first = words.sentence("detection", "text", "default", default=say.default(words, candidate) or "")
    place = say.where(words, candidate)
    return [first, "  " + words.sentence("detection", "text", "from", where=place, system=candidate.system or "?")]


def as_text(detection: Detection, words: Words) -> str:
    """The effective name first, where it stands, then the others and what their differing means."""
    lines: list[str] = []
    if detection.candidates:
        lines += _effective(detection.candidates[0], words)
    if others := detection.candidates[1:]:
        lines.append(words.sentence("detection", "text", "others"))
    for other in others:
        name = other.name or say.default(words, other) or ""
        place, holds = say.where(words, other), say.scope(words, other)
        lines.append("  " + words.sentence("detection", "text", "other", name=name, where=place, scope=holds))
    if remark := say.note(words, detection):
        lines.append(remark)
    return "\n".join(lines)
