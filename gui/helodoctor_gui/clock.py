"""Times as the user's system writes them: the clock alone within half a day, with the date beyond that."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QDate, QDateTime, QLocale, QTime

from helodoctor_gui.language import words

_HALF_A_DAY = timedelta(hours=12)


def shown(moment: datetime) -> str:
    """``moment`` (with a zone) as the clock on this wall shows it, to the minute."""
    here = moment.astimezone()
    time = QTime(here.hour, here.minute)
    locale = _locale()
    if abs(here - datetime.now().astimezone()) < _HALF_A_DAY:
        return locale.toString(time, QLocale.FormatType.ShortFormat)
    date = QDate(here.year, here.month, here.day)
    return locale.toString(QDateTime(date, time), QLocale.FormatType.ShortFormat)


def _locale() -> QLocale:
    """The system's own forms; those of the language in force where the system has none."""
    system = QLocale.system()
    return QLocale(words().language) if system.language() == QLocale.Language.C else system
