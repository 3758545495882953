"""A case is kept after every step, comes back as it was, and is forgotten only when somebody says so."""

from __future__ import annotations

import errno
import os
import platform
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton

from helodoctor.casefile import autosaved, decode, encode, new_file, open_file
from helodoctor.casefile import store as disk
from helodoctor.casefile.code import decode as decode_code
from helodoctor.journey import Page as Stop
from helodoctor.model import Case
from helodoctor_gui.cases import opening
from helodoctor_gui.widgets.step import StepCard
from helodoctor_gui.wizard import Frame
from shots import pages
from test_menus import choose, lines, menu
from texts import POEM
from walking import go_on, put_in, until


def walk_to(frame: Frame, state: str) -> None:
    """Up to the state of that name in the walk of the pictures."""
    for reached in pages(frame):
        if reached == state:
            return


def kept(frame: Frame) -> Path:
    """The autosaved file, once everything is in it."""
    assert frame.cases is not None
    until(lambda: frame.cases.keeper._saving is None, "the disk")  # type: ignore[union-attr]
    return autosaved()[0].path


def dialog(frame: Frame) -> QMessageBox:
    until(lambda: shown(frame), "a message")
    return shown(frame)[0]


def shown(frame: Frame) -> list[QMessageBox]:
    return [box for box in frame.findChildren(QMessageBox) if box.isVisible()]


def answer(box: QMessageBox, text: str) -> None:
    next(button for button in box.buttons() if button.text() == text).click()


def test_every_step_is_on_the_disk_before_the_next(frame: Frame) -> None:
    assert autosaved() == ()
    for state in pages(frame):
        if state.startswith("1"):
            continue
        file = open_file(kept(frame)).file
        assert file.case == frame.case, state
        assert Stop(file.page).number == frame.currentId(), state
    assert len(autosaved()) == 1


def test_closing_asks_nothing_and_the_case_is_kept(frame: Frame) -> None:
    put_in(frame, POEM)
    go_on(frame)
    case = frame.case
    QTest.keyClick(frame, Qt.Key.Key_Escape)
    assert not frame.isVisible()
    [saved] = autosaved()
    assert open_file(saved.path).file.case == case
    assert not disk.lock_of(saved.path).exists()


def test_a_case_comes_back_with_page_answers_ticks_and_trials(frame: Frame) -> None:
    walk_to(frame, "6-fix-more")
    before, number, name = frame.case, frame.currentId(), frame.current().name.text()  # type: ignore[attr-defined]
    assert before.ticks
    assert before.trials
    path = kept(frame)
    choose(menu(frame, "File"), "New case")
    assert frame.currentId() == 1
    assert frame.case == Case()
    assert not frame.current().box.toPlainText()  # type: ignore[attr-defined]
    assert frame.cases is not None
    frame.cases.open_path(path, own=False)
    until(lambda: frame.currentId() == number, "the page")
    page = frame.current()
    assert page.name.text() == name  # type: ignore[attr-defined]
    assert page.findChildren(StepCard)[0].tick.isChecked()
    assert frame.case == before


def test_the_conversation_is_there_again(frame: Frame) -> None:
    walk_to(frame, "5-try")
    path, said = kept(frame), [line.text for line in frame.case.trials[-1].dialogue]
    assert frame.cases is not None
    frame.cases.new()
    frame.cases.open_path(path, own=False)
    until(lambda: frame.currentId() == 5, "the page")
    page = frame.current()
    assert page.accessibleName() == "The refusal, seen live"
    assert page.next_label() == "Show the fix"
    shown_lines = [label.text() for label in page.conversation.findChildren(QLabel)]  # type: ignore[attr-defined]
    assert all(any(line in one for one in shown_lines) for text in said for line in text.splitlines())


def test_a_read_only_folder_is_told_and_nothing_is_lost(frame: Frame, monkeypatch: pytest.MonkeyPatch) -> None:
    put_in(frame, POEM)
    go_on(frame)
    folder = kept(frame).parent
    before = open_file(kept(frame)).file.case

    def refuse(path: Path, _data: bytes) -> None:  # the tests may run as root, whom no mode stops
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    monkeypatch.setattr(disk, "_write", refuse)
    go_on(frame)
    box = dialog(frame)
    assert "Permission denied" in box.informativeText()
    box.close()
    [saved] = [one for one in folder.iterdir() if one.suffix == ".helocase"]
    assert open_file(saved).file.case == before
    monkeypatch.undo()
    frame.current().go_on()
    kept(frame)


def test_a_double_click_on_macos_opens_the_case(frame: Frame, a_case: Case, tmp_path: Path, qapp: object) -> None:
    from PySide6.QtCore import QEvent, QUrl
    from PySide6.QtGui import QFileOpenEvent
    from PySide6.QtWidgets import QApplication

    from helodoctor_gui.app import Application

    path = tmp_path / "sent.helocase"
    disk.save(new_file(a_case, "try"), path)
    assert isinstance(qapp, Application)
    qapp.file_asked.connect(frame.open_file)
    asked = QFileOpenEvent(QUrl.fromLocalFile(str(path)))
    assert asked.type() == QEvent.Type.FileOpen
    QApplication.sendEvent(qapp, asked)
    until(lambda: frame.currentId() == 5, "page 5")
    qapp.file_asked.disconnect(frame.open_file)


def test_back_to_the_start_and_forward_again_keeps_a_case_that_was_opened(frame: Frame) -> None:
    walk_to(frame, "7-fixed")
    before, path = frame.case, kept(frame)
    assert frame.cases is not None
    frame.cases.new()
    frame.cases.open_path(path, own=False)
    until(lambda: frame.currentId() == 7, "the page")
    while frame.currentId() > 1:
        frame.back()
    assert before.bounce is not None
    assert frame.current().box.toPlainText() == before.bounce.text  # type: ignore[attr-defined]
    for number in (2, 3, 4, 5):
        assert go_on(frame) == number
    assert frame.case == before


def test_another_text_is_another_case_and_the_first_stays(frame: Frame) -> None:
    put_in(frame, POEM)
    go_on(frame)
    first = kept(frame)
    frame.back()
    put_in(frame, "550 5.7.1 <www>: Helo command rejected: need fully-qualified hostname")
    go_on(frame)
    kept(frame)
    assert len(autosaved()) == 2
    bounce = open_file(first).file.case.bounce
    assert bounce is not None
    assert bounce.text == POEM


# --- after the program ended unasked ---


def left_open(case: Case, page: str) -> Path:
    """A case on the disk as a killed program leaves it: with a lock of a process that is no more."""
    path = disk.autosave(new_file(case, page))
    disk.lock_of(path).write_text(f"999999999\nhelodoctor\n{platform.node()}\n\n")
    return path


@pytest.fixture
def a_case(frame: Frame) -> Case:
    """What the walk has found by page 5; nothing of it is kept."""
    walk_to(frame, "5-try-choice")
    case = frame.case
    assert frame.cases is not None
    frame.cases.new()
    for saved in autosaved():
        disk.forget(saved.path)
    return case


def test_what_was_cut_off_is_offered_and_gone_on_with(frame: Frame, a_case: Case) -> None:
    left_open(a_case, "try")
    assert opening.offer_cut_off(frame)
    box = dialog(frame)
    assert "You were on page 5 of a case from " in box.informativeText()
    answer(box, "Go on")
    until(lambda: frame.currentId() == 5, "page 5")
    assert frame.case == a_case
    assert len(autosaved()) == 1


def test_start_new_keeps_what_was_cut_off_among_the_recent(frame: Frame, a_case: Case) -> None:
    left_open(a_case, "try")
    opening.offer_cut_off(frame)
    answer(dialog(frame), "Start new")
    assert frame.currentId() == 1
    assert not opening.offer_cut_off(frame)  # asked once
    [line] = lines(menu(frame, "Recent cases"))
    assert line.endswith(": www, page 5")
    choose(menu(frame, "Recent cases"), line)
    until(lambda: frame.currentId() == 5, "page 5")


def test_a_case_that_is_open_elsewhere_is_not_offered(frame: Frame, a_case: Case) -> None:
    path = disk.autosave(new_file(a_case, "try"))
    disk.lock_of(path).write_text(f"{os.getpid()}\n{Path('/proc/self/exe').resolve().name}\n{platform.node()}\n\n")
    assert not opening.offer_cut_off(frame)


def test_a_case_that_is_open_elsewhere_is_shown_and_not_written(frame: Frame, a_case: Case) -> None:
    path = disk.autosave(new_file(a_case, "try"))
    elsewhere = QLockFile(str(disk.lock_of(path)))
    assert elsewhere.tryLock(0)
    before = path.read_bytes()
    assert frame.cases is not None
    frame.cases.open_path(path, own=False)
    box = dialog(frame)
    assert "open in another window" in box.text()
    box.close()
    frame.current().go_on()
    QTest.qWait(100)
    assert path.read_bytes() == before
    elsewhere.unlock()


def test_a_case_that_was_closed_is_not_offered(frame: Frame, a_case: Case) -> None:
    disk.autosave(new_file(a_case, "try"))
    assert not opening.offer_cut_off(frame)


# --- files ---


def test_save_as_keeps_the_file_up_to_date_from_then_on(frame: Frame, tmp_path: Path) -> None:
    put_in(frame, POEM)
    go_on(frame)
    path = tmp_path / "mine.helocase"
    opening.save_to(frame, path)
    assert open_file(path).file.case == frame.case
    go_on(frame)
    kept(frame)
    assert open_file(path).file.page == "name"


def test_a_newer_file_is_shown_and_never_written(frame: Frame, a_case: Case, tmp_path: Path) -> None:
    path = tmp_path / "newer.helocase"
    data = encode(new_file(a_case, "try")).replace(b'"version": 1', b'"version": 99').replace(b'"app": "', b'"app": "9')
    path.write_bytes(data)
    opening.open_file(frame, path)
    box = dialog(frame)
    assert "which is newer. It can be read, but not changed here" in box.text()
    box.close()
    assert frame.currentId() == 5
    frame.current().go_on()
    QTest.qWait(100)
    choose(menu(frame, "File"), "Save the case as…")  # a copy would lack what is not understood
    assert "which is newer" in dialog(frame).text()
    dialog(frame).close()
    assert path.read_bytes() == data
    assert autosaved() == ()


@pytest.mark.parametrize("content", [b"", b"{}", b"\0\xff", b'{"format": "helocase", "version": 1}', b"[" * 100_000])
def test_a_broken_file_gets_one_sentence_and_the_case_stays(frame: Frame, tmp_path: Path, content: bytes) -> None:
    put_in(frame, POEM)
    go_on(frame)
    case, path = frame.case, tmp_path / "broken.helocase"
    path.write_bytes(content)
    opening.open_file(frame, path)
    box = dialog(frame)
    assert box.text().startswith("This is not a case file of HELO Doctor")
    box.close()
    assert frame.case == case
    assert path.read_bytes() == content


# --- a disk that does not take it ---


def full(*_arguments: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_is_told_once_and_tried_again(frame: Frame, monkeypatch: pytest.MonkeyPatch) -> None:
    put_in(frame, POEM)
    go_on(frame)
    before = kept(frame).read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr(disk, "_write", full)
        go_on(frame)
        box = dialog(frame)
        assert "No space left on device" in box.informativeText()
        assert "You can go on" in box.informativeText()
        box.close()
        frame.back()
        QTest.qWait(100)
        assert not shown(frame)
        assert kept(frame).read_bytes() == before
        frame.reject()
        assert dialog(frame).text() == "Close HELO Doctor?"
        answer(dialog(frame), "Keep it open")
        assert frame.isVisible()
    frame.reject()
    assert not frame.isVisible()
    [saved] = autosaved()
    assert decode(saved.path.read_bytes()).file.case == frame.case


# --- forgetting ---


def test_forgetting_this_case_deletes_it_and_begins_anew(frame: Frame) -> None:
    put_in(frame, POEM)
    go_on(frame)
    path = kept(frame)
    choose(menu(frame, "File"), "Forget this case…")
    answer(dialog(frame), "Keep")
    assert path.exists()
    choose(menu(frame, "File"), "Forget this case…")
    answer(dialog(frame), "Delete")
    assert frame.case == Case()
    assert list(path.parent.iterdir()) == []


def test_forgetting_all_cases(frame: Frame, a_case: Case) -> None:
    for _ in range(3):
        disk.autosave(new_file(a_case, "try"))
    choose(menu(frame, "File"), "Forget all cases…")
    box = dialog(frame)
    assert "3 cases are kept" in box.informativeText()
    answer(box, "Delete")
    assert autosaved() == ()


def test_cases_of_over_90_days_are_offered_for_deletion_once_a_month(frame: Frame, a_case: Case) -> None:
    old, new = (disk.autosave(new_file(a_case, "try")) for _ in range(2))
    long_ago = time.time() - 91 * 86_400
    os.utime(old, (long_ago, long_ago))
    opening.offer_old(frame)
    box = dialog(frame)
    assert box.text() == "1 case is older than 90 days. Delete it?"
    answer(box, "Delete")
    assert (old.exists(), new.exists()) == (False, True)
    os.utime(new, (long_ago, long_ago))
    opening.offer_old(frame)
    assert not shown(frame)


# --- the support code ---


def test_the_support_code_says_the_page_on_show(frame: Frame) -> None:
    assert frame.cases is not None
    assert frame.cases.code is None
    for state in pages(frame):
        if frame.case == Case():
            continue
        assert frame.cases.code is not None
        screen = decode_code(frame.cases.code.code)
        assert (screen.page, screen.cause) == (frame.stop.value, frame.case.diagnosis.cause), state  # type: ignore[union-attr]
        assert any(label.text() == frame.cases.code.code for label in frame.rail.findChildren(QLabel))
    frame.cases.code.findChild(QPushButton).click()
    from PySide6.QtWidgets import QApplication

    assert decode_code(QApplication.clipboard().text()).page == "fixed"
