"""What is written down about one receiver, case by case, with every default filled in."""

from __future__ import annotations

from msgspec import Struct

from helodoctor.model import Answer, EvidenceKind, Stage
from helodoctor.model.errors import InputProblem
from helodoctor.receivers.catalogue import ready
from helodoctor.receivers.schema import NameCase, Receiver, Row
from helodoctor.receivers.verdict import answer_of, templates


class KnownCase(Struct, frozen=True, kw_only=True):
    """One receiver in one case. ``reply`` holds lines with their places open, ``score`` the lowest and the highest."""

    case: NameCase
    answer: Answer
    stage: Stage
    code: int | None
    reply: tuple[str, ...]
    score: tuple[float, float] | None
    evidence: EvidenceKind
    source: str
    remarks: tuple[str, ...]


def find_receiver(receiver_id: str) -> Receiver:
    """The receiver of that id.

    Raises:
        InputProblem: there is none.
    """
    found = ready().get(receiver_id)
    if found is None:
        raise InputProblem("receiver-unknown", receiver=receiver_id)
    return found.receiver


def known_cases(receiver: Receiver) -> tuple[KnownCase, ...]:
    """Every case something is known of, in the order of :class:`NameCase`."""
    rows = ready()[receiver.id].rows
    return tuple(_known(receiver, rows[case]) for case in NameCase if case in rows)


def _known(receiver: Receiver, row: Row) -> KnownCase:
    answer, lines = answer_of(row), templates(row.reply)
    takes = answer in (Answer.ACCEPT, Answer.UNKNOWN)
    evidence = row.evidence or receiver.evidence
    return KnownCase(
        case=row.case,
        answer=answer,
        stage=Stage.UNKNOWN if takes else row.stage or receiver.stage,
        code=int(lines[0][:3]) if lines else row.code,
        reply=lines,
        score=(row.score, row.score) if isinstance(row.score, float) else row.score,
        evidence=evidence,
        source=row.source or (receiver.observed if evidence is EvidenceKind.OBSERVED else receiver.source),
        remarks=row.remarks,
    )
