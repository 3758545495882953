"""Judging what was read, the likeliest to be the user's problem first."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from helodoctor.bounce import classify
from helodoctor.bounce.facts import Facts
from helodoctor.bounce.readers import transcript
from helodoctor.bounce.text import Text
from helodoctor.model import Bounce, Confidence, Diagnosis, Line, Verdict
from helodoctor.wire import dialogue

_FIRST = {Verdict.HELO: 0, Verdict.NOT_HELO: 1, Verdict.ACCEPTED: 2, Verdict.UNKNOWN: 3}
_SURE = {Confidence.SURE: 0, Confidence.LIKELY: 1, Confidence.GUESS: 2}


def diagnose(bounce: Bounce) -> tuple[Diagnosis, ...]:
    """The reading of every delivery the bounce reports, best first; never empty."""
    return rank(tuple(classify.diagnose(report) for report in bounce.reports))


def rank(diagnoses: Sequence[Diagnosis]) -> tuple[Diagnosis, ...]:
    """HELO faults before all else, real refusals before warnings, sure readings before guesses."""
    return tuple(sorted(diagnoses, key=_order))


def _order(diagnosis: Diagnosis) -> tuple[int, int, int]:
    return (_FIRST[diagnosis.verdict], 0 if diagnosis.report.refused else 1, _SURE[diagnosis.confidence])


def diagnose_dialogue(lines: Sequence[Line], name: str | None) -> Diagnosis:
    """The reading of a live dialogue in which ``name`` was announced; the same engine as for a pasted one."""
    whole, pieces = dialogue.of_lines(lines)
    found = transcript.of_turns(Text(whole), list(dialogue.turns(pieces)))
    reports = [facts.report() for _, _, facts in found] or [Facts(Text(whole)).report()]
    named = [report if report.helo_name or name is None else replace(report, helo_name=name) for report in reports]
    return rank([classify.diagnose(report) for report in named])[0]
