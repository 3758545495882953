"""A text becomes candidates: recognise the system, read its settings, climb its ladder."""

from __future__ import annotations

from helodoctor.detect.ladder import Found, climb
from helodoctor.detect.recognise import Match, recognise
from helodoctor.detect.settings import MOST_CHARACTERS, without_places
from helodoctor.knowledge.senders import all_systems
from helodoctor.model import Candidate, Detection
from helodoctor.model.errors import InputProblem

_MOST_CANDIDATES = 50
_SURE_SCORE = 6


def _candidate(match: Match, found: Found, path: str, sure: bool) -> Candidate:
    return Candidate(
        name=found.name,
        default=found.default,
        source=match.shape.source,
        where=path.replace("\\", "/").rsplit("/", 1)[-1],
        line=found.line or None,
        system=match.system,
        confidence="sure" if sure and found.name else "likely",
        scope=found.scope or "all-mail",
    )


def _candidates(match: Match, text: str, path: str, told: bool) -> list[Candidate]:
    """What the settings of a recognised shape say; nothing where none is set."""
    sure = told or match.score >= _SURE_SCORE
    found: list[Candidate] = []
    for rung in climb(match.shape, text):
        candidate = _candidate(match, rung, path, sure)
        new = all((other.name, other.line) != (candidate.name, candidate.line) for other in found)
        if new and len(found) < _MOST_CANDIDATES:
            found.append(candidate)
    return found


def _unset(match: Match, path: str, told: bool) -> Candidate:
    """What counts where a recognised shape sets nothing."""
    default = match.shape.default or all_systems()[match.system].default
    return _candidate(match, Found(None, default, 0), path, told)


def _best(matches: list[Match], text: str, path: str, told: bool) -> tuple[Match, list[Candidate]]:
    """The best shape; of equally good ones the first that shows a name, else another of its system that sets any."""
    top = [match for match in matches if match.score == matches[0].score]
    results = [(match, _candidates(match, text, path, told)) for match in top]
    for match, found in results:
        if found and found[0].name:
            return match, found
    first = next((result for result in results if result[1]), None)
    others = (match for match in matches[len(top) :] if match.system == matches[0].system and match.line)
    rest = ((match, _candidates(match, text, path, told)) for match in others)
    return first or next((result for result in rest if result[1]), (top[0], [_unset(top[0], path, told)]))


def _default_of(system: str) -> Detection:
    """A system that has no text we could read a name in announces what it always does."""
    default = all_systems()[system].default
    return Detection(candidates=(Candidate(name=None, default=default, source="file", where=""),), system=system)


def detect(text: str, *, path: str = "", system: str | None = None) -> Detection:
    """The names that ``text`` (a configuration, a command's output, headers) says are announced, effective one first.

    ``path`` is the file's path, a strong hint (``""`` for a paste); ``system`` an id of ``systems`` to narrow it to.

    Raises:
        InputProblem: there is no such system.
    """
    text = without_places(text[:MOST_CHARACTERS])
    if system is not None and system not in all_systems():
        raise InputProblem("unknown-system", system=system)
    matches = recognise(text, path, system)
    if not matches:
        return _default_of(system) if system and text.strip() else Detection(note="not-recognised")
    match, candidates = _best(matches, text, path, told=system is not None)
    return Detection(candidates=tuple(candidates), system=match.system, decided_by=match.line)
