"""Candidates in words: where a name stands, what it holds for, what is announced when none is set."""

from __future__ import annotations

from helodoctor.model import Candidate, Detection
from helodoctor.words.catalogue import Words


def where(words: Words, candidate: Candidate) -> str:
    """The place a candidate was found: ``main.cf, line 12``."""
    place = candidate.where or words.sentence("detection", "where", "text")
    if candidate.line is None:
        return place
    return words.sentence("detection", "where", "line", place=place, line=candidate.line)


def scope(words: Words, candidate: Candidate) -> str:
    """Which mail a candidate holds for; scopes that are no words of ours are names out of the configuration."""
    if words.has("detection", "scope", candidate.scope):
        return words.sentence("detection", "scope", candidate.scope)
    return candidate.scope


def default(words: Words, candidate: Candidate) -> str | None:
    """What is announced when no name is set, or ``None`` where one is."""
    return words.sentence("defaults", candidate.default) if candidate.default else None


def origin(words: Words, candidate: Candidate) -> str:
    """Which kind of place a candidate comes from, and which one: ``In the settings: main.cf, line 12``."""
    source = words.sentence("detection", "source", candidate.source)
    if not candidate.where and candidate.line is None:
        return source
    return words.sentence("detection", "text", "origin", source=source, where=where(words, candidate))


def confidence(words: Words, candidate: Candidate) -> str:
    """How sure it is that this name is announced, in a word or two."""
    return words.sentence("detection", "confidence", candidate.confidence)


def note(words: Words, detection: Detection) -> str | None:
    """The remark on the whole: not recognised, or the places disagree, and what that means."""
    if detection.note:
        return words.sentence("detection", "note", detection.note)
    if detection.agree:
        return None
    said, placed = detection.said, detection.placed
    if said and placed and said.isdisjoint(placed):
        values = {"said": ", ".join(sorted(said)), "set": ", ".join(sorted(placed))}
        return words.sentence("detection", "note", "said-otherwise", **values)
    return words.sentence("detection", "note", "disagree")
