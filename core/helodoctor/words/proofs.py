"""The sentences of the two facts, "your server says it" and "the receiver takes it", and of both together."""

from __future__ import annotations

from datetime import datetime

from helodoctor.model import Proof
from helodoctor.words.catalogue import Words
from helodoctor.words.forms import moment


def state(words: Words, proof: Proof) -> str:
    """How far the fix is proven, in one sentence."""
    return words.sentence("proofs", "state", proof.state)


def next_step(words: Words, proof: Proof) -> str:
    """What leads to the fact that is missing."""
    return words.sentence("proofs", "next", proof.state)


def says(words: Words, proof: Proof) -> str:
    """The first fact: what was heard, where and when; or that nothing was."""
    heard = proof.says
    if heard is None:
        return words.sentence("proofs", "says", "missing")
    return words.sentence("proofs", "says", heard.source, name=heard.name, time=_time(words, heard.time))


def takes(words: Words, proof: Proof) -> str:
    """The second fact: which server took the name and when; or that none did."""
    trial = proof.takes
    if trial is None:
        return words.sentence("proofs", "takes", "missing")
    target = trial.plan.target
    kind = "practice" if target.policy else trial.origin
    time = _time(words, trial.started)
    return words.sentence("proofs", "takes", kind, host=target.host, name=trial.plan.name, time=time)


def _time(words: Words, stamp: str) -> str:
    """An ISO 8601 time as the clock on this wall shows it, to the minute."""
    return moment(words, datetime.fromisoformat(stamp)) if stamp else "?"
