"""Findings in words: what is true, why it matters, why it was not checked, what to do."""

from __future__ import annotations

from helodoctor.model import Finding, Status, Value
from helodoctor.words.catalogue import Words

_IDS_IN_WORDS = ("sort", "maker", "grade", "result")  # evidence whose value is itself an id
_SHOWN = 100  # characters of a name in a sentence; the whole of it stands in the evidence or beside


def message(words: Words, finding: Finding, name: str) -> str:
    """What the check found about ``name``, or that it was not checked and why."""
    if finding.status is Status.SKIPPED:
        return words.tr("Not checked, because {reason}", reason=reason(words, finding))
    said = words.sentence("findings", finding.id, finding.status.value, **_places(words, finding, name))
    minutes = next((value.value for value in finding.evidence if value.name == "minutes"), None)
    if minutes is None or finding.status is Status.PASS:
        return said
    return f"{said} {words.tr('After a change it takes up to {minutes} min until others see it.', minutes=minutes)}"


def why(words: Words, finding: Finding) -> str:
    """Why this check matters."""
    return words.sentence("findings", finding.id, "why")


def reason(words: Words, finding: Finding) -> str:
    """Why a check was skipped: the end of a sentence that begins with "Not checked, because"."""
    return words.sentence("reasons", finding.reason or "offline")


def fix(words: Words, finding: Finding) -> str | None:
    """What to do about a finding, in one sentence."""
    return words.sentence("fixes", finding.fix) if finding.fix else None


def title(words: Words, finding: Finding) -> str:
    """What a check looks at, in a few words; only checks that may have to wait for more to be known have one."""
    return words.sentence("findings", finding.id, "title")


def shown(text: str) -> str:
    """``text`` from outside as it fits into a sentence: the beginning of a very long one, and no control characters."""
    cut = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    if cut.isprintable():
        return cut
    return "".join(character if character.isprintable() else f"<U+{ord(character):04X}>" for character in cut)


def _places(words: Words, finding: Finding, name: str) -> dict[str, str]:
    return {"name": shown(name)} | {value.name: _in_words(words, value) for value in finding.evidence}


def _in_words(words: Words, value: Value) -> str:
    return (
        words.sentence("findings", f"{value.name}-{value.value}") if value.name in _IDS_IN_WORDS else shown(value.value)
    )
