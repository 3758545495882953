"""Whatever is pasted, dropped or opened: one clear sentence where it cannot be used, nothing lost, the window alive."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from helodoctor_gui.widgets.pastebox import BOUND
from helodoctor_gui.wizard import Frame
from texts import POEM, POSTFIX_DSN, TRANSCRIPT
from walking import go_on, press_forward, put_in, until


def opened(frame: Frame, path: Path) -> None:
    """Open ``path`` and wait until it is in the box, or a problem is told."""
    page = frame.current()
    page.open_file(path)
    until(lambda: not page.busy and not page.box.filling, "the file")


def test_nothing_pasted_is_told_in_place_and_the_keyboard_is_in_the_box(frame: Frame) -> None:
    press_forward(frame)
    until(lambda: frame.current().problem, "the problem")
    assert frame.currentId() == 1
    assert frame.current().box.hasFocus()


def test_a_poem_is_read_and_nothing_is_claimed(frame: Frame) -> None:
    put_in(frame, POEM)
    assert go_on(frame) == 2
    assert frame.current().accessibleName() == "The text does not say why"


def test_a_paste_beyond_the_bound_keeps_its_beginning_and_says_so(frame: Frame) -> None:
    put_in(frame, TRANSCRIPT.format(name="www") + "x" * 60 + "\n" + ("filler line\n" * 150_000))
    page = frame.current()
    assert len(page.box.toPlainText()) == BOUND
    until(lambda: "very long" in page._so_far.text(), "the quiet line")
    assert go_on(frame) == 2
    assert frame.case.name == "www"


def test_one_undo_takes_a_long_paste_back(frame: Frame) -> None:
    box = frame.current().box
    put_in(frame, "what was there before")
    put_in(frame, "line\n" * 20_000)
    box.undo()
    assert box.toPlainText() == "what was there before"


def test_a_line_without_end_is_broken_up(frame: Frame) -> None:
    put_in(frame, "x" * 500_000)
    assert max(map(len, frame.current().box.toPlainText().split("\n"))) <= 4_000


def test_what_is_no_character_does_no_harm(frame: Frame) -> None:
    box = frame.current().box
    box.replace("\x00\ud800" + TRANSCRIPT.format(name="w\x00w"))
    assert go_on(frame) == 2
    assert "\x00" not in frame.current().evidence.toPlainText()


@pytest.mark.parametrize("name", ["a" * 300, "x" * 300 + ".example", "<b>bold</b>", "name with spaces", "münchen"])
def test_any_name_is_judged(frame: Frame, name: str) -> None:
    put_in(frame, POEM)
    go_on(frame)
    go_on(frame)
    frame.current().field.setText(name)
    assert go_on(frame) == 4
    assert frame.case.judgement is not None
    assert frame.current().scroll.widget().width() <= frame.current().scroll.viewport().width()


def test_markup_from_outside_is_shown_as_it_is(frame: Frame) -> None:
    put_in(frame, "550 5.7.1 <img src=x>: Helo command rejected: need fully-qualified hostname\n")
    assert go_on(frame) == 2
    assert "<img src=x>" in frame.current().evidence.toPlainText()


def test_a_file_is_opened_and_read(frame: Frame, tmp_path: Path) -> None:
    bounce = tmp_path / "bounce.eml"
    bounce.write_text(POSTFIX_DSN)
    opened(frame, bounce)
    assert "Helo command rejected" in frame.current().box.toPlainText()
    assert go_on(frame) == 2
    assert frame.case.name == "srv01"


def test_a_dropped_file_is_read(frame: Frame, tmp_path: Path) -> None:
    bounce = tmp_path / "bounce.txt"
    bounce.write_text(TRANSCRIPT.format(name="www"))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(bounce))])
    box = frame.current().box
    left, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    box.dropEvent(QDropEvent(box.rect().center(), Qt.DropAction.CopyAction, data, left, plain))
    until(lambda: "HELO www" in box.toPlainText(), "the dropped file")


def test_a_file_of_200_mb_is_read_within_its_bound(frame: Frame, tmp_path: Path) -> None:
    huge = tmp_path / "huge.log"
    with huge.open("wb") as stream:
        stream.write(TRANSCRIPT.format(name="www").encode())
        for _ in range(200):
            stream.write(b"Nov 23 08:14:02 mail postfix/qmgr[4711]: 4F2A61C0043: removed....\n" * 16_384)
    opened(frame, huge)
    assert frame.current().problem is None
    assert len(frame.current().box.toPlainText()) <= BOUND
    assert go_on(frame) == 2
    assert frame.case.name == "www"


@pytest.mark.parametrize("content", [random.Random(127).randbytes(20_000), bytes(100_000)], ids=["random", "zeros"])
def test_a_file_without_text_gets_one_sentence(frame: Frame, tmp_path: Path, content: bytes) -> None:
    junk = tmp_path / "junk.bin"
    junk.write_bytes(content)
    put_in(frame, "typed before")
    opened(frame, junk)
    assert frame.current().problem
    assert frame.current().box.toPlainText() == "typed before"


@pytest.mark.parametrize("name", ["missing.eml", "folder"])
def test_a_file_that_is_none_gets_one_sentence(frame: Frame, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    opened(frame, tmp_path / name)
    assert frame.current().problem
    assert name in frame.current().problem


def test_a_pasted_file_link_is_opened(frame: Frame, tmp_path: Path) -> None:
    bounce = tmp_path / "bounce.txt"
    bounce.write_text(TRANSCRIPT.format(name="www"))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(bounce))])
    QApplication.clipboard().setMimeData(data)
    box = frame.current().box
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    until(lambda: "HELO www" in box.toPlainText(), "the pasted file")


def test_every_sample_is_read(frame: Frame) -> None:
    from helodoctor_gui import samples

    page = frame.current()
    actions = page.samples_menu().actions()
    assert len(actions) == len(samples.ORDER)
    for action in actions:
        page._read = None
        action.trigger()
        until(lambda: page._read is not None, "the sample to be read")
        assert page._so_far.text() != "Read so far: nothing that looks like a refused mail."
