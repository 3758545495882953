"""How long the window ever keeps the user waiting: the longest pause of its event loop along the walk."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from helodoctor.model import Case
from helodoctor_gui import tasks
from helodoctor_gui.wizard import Frame
from texts import TRANSCRIPT
from walking import go_on, run_trial, until

ROUNDS = 5
LIMIT_MS = 100
MEMORY_LIMIT_MB = 300
MEGABYTE_PASTE = TRANSCRIPT.format(name="www") + "a line of some log with words in it 4711\n" * 24_000
LOG_LINE = b"Nov 23 08:14:02 mail postfix/qmgr[4711]: 4F2A61C0043: removed....\n"


class Heart:
    """Beats as often as the event loop lets it; remembers the longest pause in milliseconds."""

    def __init__(self) -> None:
        self._worst, self._last = 0.0, time.perf_counter()
        self._timer = QTimer()
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self._worst = max(self._worst, now - self._last)
        self._last = now

    def worst_during(self, act: Callable[[], object]) -> float:
        QTest.qWait(30)
        self._worst, self._last = 0.0, time.perf_counter()
        act()
        QTest.qWait(30)
        return self._worst * 1000


def walk(frame: Frame, huge: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    page = frame.current()

    def paste() -> None:
        QApplication.clipboard().setText(MEGABYTE_PASTE)
        page.box.selectAll()
        page.box.paste()
        until(lambda: not page.box.filling, "the paste")

    def open_file() -> None:
        page.open_file(huge)
        until(lambda: not page.busy and not page.box.filling, "the file")

    yield "open 200 MB", open_file
    yield "paste 1 MB", paste
    yield "read along", lambda: until(lambda: page._read is not None, "the quiet reading")
    for number in range(2, 6):
        yield f"to page {number}", lambda: go_on(frame)
    frame.current().servers.practice.setChecked(True)
    yield "live trial", lambda: run_trial(frame)
    for number in (6, 7):
        yield f"to page {number}", lambda: go_on(frame)


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    from helodoctor_gui.app import make_application

    return make_application([])


def test_the_window_never_stands_still(
    qapp: QApplication, tmp_path: Path, told: Callable[[str], None]
) -> None:
    huge = tmp_path / "huge.log"
    with huge.open("wb") as stream:
        for _ in range(200):
            stream.write(LOG_LINE * 16_384)
    heart = Heart()
    best: dict[str, float] = {}
    for _ in range(ROUNDS):  # the least of them, since a busy neighbour makes every program wait
        frame = Frame()
        frame.show()
        frame.activateWindow()
        frame.furnish()
        frame.current().warm_up()
        QTest.qWait(800)
        for name, act in walk(frame, huge):
            worst = heart.worst_during(act)
            best[name] = min(worst, best.get(name, worst))
        frame.case = Case()
        frame.close()
        frame.deleteLater()
    tasks.stop()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told(", ".join(f"{name} {worst:.0f} ms" for name, worst in best.items()) + f"; memory {memory:.0f} MB")
    assert max(best.values()) <= LIMIT_MS
    assert memory <= MEMORY_LIMIT_MB
