"""Help, handbook, glossary, About, settings and Find, as a user meets them."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QProgressBar

from helodoctor import offline
from helodoctor.words import handbook, speak
from helodoctor_gui import language
from helodoctor_gui.aid import about, find
from helodoctor_gui.aid.find import Find
from helodoctor_gui.aid.handbook import Handbook
from helodoctor_gui.aid.page_help import PageHelp
from helodoctor_gui.aid.settings import Settings
from helodoctor_gui.theme import theme
from helodoctor_gui.widgets.findings import FindingRow
from helodoctor_gui.wizard import Frame
from texts import POSTFIX_DSN
from walking import go_on, put_in, until


def read(window) -> str:
    return "\n".join(label.text().replace("\u200b", "") for label in window.findChildren(QLabel) if label.isVisible())


def opened(frame: Frame, kind):
    found = [dialog for dialog in frame.findChildren(kind) if dialog.isVisible()]
    assert len(found) == 1, found
    return found[0]


def entry(frame: Frame, text: str):
    actions = (action for menu in frame.menus.bar.actions() for action in menu.menu().actions())
    return next(action for action in actions if action.text() == text)


def test_f1_says_what_the_page_is_for_and_explains_its_words(frame: Frame) -> None:
    QTest.keyClick(frame, Qt.Key.Key_F1)
    told = read(opened(frame, PageHelp))
    assert "What came back?" in told
    assert "the bounce" in told
    assert "The message that says a mail was not taken." in told


def test_help_leads_to_the_chapter_of_its_page(frame: Frame) -> None:
    put_in(frame, POSTFIX_DSN)
    go_on(frame)
    frame.show_help()
    opened(frame, PageHelp).more.click()
    assert opened(frame, Handbook).chapters.currentData() == "happened"


@pytest.mark.parametrize("name", handbook.CHAPTERS)
def test_every_chapter_is_shown_with_its_pictures(frame: Frame, name: str) -> None:
    book = Handbook(frame, name)
    book.show()
    chapter = handbook.chapter(speak("en"), name)
    assert book.reader.toPlainText().strip().startswith(chapter.title)
    assert "{#" not in book.reader.toPlainText()
    assert len(book.reader.headings()) == len(chapter.anchors)


def test_the_handbook_opens_at_the_check_of_a_finding(frame: Frame) -> None:
    book = Handbook(frame, "checks", "single-label")
    book.show()
    assert book.reader.textCursor().block().text() == "single-label"


def test_a_finding_leads_to_its_place_in_the_handbook(frame: Frame) -> None:
    put_in(frame, POSTFIX_DSN)
    for _page in range(3):
        go_on(frame)
    row = next(row for row in frame.current().findChildren(FindingRow) if "nickname" in row.accessibleName())
    assert "nickname" in row.more.accessibleDescription()
    row.more.click()
    book = opened(frame, Handbook)
    assert book.chapters.currentData() == "checks"
    until(lambda: book.reader.viewport().rect().contains(book.reader.cursorRect()), "the place in sight")
    assert book.reader.textCursor().block().text() == "single-label"


def test_the_handbook_follows_no_link_to_the_outside(frame: Frame) -> None:
    book = Handbook(frame, "start")
    book.show()
    book.reader.anchorClicked.emit(QUrl("https://elsewhere.example/"))
    assert book.chapters.currentData() == "start"
    book.reader.anchorClicked.emit(QUrl("checks.md#localhost"))
    assert book.chapters.currentData() == "checks"


def test_about_names_the_version_the_knowledge_and_the_licences(frame: Frame) -> None:
    entry(frame, "About HELO Doctor").trigger()
    told = read(opened(frame, about.About))
    assert "knowledge of 20" in told
    assert "MIT licence" in told
    assert "dnspython" in told and "ISC" in told
    assert "LGPL-3.0-only" in told
    assert "more than a year old" not in told


def test_knowledge_is_old_after_a_year(frame: Frame, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not about.is_old("2026-11-23", date(2027, 11, 23))
    assert about.is_old("2026-11-23", date(2027, 11, 25))
    monkeypatch.setattr(about, "knowledge_date", lambda: "2020-01-01")
    about.show(frame)
    assert "more than a year old" in read(opened(frame, about.About))


def test_the_language_chosen_in_the_settings_holds_at_once_and_loses_nothing(frame: Frame) -> None:
    put_in(frame, POSTFIX_DSN)
    entry(frame, "Settings…").trigger()
    settings = opened(frame, Settings)
    settings.language.setCurrentText("Deutsch")
    settings.language.activated.emit(settings.language.currentIndex())
    assert frame.current().accessibleName() == "Was kam zurück?"
    assert language.words().language == "de"
    assert "srv01" in frame.current().box.toPlainText()


def test_colours_and_size_chosen_in_the_settings_hold_at_once(frame: Frame) -> None:
    settings = Settings(frame)
    settings.colours.setCurrentText("High contrast")
    settings.colours.activated.emit(settings.colours.currentIndex())
    settings.text_size.setCurrentText("200 %")
    settings.text_size.activated.emit(settings.text_size.currentIndex())
    assert theme().chosen == ("contrast", 2.0)
    assert Settings(frame).text_size.currentText() == "200 %"


def test_never_use_the_network_is_a_choice_of_the_settings(frame: Frame) -> None:
    Settings(frame).offline.click()
    assert offline.wished()
    settings = Settings(frame)
    assert settings.offline.isChecked()
    settings.offline.click()
    assert not offline.wished()


def test_with_less_motion_a_wait_is_told_in_words_alone(frame: Frame) -> None:
    Settings(frame).still.click()
    frame.current().set_busy("Waiting for something …")
    QTest.qWait(600)
    bars = [bar for bar in frame.current().findChildren(QProgressBar) if bar.isVisible()]
    assert bars == []
    assert "Waiting for something …" in read(frame.current())
    frame.current().set_busy(None)


def test_find_goes_through_every_text_of_a_page(frame: Frame) -> None:
    put_in(frame, POSTFIX_DSN)
    go_on(frame)
    finder = find.show(frame)
    QTest.keyClicks(finder.field, "SRV01")
    QTest.keyClick(finder.field, Qt.Key.Key_Return)
    assert finder.told.text().startswith("1 of ")
    count = int(finder.told.text().split()[-1])
    assert count >= 2
    for _ in range(count):
        finder.following.click()
    assert finder.told.text().startswith("1 of ")
    finder.before.click()
    assert finder.told.text() == f"{count} of {count}"
    assert frame.current().evidence.textCursor().selectedText().casefold() == "srv01"
    finder.field.setText("nowhere in here")
    finder.following.click()
    assert finder.told.text() == "Not found"


def find_by_keyboard(window) -> None:
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    QTest.qWait(50)
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.qWait(20)
    opened(window, Find).close()


def test_find_opens_by_keyboard_in_the_window(frame: Frame) -> None:
    find_by_keyboard(frame)


def test_find_opens_by_keyboard_in_a_dialog(frame: Frame) -> None:
    frame.show_help()
    find_by_keyboard(opened(frame, PageHelp))
