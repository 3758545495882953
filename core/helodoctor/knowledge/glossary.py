"""The words of the field, language by language: one word for each thing, and what it means in one line."""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from helodoctor.knowledge.files import load, names


class Term(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing: its ``id`` (the same in every language), its word, and what that means in one line.

    ``forbidden`` are words that may not stand for it where the English message uses the English term.
    """

    id: str
    term: str
    explanation: str
    forbidden: tuple[str, ...] = ()


class Glossary(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``glossary/<language>.toml``; ``banned`` are words that blame or shout, ``*`` in them stands for any ending."""

    quotes: tuple[str, str]
    banned: tuple[str, ...]
    term: tuple[Term, ...]


@cache
def glossary(language: str) -> Glossary:
    """The glossary of ``language`` (``de``), in the order of the files; the English one where there is no other."""
    return load(f"glossary/{language if language in names('glossary') else 'en'}.toml", Glossary)
