"""A user in fast motion: puts a text in, presses buttons, waits for what the page awaits."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from helodoctor_gui.wizard import Frame

PATIENCE_MS = 15_000


def until(holds: Callable[[], object], what: str) -> None:
    """Let the window live until ``holds``; fails after a while with ``what`` it waited for."""
    waited = 0
    while not holds():
        if waited > PATIENCE_MS:
            raise AssertionError(f"waited in vain for {what}")
        QTest.qWait(20)
        waited += 20


def put_in(frame: Frame, text: str) -> None:
    """Paste ``text`` into the box of the first page, as Ctrl+V does."""
    QApplication.clipboard().setText(text)
    box = frame.current().box  # type: ignore[attr-defined]
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(box, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    until(lambda: not box.filling, "the paste to arrive")


def press_forward(frame: Frame) -> None:
    """Ctrl+Enter, which presses the filled button from anywhere."""
    QTest.keyClick(frame, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def go_on(frame: Frame) -> int:
    """Press the filled button and wait for the page it leads to; its number."""
    here = frame.currentId()
    press_forward(frame)
    until(lambda: frame.currentId() != here or frame.current().problem, "the next page")
    return frame.currentId()


def run_trial(frame: Frame) -> None:
    """Start the trial of page 5 and wait for its end."""
    press_forward(frame)
    page = frame.current()
    until(lambda: not page.busy and (page.problem or page.card.isVisible()), "the end of the trial")  # type: ignore[attr-defined]
