"""An error nobody foresaw: one calm window, the case on the disk, the details without a word of the case."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from helodoctor.casefile import autosaved, open_file
from helodoctor_gui import tasks
from helodoctor_gui.cases import trouble
from helodoctor_gui.wizard import Frame
from test_keeping import answer, dialog, shown
from texts import POEM
from walking import go_on, put_in, until

SECRET = "anna.geheim@kolibri.example"


@pytest.fixture(autouse=True)
def watched(frame: Frame) -> Iterator[None]:
    hooks = sys.excepthook, threading.excepthook
    trouble.Trouble(frame).watch()
    trouble._log.cache_clear()
    yield
    sys.excepthook, threading.excepthook = hooks


def stumble() -> None:
    raise KeyError(SECRET)


async def stumble_on_the_loop(_tell: object) -> None:
    tasks.asyncio.get_running_loop().call_soon(stumble)


def in_a_slot() -> None:
    """As the program's own loop calls it: an error in a loop that Python steps through ends up in the test itself."""
    QTimer.singleShot(0, stumble)
    loop = QEventLoop()
    QTimer.singleShot(50, loop.quit)
    loop.exec()


def in_a_thread() -> None:
    threading.Thread(target=stumble).start()


def in_the_pool() -> None:
    tasks.call(stumble)


def on_the_loop() -> None:
    tasks.start(stumble_on_the_loop)


@pytest.mark.parametrize("go_wrong", [in_a_slot, in_a_thread, in_the_pool, on_the_loop])
def test_wherever_it_happens_it_is_told_once_and_the_case_is_safe(frame: Frame, go_wrong) -> None:
    put_in(frame, POEM)
    go_on(frame)
    go_wrong()
    box = dialog(frame)
    assert box.text() == "Something happened that HELO Doctor did not expect"
    assert "Your case is saved, with all steps up to here." in box.informativeText()
    assert "Traceback" not in box.text() + box.informativeText() + box.detailedText()
    [saved] = autosaved()
    assert open_file(saved.path).file.case == frame.case
    QTest.qWait(50)
    assert len(shown(frame)) == 1
    answer(box, "Copy details")
    details = QApplication.clipboard().text()
    assert "KeyError" in details
    assert "stumble" in details
    assert "anna" not in details
    assert "/" not in details.split("test_trouble.py")[0].splitlines()[-1]
    assert trouble.log_file().read_text().count("KeyError") == 1
    assert "anna" not in trouble.log_file().read_text()
    assert box.isVisible()  # copying is no answer
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert not shown(frame)


def test_many_errors_bring_one_window(frame: Frame) -> None:
    for _ in range(5):
        in_a_slot()
    dialog(frame)
    QTest.qWait(50)
    assert len(shown(frame)) == 1
    until(lambda: trouble.log_file().read_text().count("KeyError") == 5, "the log")
    shown(frame)[0].close()


def test_the_window_goes_on_after_it(frame: Frame) -> None:
    in_a_slot()
    answer(dialog(frame), "Go on")
    put_in(frame, POEM)
    frame.bar.press_forward()
    until(lambda: frame.currentId() == 2, "page 2")


def test_the_log_stays_within_its_limit() -> None:
    for _ in range(3_000):
        trouble.log("x" * 1_000)
    files = list(trouble.log_file().parent.glob("helodoctor.log*"))
    assert len(files) == 2
    assert sum(file.stat().st_size for file in files) <= 2 * trouble._LOG_BYTES


def test_a_log_that_cannot_be_written_harms_nothing(home) -> None:
    trouble._log.cache_clear()
    trouble.log_file().parent.parent.mkdir(parents=True, exist_ok=True)
    trouble.log_file().parent.write_text("a file where the folder should be")
    trouble.log("x")
    trouble._log.cache_clear()
