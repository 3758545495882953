"""About: the version, how old the built-in knowledge is, and the licences of everything inside."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from importlib.metadata import PackageNotFoundError, metadata
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from helodoctor import __version__
from helodoctor.knowledge.dates import knowledge_date, public_suffix_date
from helodoctor.organisation import profile
from helodoctor_gui.icons import Icon
from helodoctor_gui.language import tr, words
from helodoctor_gui.widgets.dialog import SideDialog
from helodoctor_gui.widgets.layouts import Card, column, row
from helodoctor_gui.widgets.note import origin_lines
from helodoctor_gui.widgets.text import Text

if TYPE_CHECKING:
    from helodoctor_gui.wizard import Frame

_TALLEST = 640
_OLD_DAYS = 365
_INSIDE = (
    "aiosmtpd", "atpublic", "attrs", "dnspython", "idna", "markdown-it-py", "mdurl", "msgspec", "olefile",
    "platformdirs", "Pygments", "PySide6-Essentials", "PyYAML", "publicsuffixlist", "pyspf", "python-oxmsg", "rich",
    "shiboken6", "tomli", "typing-extensions",
)  # fmt: skip


def is_old(known: str, today: date) -> bool:
    """Whether knowledge of the date ``known`` (ISO 8601) is more than a year old on ``today``."""
    return (today - date.fromisoformat(known)).days > _OLD_DAYS


def licences() -> list[tuple[str, str]]:
    """What is inside with its version, and its licence as its package says; what is not installed is left out."""
    found = []
    for name in _INSIDE:
        try:
            told = metadata(name)
        except PackageNotFoundError:
            continue
        classifiers = [line.rpartition(" :: ")[2] for line in told.get_all("Classifier") or () if "License" in line]
        licence = told["License-Expression"] or (told["License"] or "").partition("\n")[0] or ", ".join(classifiers)
        found.append((f"{told['Name']} {told['Version']}", re.sub(r"\s+", " ", licence)[:80]))
    return found


class About(SideDialog):
    """One short page."""

    def __init__(self, frame: QWidget) -> None:
        title = tr("About HELO Doctor")
        super().__init__(title, frame, tallest=_TALLEST)
        name = Text(tr("HELO Doctor"), "lead")
        known, suffixes = knowledge_date(), public_suffix_date()
        line = words().sentence(
            "commands", "program", "version-line", version=__version__, knowledge=known, suffixes=suffixes
        )
        inside = column(row(Icon("app", scale=1.6), name, spacing=12), spacing=10, margins=(24, 20, 24, 8))
        inside.addWidget(Text(line, selectable=True))
        for told in origin_lines(profile()):
            inside.addWidget(Text(told, selectable=True))
        if is_old(known, datetime.now(UTC).date()):
            old = Text(tr("What it knows of mail servers is more than a year old. A newer version knows more."))
            old.set_tone("caution")
            inside.addLayout(row(Icon("caution", "caution"), old, spacing=10))
        inside.addWidget(Text(tr("Free software under the MIT licence, by the HELO Doctor contributors."), "secondary"))
        inside.addSpacing(6)
        inside.addWidget(Text(tr("What is inside, and its licences"), "strong"))
        rows = column(spacing=4, margins=(14, 10, 14, 10))
        for package, licence in licences():
            rows.addWidget(Text(f"{package}: {licence}", "small", selectable=True))
        inside.addWidget(Card("plain", rows))
        inside.addStretch(1)
        self.fill(inside)


def show(frame: Frame) -> None:
    """Open it."""
    About(frame).open()
