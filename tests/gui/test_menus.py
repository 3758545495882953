"""The menus: no dead entry, no shortcut twice, and what the View menu does."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from helodoctor_gui import menus, preferences
from helodoctor_gui.theme import theme
from helodoctor_gui.wizard import Frame


def every_menu(frame: Frame) -> list[QMenu]:
    assert frame.menus is not None
    return [one for top in frame.menus.shown for one in (top, *top.findChildren(QMenu))]


def menu(frame: Frame, title: str) -> QMenu:
    return next(one for one in every_menu(frame) if one.title().replace("&", "") == title)


def lines(shown: QMenu) -> list[str]:
    shown.aboutToShow.emit()
    return [action.text() for action in shown.actions() if not action.isSeparator()]


def choose(shown: QMenu, text: str) -> None:
    shown.aboutToShow.emit()
    next(action for action in shown.actions() if action.text() == text).trigger()


def test_no_entry_is_dead(frame: Frame) -> None:
    for row in menus.entries():
        assert callable(menus.function(row.run)), row
        assert row.menu in menus.titles()
        if row.submenu:
            menus.function(row.run)(frame)


@pytest.mark.parametrize("speech", ["en", "de"])
def test_no_shortcut_and_no_alt_letter_means_two_things(frame: Frame, speech: str) -> None:
    frame.speak(speech)
    actions = [action for one in every_menu(frame) for action in one.actions()]
    keys = [way.toString() for action in actions for way in action.shortcuts()]
    assert [key for key, count in Counter(keys).items() if count > 1] == []
    letters = [title[title.index("&") + 1].lower() for title in menus.titles().values()]
    assert len(set(letters)) == len(letters)


def test_alt_and_a_letter_open_a_menu(frame: Frame) -> None:
    QTest.keyClick(frame, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    shown = QApplication.activePopupWidget()
    assert isinstance(shown, QMenu)
    assert "Language" in lines(shown)
    shown.close()


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_nothing_moves_when_the_menus_come_after_the_first_picture(qtbot: QtBot, qapp: object, scale: float) -> None:
    theme().choose("light", scale)
    frame = Frame()
    qtbot.addWidget(frame)
    frame.show()
    QTest.qWait(30)
    before = frame.current().mapTo(frame, QPoint(0, 0))
    frame.furnish()
    QTest.qWait(30)
    moved = frame.current().mapTo(frame, QPoint(0, 0)) - before
    assert moved.manhattanLength() <= 1
    theme().choose(None)


def test_a_language_is_chosen_on_the_spot_and_remembered(frame: Frame) -> None:
    choose(menu(frame, "Language"), "Deutsch")
    assert frame.current().accessibleName() == "Was kam zurück?"
    assert preferences.chosen_language() == "de"
    offered = next(one for one in every_menu(frame) if "Deutsch" in lines(one))
    assert [action.text() for action in offered.actions() if action.isChecked()] == ["Deutsch"]
    preferences.keep(preferences.LANGUAGE, None)


def test_dark_colours_are_chosen_and_given_back(frame: Frame) -> None:
    choose(menu(frame, "Colours"), "Dark")
    assert theme().chosen == ("dark", 1.0)
    choose(menu(frame, "Colours"), "As the system says")
    assert theme().chosen == (None, 1.0)


def test_text_grows_shrinks_and_goes_back(frame: Frame) -> None:
    usual = theme().text_size
    QTest.keySequence(frame, "Ctrl++")
    assert theme().text_size == pytest.approx(usual * 1.1)
    QTest.keySequence(frame, "Ctrl+-")
    QTest.keySequence(frame, "Ctrl+-")
    assert theme().text_size == pytest.approx(usual * 0.9)
    QTest.keySequence(frame, "Ctrl+0")
    assert theme().text_size == usual
    assert preferences.text_size() == 100
