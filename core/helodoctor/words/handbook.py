"""The handbook: chapters in Markdown, one file each and a folder a language, and three that the data files make.

A heading may end in ``{#anchor}``; checks and causes have their ids as anchors, so that a finding leads to its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from helodoctor.knowledge import resource
from helodoctor.knowledge.glossary import glossary
from helodoctor.words.catalogue import SOURCE_LANGUAGE, Words, places, word_file

WRITTEN = ("start", "paste", "happened", "name", "judge", "try", "fix", "fixed", "cases", "helpdesk", "access")
MADE = ("causes", "checks", "words")
CHAPTERS = (*WRITTEN, *MADE)

_HEADING = re.compile(r"^(#{1,3}) +(.*?)(?: +\{#([\w-]+)\})?$", re.M)
_COMMAND = re.compile(r"\b[A-Z]{3,}\b")
_UNKNOWN_PLACE = "…"


class Chapter(Struct, frozen=True, kw_only=True):
    """One chapter in one language: plain Markdown, and the anchor of each heading (``None`` where it has none)."""

    id: str
    title: str
    text: str
    anchors: tuple[str | None, ...]
    language: str


def chapter(words: Words, name: str) -> Chapter:
    """The chapter ``name`` (one of :data:`CHAPTERS`); in English where the language of ``words`` has none."""
    language = words.language
    if name in MADE:
        source = {"causes": _causes, "checks": _checks, "words": _words}[name](words)
    else:
        if not _file(language, name).exists():
            language = SOURCE_LANGUAGE
        source = _file(language, name).read_text(encoding="utf-8")
    headings = list(_HEADING.finditer(source))
    return Chapter(
        id=name,
        title=headings[0][2],
        text=_HEADING.sub(r"\1 \2", source),
        anchors=tuple(heading[3] for heading in headings),
        language=language,
    )


def folders(language: str) -> tuple[Path, ...]:
    """Where the pictures of the handbook lie: those of the language, then the English ones that stand in."""
    return tuple(resource(f"handbook/{folder}") for folder in dict.fromkeys((language, SOURCE_LANGUAGE)))


def _file(language: str, name: str) -> Path:
    return resource(f"handbook/{language}/{name}.md")


def _causes(words: Words) -> str:
    """Every cause a bounce can have, with what to do about it."""
    parts = [f"# {words.tr('Why mail is refused')}"]
    for cause in word_file("causes"):
        title, following = (_filled(words, "causes", cause, part) for part in ("title", "next"))
        parts += [f"## {title} {{#{cause}}}", following]
    return "\n\n".join(parts)


def explains(check: str) -> bool:
    """Whether the handbook has a place for the check with that id."""
    return {"pass", "why"} <= set(word_file("findings").get(check, ()))


def _checks(words: Words) -> str:
    """Every check of a name: what is wanted, and why it matters."""
    parts = [f"# {words.tr('What is checked about a name')}"]
    for check in word_file("findings"):
        if explains(check):
            parts += [f"## {check} {{#{check}}}", _filled(words, "findings", check, "pass")]
            parts.append(_filled(words, "findings", check, "why"))
    return "\n\n".join(parts)


def _words(words: Words) -> str:
    """The glossary of the language."""
    parts = [f"# {words.tr('Words of mail servers')}"]
    for term in glossary(words.language).term:
        parts += [f"## {term.term} {{#{term.id}}}", term.explanation]
    return "\n\n".join(parts)


def _filled(words: Words, group: str, key: str, part: str) -> str:
    """A sentence with dots in the places that only a case fills."""
    source = word_file(group)[key][part]
    return words.sentence(group, key, part, **{name: _UNKNOWN_PLACE for name, _, _ in places(source) if name})


def used_words(words: Words, text: str) -> Iterator[tuple[str, str]]:
    """The terms of the glossary that ``text`` uses, each with its explanation, in the order of their first use."""
    low = text.casefold()
    found = []
    for term in glossary(words.language).term:
        at = min((match.start() for name in _names(term.term) if (match := _whole(name).search(low))), default=None)
        if at is not None:
            found.append((at, term.term, term.explanation))
    for _, name, explanation in sorted(found):
        yield name, explanation


def _names(term: str) -> Iterator[str]:
    """``name service (DNS)`` is also called by each of its two parts, and a ``HELO name`` by its command."""
    before, _, inside = term.rstrip(")").partition(" (")
    yield from (name.casefold() for name in (before, inside, *_COMMAND.findall(inside or before)) if name)


def _whole(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
