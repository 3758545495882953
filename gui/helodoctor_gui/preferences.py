"""What the user chose for good: language, look and size of the text; kept in the platform's settings."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QByteArray, QSettings

from helodoctor.folders import has_profile
from helodoctor_gui import language
from helodoctor_gui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from helodoctor_gui.theme import Scheme

LANGUAGE, SCHEME, TEXT_SIZE = "look/language", "look/scheme", "look/text-size"
LESS_MOTION = "look/less-motion"
SCHEMES = ("light", "dark", "contrast")
_CLIENT_AREA_ANIMATION = 0x1042  # SPI_GETCLIENTAREAANIMATION
SMALLEST, LARGEST, STEP = 80, 300, 10  # percent of the system's text size


def chosen_language() -> str | None:
    """The code of the chosen language; ``None`` follows the system."""
    return _text(LANGUAGE)


def chosen_scheme() -> Scheme | None:
    """The chosen look; ``None`` follows the system."""
    kept = _text(SCHEME)
    return cast("Scheme", kept) if kept in SCHEMES else None


def text_size() -> int:
    """The size of all text in percent of the system's."""
    kept = _text(TEXT_SIZE) or ""
    return min(LARGEST, max(SMALLEST, int(kept))) if kept.isascii() and kept.isdigit() else 100


def less_motion() -> bool:
    """Whether nothing should move by itself: chosen here, or on Windows in the system's settings."""
    return _text(LESS_MOTION) is not None or _system_is_still()


def _system_is_still() -> bool:
    if sys.platform != "win32":
        return False  # Qt passes no such wish on, and the desktops have no common place for it
    import ctypes

    animates = ctypes.c_int(1)
    ctypes.windll.user32.SystemParametersInfoW(_CLIENT_AREA_ANIMATION, 0, ctypes.byref(animates), 0)
    return not animates.value


def keep(key: str, value: str | None) -> None:
    """Remember a choice; ``None`` forgets it, so that the system decides again."""
    if value is None:
        QSettings().remove(key)
    else:
        QSettings().setValue(key, value)


def _language_of_the_organisation() -> str | None:
    if not has_profile():
        return None
    from helodoctor.organisation import profile

    return profile().language


def keep_place(window: QWidget, key: str) -> None:
    """Remember where ``window`` stands and how large it is."""
    QSettings().setValue(f"{key}/geometry", window.saveGeometry())


def restore_place(window: QWidget, key: str) -> None:
    """Put ``window`` where it stood last, if that is known."""
    known = QSettings().value(f"{key}/geometry")
    if isinstance(known, QByteArray):
        window.restoreGeometry(known)


def put_in_force() -> None:
    """Speak and look as the user chose, at the start and after a choice."""
    language.use(chosen_language() or _language_of_the_organisation())
    scheme, size = chosen_scheme(), text_size()
    if theme().chosen != (scheme, size / 100):
        theme().choose(scheme, size / 100)


def _text(key: str) -> str | None:
    value = QSettings().value(key)
    return value if isinstance(value, str) and value else None
