"""Triage in the window: a whole folder of cases and bounces read one by one, with progress and Stop."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from threading import Event

from msgspec import Struct
from PySide6.QtWidgets import QApplication, QProgressBar, QPushButton, QWidget

from helodoctor.bounce.mailboxes import files
from helodoctor.cli.triage import explained
from helodoctor.model import Cause
from helodoctor_gui import tasks
from helodoctor_gui.agent.texts import Lines
from helodoctor_gui.language import tr, words
from helodoctor_gui.widgets.dialog import SideDialog
from helodoctor_gui.widgets.layouts import column
from helodoctor_gui.widgets.text import Text

_HANDFUL_SECONDS = 0.1
_BREATH_SECONDS = 0.001  # after each message the window's thread is let in


class Handful(Struct, frozen=True):
    """What was read since the last one: rows to show, their causes, and the bytes done."""

    rows: list[tuple[str, ...]]
    causes: list[Cause | None]
    done: int


def total(paths: list[str]) -> int:
    """How many bytes there are to read."""
    size = 0
    for path in files(paths):
        try:
            size += path.stat().st_size
        except OSError:
            continue
    return size


def triage(paths: list[str], stop: Event, tell: Callable[[object], object]) -> None:
    """Read every message below ``paths`` until ``stop`` is set; first the bytes there are, then handfuls."""
    tell(total(paths))
    rows, causes, done, told = list[tuple[str, ...]](), list[Cause | None](), 0, time.monotonic()
    for place, diagnosis, trouble in explained(paths, words()):
        if stop.is_set():
            break
        label = place.path if place.index is None else f"{place.path}:{place.index}"
        if diagnosis is None:
            rows.append((label, "", "", "", trouble))
        else:
            report = diagnosis.report
            reply = " ".join(str(code) for code in (report.reply_code, report.enhanced_code) if code)
            said = (diagnosis.helo_name or "", report.receiver.host or "", f"{reply} {report.reply_text or ''}")
            rows.append((label, diagnosis.cause.value, *said))
        causes.append(diagnosis.cause if diagnosis else None)
        done += place.length
        time.sleep(_BREATH_SECONDS)
        if time.monotonic() - told > _HANDFUL_SECONDS:
            tell(Handful(rows, causes, done))
            rows, causes, done, told = [], [], 0, time.monotonic()
    tell(Handful(rows, causes, done))


class TriageDialog(SideDialog):
    """Begins at once; what was read stays when it is stopped."""

    def __init__(self, paths: list[str], parent: QWidget) -> None:
        super().__init__(tr("Triage"), parent)
        self._stop = Event()
        self._counts: Counter[Cause] = Counter()
        self._unread = self._done = 0
        self._told = Text("", "strong")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(tr("How far it is"))
        self.found = Lines()
        self.found.setAccessibleName(tr("What was read"))
        self.found.setMinimumHeight(self.fontMetrics().height() * 12)
        titles = (tr("File"), tr("Cause"), tr("Name"), tr("Receiver"), tr("Reply"))
        self.found.show_rows(titles, [])
        self.counted = Text("", selectable=True)
        self.stop, self.copy = QPushButton(tr("Stop")), QPushButton(tr("Copy the summary"))
        self.stop.setAccessibleDescription(tr("What was read so far stays"))
        self.fill(
            column(self._told, self.bar, self.counted, self.found, spacing=8, margins=(24, 20, 24, 8)),
            self.stop, self.copy,
        )  # fmt: skip
        for index, characters in enumerate((40, 22, 24, 24, 40)):
            self.found.setColumnWidth(index, characters * self.fontMetrics().averageCharWidth())
        self.stop.clicked.connect(self._end)
        self.copy.clicked.connect(lambda: QApplication.clipboard().setText(self.summary()))
        self.finished.connect(lambda _result: self._stop.set())
        self.task = tasks.call_telling(triage, paths, self._stop)
        self.task.told.connect(self._take)
        self.task.ended.connect(self._ended)
        self._say(tr("Reading …"))

    def _take(self, news: Handful | int) -> None:
        if isinstance(news, int):
            self.bar.setRange(0, max(1, news // 1024))  # QProgressBar counts in 32 bits
            return
        self.found.add_rows(news.rows)
        self._counts.update(cause for cause in news.causes if cause)
        self._unread += sum(cause is None for cause in news.causes)
        self._done += news.done
        self.bar.setValue(min(self.bar.maximum(), self._done // 1024))
        self.counted.say(self.summary())

    def _end(self) -> None:
        self._stop.set()
        self._say(tr("Stopped. What was read so far is below."))

    def _ended(self) -> None:
        self.bar.hide()
        self.stop.setEnabled(False)
        if not self._stop.is_set():
            self._say(tr("Everything was read."))

    def _say(self, sentence: str) -> None:
        self._told.say(sentence)

    def summary(self) -> str:
        """How many messages there were of each cause."""
        rows = [words().sentence("triage", "summary", count=sum(self._counts.values()))]
        rows += [f"{count} × {cause}" for cause, count in self._counts.most_common()]
        if self._unread:
            rows.append(words().sentence("triage", "unread", count=self._unread).partition(".")[0])
        return "\n".join(rows)
