"""Whether everything in a case can be told: a file from outside may name ids that no word is known for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from helodoctor.bounce.samples import samples
from helodoctor.casefile.strings import parts
from helodoctor.knowledge.senders import all_systems
from helodoctor.model import Case, Detection, Phrase, Proof
from helodoctor.report import detection, guide, judgement, reading, trial
from helodoctor.words import Words, proofs, speak, waits
from helodoctor.words.guides import system_title

_PHRASE = re.compile(r"[a-z0-9-]{1,40}(?:\.[a-z0-9-]{1,80}){2}", re.ASCII)  # a word file is opened by the first part


def untold(case: Case) -> list[str]:
    """The names of the parts of ``case`` that cannot be told in words; empty for every case this program made."""
    words = speak("en")  # every language has the places English has
    return [name for name, tell in _PARTS.items() if not _can(tell, case, words)]


def _can(tell: Callable[[Case, Words], object], case: Case, words: Words) -> bool:
    try:
        tell(case, words)
    except (LookupError, ValueError, OverflowError, OSError):  # no such id, place, time or word file
        return False
    return True


def _diagnoses(case: Case, words: Words) -> None:
    if case.diagnoses:
        reading.as_object(case.diagnoses, words)


def _chosen(case: Case, _words: Words) -> None:
    if case.chosen not in range(max(1, len(case.diagnoses))):
        raise LookupError(case.chosen)


def _judgement(case: Case, words: Words) -> None:
    if case.judgement:
        judgement.as_object(case.judgement, words)
        judgement.as_text(case.judgement, words)


def _trials(case: Case, words: Words) -> None:
    for made in case.trials:
        trial.as_object(made, words)
        trial.as_text(made, words)
        proofs.takes(words, Proof(says=None, takes=made))


def _guide(case: Case, words: Words) -> None:
    if case.guide is None:
        return
    for part in parts(case.guide):
        if isinstance(part, Phrase) and not _PHRASE.fullmatch(part.id):
            raise LookupError(part.id)
    system_title(words, case.guide.system)
    guide.as_object(case.guide, words)
    guide.as_text(case.guide, words)


def _candidates(case: Case, words: Words) -> None:
    detection.as_object(Detection(candidates=case.candidates), words)


def _announcements(case: Case, words: Words) -> None:
    for heard in case.announcements:
        proofs.says(words, Proof(says=heard, takes=None))


def _new_judgement(case: Case, words: Words) -> None:
    if case.new_judgement:
        judgement.as_object(case.new_judgement, words)
        judgement.as_text(case.new_judgement, words)


def _waits(case: Case, _words: Words) -> None:
    for wait in case.waits:
        waits.due(wait)


def _system(case: Case, _words: Words) -> None:
    if case.system is not None:
        all_systems()[case.system]


def _session(case: Case, _words: Words) -> None:
    if case.session is not None and case.session.system is not None:
        all_systems()[case.session.system]


def _sample(case: Case, _words: Words) -> None:
    if case.sample is not None and all(sample.id != case.sample for sample in samples()):
        raise LookupError(case.sample)


_PARTS: Final[dict[str, Callable[[Case, Words], None]]] = {
    "diagnoses": _diagnoses,
    "chosen": _chosen,
    "judgement": _judgement,
    "trials": _trials,
    "guide": _guide,
    "new_judgement": _new_judgement,
    "waits": _waits,
    "candidates": _candidates,
    "announcements": _announcements,
    "system": _system,
    "sample": _sample,
    "session": _session,
}
