"""Phrases by id: which parts a phrase of the words has, and the places each of them wants."""

from __future__ import annotations

from functools import cache

from helodoctor.guides.places import Places, named_in
from helodoctor.knowledge import load
from helodoctor.model import Phrase, Value


@cache
def _group(group: str) -> dict[str, dict[str, str]]:
    return load(f"words/{group}.toml", dict[str, dict[str, str]])


def parts(group: str, key: str) -> list[str]:
    """The parts of one table of ``words/<group>.toml``, in the order they are written."""
    return list(_group(group).get(key, {}))


def phrase(phrase_id: str, places: Places) -> Phrase | None:
    """The phrase ``group.key.part`` with the values it needs; ``None`` where there is no such part or a value lacks."""
    group, key, part = phrase_id.split(".")
    text = _group(group).get(key, {}).get(part)
    if text is None:
        return None
    wanted = sorted(named_in(text))
    if not places.keys() >= set(wanted):
        return None
    return Phrase(phrase_id, tuple(Value(name, places[name]) for name in wanted))


def phrase_for(group: str, key: str, part: str, places: Places) -> Phrase | None:
    """One part of a table: the fuller wording (``part-full``) where everything it names is known."""
    return phrase(f"{group}.{key}.{part}-full", places) or phrase(f"{group}.{key}.{part}", places)
