"""Page 5: the answer of a trial beside the bounce's refusal, and beside what that receiver is known to do."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address

from helodoctor import receivers
from helodoctor.model import (
    Answer,
    BounceOutcome,
    Case,
    Cause,
    Comparison,
    Diagnosis,
    PolicyOutcome,
    Prediction,
    Report,
    Stage,
    Trial,
    TrialVerdict,
    Verdict,
)
from helodoctor.names.suffixes import organizational_domain
from helodoctor.network.banners import filter_of, receivers_of

_JUDGED = (TrialVerdict.REFUSED, TrialVerdict.TEMPFAIL, TrialVerdict.ACCEPTED)
_ANSWERS = {
    Answer.ACCEPT: TrialVerdict.ACCEPTED,
    Answer.SCORE: TrialVerdict.ACCEPTED,  # it counts against the mail later, which no trial sees
    Answer.REJECT: TrialVerdict.REFUSED,
    Answer.TEMPFAIL: TrialVerdict.TEMPFAIL,
}


def compare(case: Case, trial: Trial) -> Comparison:
    """``trial`` beside the bounce of ``case`` and beside the known rules of the receiver that answered."""
    diagnosis = case.diagnosis
    refusal = diagnosis if diagnosis and diagnosis.report.refused else None
    bounce = _beside_bounce(refusal, trial) if refusal and trial.dialogue else None
    policy, asked = _beside_rules(trial, diagnosis)
    intruder = filter_of(trial.dialogue)
    return Comparison(
        bounce=bounce,
        bounce_name=_name_of(refusal) if refusal else None,
        differs=tuple(_differences(refusal.report, trial)) if refusal and bounce == "same-cause" else (),
        policy=policy,
        predictions=asked,
        filter=intruder.title if intruder else None,
    )


# --- the bounce ---


def _name_of(diagnosis: Diagnosis) -> str | None:
    return diagnosis.helo_name or diagnosis.report.helo_name


def _beside_bounce(refusal: Diagnosis, trial: Trial) -> BounceOutcome:
    if trial.verdict not in _JUDGED:
        return "no-verdict"
    if not _same_server(refusal.report, trial):
        return "other-server"
    if trial.verdict is TrialVerdict.ACCEPTED:
        known = _name_of(refusal)
        return "new-name-taken" if known and known.lower() != trial.plan.name.lower() else "taken"
    if not _same_cause(refusal.cause, trial.cause):
        return "other"
    return "same-cause" if any(_differences(refusal.report, trial)) else "same"


def _same_server(report: Report, trial: Trial) -> bool:
    """Whether the one that answered may be the bounce's receiver: one of several servers of a domain is as good."""
    host, tried = report.receiver.host, trial.plan.target
    if host is None or tried.policy is not None or host.lower() in (tried.host.lower(), trial.address):
        return True
    domain = organizational_domain(host.lower())
    return domain is not None and not _is_address(host) and domain == organizational_domain(tried.host.lower())


def _is_address(host: str) -> bool:
    try:
        return bool(ip_address(host))
    except ValueError:
        return False


def _same_cause(told: Cause, seen: Cause) -> bool:
    """A bounce that does not show the name often leaves the HELO fault unspecified."""
    vague = Cause.HELO_UNSPECIFIED in (told, seen) and told.verdict is seen.verdict is Verdict.HELO
    return told is seen or vague


def _differences(report: Report, trial: Trial) -> Iterable[str]:
    """In what two refusals differ, as far as both show it."""
    if report.reply_code is not None and report.reply_code != trial.reply_code:
        yield "code"
    if Stage.UNKNOWN not in (report.stage, trial.refused_at) and report.stage is not trial.refused_at:
        yield "stage"


# --- the receiver's rules ---


def _beside_rules(trial: Trial, diagnosis: Diagnosis | None) -> tuple[PolicyOutcome | None, tuple[Prediction, ...]]:
    about_name = trial.verdict is TrialVerdict.ACCEPTED or trial.cause.verdict is Verdict.HELO
    if trial.plan.target.policy is not None or trial.verdict not in _JUDGED or not about_name:
        return None, ()
    seen = [one.report.receiver for one in (trial.diagnosis, _if_same(diagnosis, trial)) if one]
    known = receivers_of(trial.dialogue, *seen)
    if not known:
        return "unrecognised", ()
    facts = receivers.Facts(ip=trial.source_address)
    said = tuple(prediction for one in known for prediction in receivers.predict(trial.plan.name, facts, one))
    foreseen = tuple(prediction for prediction in said if _foresees(prediction, trial))
    if foreseen:
        return "foreseen", foreseen
    sure = all(prediction.verdict is not Answer.UNKNOWN and not prediction.assumed for prediction in said)
    return ("not-foreseen" if sure else "unknown"), said


def _if_same(diagnosis: Diagnosis | None, trial: Trial) -> Diagnosis | None:
    return diagnosis if diagnosis and _same_server(diagnosis.report, trial) else None


def _foresees(prediction: Prediction, trial: Trial) -> bool:
    """The same answer with the same code; at which point it comes is a setting of its own with most software."""
    same_code = prediction.code is None or prediction.code == trial.reply_code
    return _ANSWERS.get(prediction.verdict) is trial.verdict and (trial.refused_at is None or same_code)
