"""The language of the window: one voice at a time, changeable while it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helodoctor.words import Words, speak
from helodoctor.words.catalogue import SOURCE_LANGUAGE

if TYPE_CHECKING:
    from PySide6.QtCore import QTranslator


class _Voice:
    """The words in force, and Qt's own texts (Cancel, Copy ...) in the same language."""

    def __init__(self) -> None:
        self.words = speak()
        self._qt: QTranslator | None = None

    def use(self, language: str | None) -> None:
        from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

        self.words = speak(language, told=QLocale.system().uiLanguages())
        if self._qt is None and self.words.language.startswith(SOURCE_LANGUAGE):
            return  # Qt's own texts are English already
        application = QCoreApplication.instance()
        if application is None:
            return
        if self._qt is not None:
            application.removeTranslator(self._qt)
        self._qt = QTranslator(application)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._qt.load(QLocale(self.words.language), "qtbase", "_", folder):
            application.installTranslator(self._qt)


_voice = _Voice()


def use(language: str | None) -> None:
    """Speak ``language`` from now on (``None``: the system's); windows are told by their frame."""
    _voice.use(language)


def words() -> Words:
    """The voice in force, for the sentence makers of :mod:`helodoctor.words`."""
    return _voice.words


def tr(text: str, /, **values: object) -> str:
    """``text`` in the language in force; see :meth:`helodoctor.words.Words.tr`."""
    return _voice.words.tr(text, **values)


def trn(one: str, many: str, count: int, /, **values: object) -> str:
    """A counted thing in the language in force; see :meth:`helodoctor.words.Words.trn`."""
    return _voice.words.trn(one, many, count, **values)
