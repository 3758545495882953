"""The one shape every check answers in, and what receivers are expected to do."""

from __future__ import annotations

from msgspec import Struct

from helodoctor.model.vocabulary import Answer, EvidenceKind, NameKind, NameVerdict, Stage, Status


class Value(Struct, frozen=True):
    """One piece of evidence: a named value, shown to people as plain text."""

    name: str
    value: str


class Finding(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The outcome of one check.

    ``id`` is the check's function name with hyphens, the key of its words and its anchor in the handbook;
    ``source`` the rule it rests on (RFC and section); ``fix`` the id of the remedy; ``reason`` the id of why it
    was skipped. Sentences are made by ``words``, never kept here.
    """

    id: str
    status: Status
    source: str
    evidence: tuple[Value, ...] = ()
    fix: str | None = None
    reason: str | None = None


class Prediction(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one receiver would answer to a name.

    ``symbols`` names the filter's rules behind a ``score``; ``assumed`` lists ids of what was taken for granted.
    """

    receiver: str
    title: str
    setting: str
    verdict: Answer
    evidence: EvidenceKind
    stage: Stage = Stage.UNKNOWN
    code: int | None = None
    reply: str | None = None
    score: float | None = None
    symbols: tuple[str, ...] = ()
    source: str | None = None
    assumed: tuple[str, ...] = ()


class NameReport(Struct, frozen=True, kw_only=True):
    """One HELO name judged: by the rules (findings) and by the receivers (predictions).

    ``suggestion`` is a better name where one is known, ``suggestion_reason`` the id of how it is known.
    """

    name: str
    normalized: str
    kind: NameKind
    verdict: NameVerdict
    findings: tuple[Finding, ...]
    suggestion: str | None = None
    predictions: tuple[Prediction, ...] = ()
    suggestion_reason: str | None = None
