"""gettext catalogues behind one small object per language, with English standing in sentence by sentence."""

from __future__ import annotations

import gettext
import locale
import os
import re
from collections.abc import Sequence
from functools import cache
from string import Formatter

from helodoctor.knowledge import load, locale_folder

DOMAIN = "helodoctor"
SOURCE_LANGUAGE = "en"

_WordFile = dict[str, dict[str, str]]


@cache
def word_file(group: str) -> _WordFile:
    """All sentences of ``words/<group>.toml``, by key and part."""
    return load(f"words/{group}.toml", _WordFile)


def places(text: str) -> set[tuple[str, str | None, str | None]]:
    """The ``{places}`` of a message: name, format and conversion of each.

    Raises:
        ValueError: the braces do not match.
    """
    return {(name, form, conversion) for _, name, form, conversion in Formatter().parse(text) if name is not None}


@cache
def fits(source: str, translated: str) -> bool:
    """Whether a translation has exactly the places of its source; one that has not is not shown."""
    try:
        return places(source) == places(translated)
    except ValueError:
        return False


class Words:
    """One language's voice. Cheap to keep; get one from :func:`speak`."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalogue = gettext.translation(DOMAIN, locale_folder(), [language], fallback=True)

    def tr(self, text: str, /, **values: object) -> str:
        """``text`` (English, the message id) in this language, its ``{places}`` filled with ``values``."""
        translated = self._catalogue.gettext(text) if text else ""  # an empty msgid is the catalogue's header
        if translated != text and not fits(text, translated):
            translated = text
        return translated.format(**values) if values else translated.format()

    def trn(self, one: str, many: str, count: int, /, **values: object) -> str:
        """Like :meth:`tr` for a counted thing; the place ``{count}`` is filled too."""
        translated = self._catalogue.ngettext(one, many, count)
        if not fits(many, translated) and not fits(one, translated):
            translated = one if count == 1 else many
        return translated.format(count=count, **values)

    def sentence(self, group: str, key: str, part: str = "text", /, **values: object) -> str:
        """The sentence of ``words/<group>.toml``, table ``key``, entry ``part``.

        Raises:
            KeyError: no such sentence; the tests hold every id against the files.
        """
        return self.tr(word_file(group)[key][part], **values)

    def has(self, group: str, key: str, part: str = "text", /) -> bool:
        """Whether that sentence exists; some ids need fewer parts than others."""
        return part in word_file(group).get(key, {})


def languages() -> list[str]:
    """The languages there is a catalogue for, the source language first."""
    found = sorted(folder.parent.parent.name for folder in locale_folder().glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))
    return [SOURCE_LANGUAGE, *(name for name in found if name != SOURCE_LANGUAGE)]


def _system_languages(told: Sequence[str]) -> Sequence[str]:
    """The languages the user's system asks for, the dearest first: by a variable, else ``told``, else by the locale."""
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return value.split(":")  # LANGUAGE may list several
    return told or [locale.getlocale()[0] or SOURCE_LANGUAGE]


def _short(language: str) -> str:
    """``de`` for ``de_CH.UTF-8``, ``de-AT`` and Windows' ``German_Germany``."""
    name = re.split(r"[-_.@]", language, maxsplit=1)[0].lower()
    return locale.normalize(name).partition("_")[0] if len(name) > 3 else name


def _negotiate(wanted: Sequence[str]) -> str:
    """The first wanted language there is a catalogue for; the source language where there is none."""
    there = languages()
    return next((short for short in map(_short, wanted) if short in there), SOURCE_LANGUAGE)


@cache
def _voice(language: str) -> Words:
    return Words(language)


@cache
def _known(language: str) -> str:
    """The negotiation for one asked-for language, which looks into a folder: many messages ask for the same."""
    return _negotiate([language])


def speak(language: str | None = None, *, told: Sequence[str] = ()) -> Words:
    """The voice for ``language`` (``"de"``, ``"de_CH.UTF-8"``) or, for ``None``, for the system's; else English.

    ``told`` are the languages a window system asks for, the dearest first: no variable says so on Windows and macOS.
    """
    return _voice(_known(language) if language else _negotiate(_system_languages(told)))
