"""The View menu: language, colours and size of the text, changed on the spot and remembered."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from helodoctor.words.catalogue import languages as known_languages
from helodoctor_gui import preferences
from helodoctor_gui.language import tr
from helodoctor_gui.menus import Choice

if TYPE_CHECKING:
    from helodoctor_gui.wizard import Frame

_SIZES = (80, 100, 125, 150, 175, 200, 250, 300)


def languages(frame: Frame) -> list[Choice]:
    """The system's language, or one of ours, each under its own name."""
    chosen = preferences.chosen_language()
    act = _keeper(frame, preferences.LANGUAGE)
    own = [Choice(own_name(code), partial(act, code), chosen == code) for code in known_languages()]
    return [Choice(tr("As the system says"), partial(act, None), chosen is None), *own]


def own_name(code: str) -> str:
    """What a language calls itself."""
    locale = QLocale(code)
    if locale.language() == QLocale.Language.English:
        return QLocale.languageToString(locale.language())  # not American, not British
    name = locale.nativeLanguageName().partition(" ")[0]  # Spanish adds a country
    return name[:1].upper() + name[1:]


def schemes(frame: Frame) -> list[Choice]:
    """The system's colours, light, dark, or high contrast."""
    chosen = preferences.chosen_scheme()
    act = _keeper(frame, preferences.SCHEME)
    offered = (
        (None, tr("As the system says")),
        ("light", tr("Light")),
        ("dark", tr("Dark")),
        ("contrast", tr("High contrast")),
    )
    return [Choice(text, partial(act, scheme), chosen == scheme) for scheme, text in offered]


def sizes(frame: Frame) -> list[Choice]:
    """Sizes of all text in percent of the system's; one that was reached step by step stands among them."""
    chosen = preferences.text_size()
    offered = sorted({*_SIZES, chosen})
    return [Choice(f"{size} %", partial(_resize, frame, size), size == chosen) for size in offered]


def larger(frame: Frame) -> None:
    """All text one step larger."""
    _resize(frame, preferences.text_size() + preferences.STEP)


def smaller(frame: Frame) -> None:
    """All text one step smaller."""
    _resize(frame, preferences.text_size() - preferences.STEP)


def usual(frame: Frame) -> None:
    """The system's own text size."""
    _resize(frame, 100)


def _resize(frame: Frame, percent: int) -> None:
    size = min(preferences.LARGEST, max(preferences.SMALLEST, percent))
    _keeper(frame, preferences.TEXT_SIZE)(None if size == 100 else str(size))


def _keeper(frame: Frame, key: str) -> Callable[[str | None], None]:
    def act(value: str | None) -> None:
        preferences.keep(key, value)
        preferences.put_in_force()
        frame.reword()

    return act
