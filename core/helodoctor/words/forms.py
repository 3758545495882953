"""Times, numbers and labels in the forms of a language."""

from __future__ import annotations

from datetime import datetime

from helodoctor.words.catalogue import Words


def labelled(words: Words, label: str, text: str) -> str:
    """``Label: text``; French puts a blank before the colon."""
    return words.tr("{label}: {text}", label=label, text=text)


def moment(words: Words, time: datetime) -> str:
    """A time with a zone as the clock on this wall shows it, to the minute: ``23.11.2026, 22:50``."""
    here = time.astimezone()
    return words.tr(
        "{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}",
        year=here.year, month=here.month, day=here.day, hour=here.hour, minute=here.minute,
    )  # fmt: skip


def number(words: Words, value: float) -> str:
    """A number with at most six digits: ``2.5``, ``2,5``."""
    whole, _, part = f"{value:g}".partition(".")
    return words.tr("{whole}.{part}", whole=whole, part=part) if part else whole
