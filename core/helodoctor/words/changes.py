"""What changed in a case, in words: the label of a change, and its values as they are told."""

from __future__ import annotations

from helodoctor.words.catalogue import Words
from helodoctor.words.guides import system_title


def label(words: Words, what: str) -> str:
    """What changed."""
    return words.sentence("changes", "what", what)


def page(words: Words, page_id: str) -> str:
    """A page with its number, as it is said on the phone; one that is not known by its id."""
    return words.sentence("walk", "page", page_id) if words.has("walk", "page", page_id) else page_id


def state(words: Words, how_far: str) -> str:
    """How far a case is, in a word or two."""
    return words.sentence("changes", "state", how_far)


def value(words: Words, what: str, said: str) -> str:
    """One value of a change; ids in words, everything else as it stands."""
    if not said:
        return ""
    if what == "judgement":
        return words.sentence("changes", "judgement", said)
    if what == "proof":
        return words.sentence("proofs", "state", said)
    if what == "system":
        return system_title(words, said)
    if what in ("page", "saved"):
        return page(words, said)
    return words.sentence("report", "result", said) if what == "trial" else said
