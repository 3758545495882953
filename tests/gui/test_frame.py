"""What holds on every page: names for screen readers, headings of its own, buttons, colours in one place only."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QPlainTextEdit,
    QTreeWidget,
)

import helodoctor_gui
from helodoctor_gui.theme import DARK, LIGHT, Colours, theme
from helodoctor_gui.wizard import Frame
from shots import extras, pages

CONTROLS = (QAbstractButton, QComboBox, QLineEdit, QListWidget, QPlainTextEdit, QTreeWidget)
SOURCES = sorted(Path(helodoctor_gui.__file__).parent.rglob("*.py"))


def spoken_name(control) -> str:
    return control.accessibleName() or getattr(control, "text", lambda: "")()


@pytest.mark.parametrize("walk", [pages, extras])
def test_every_control_on_every_page_has_a_name_and_is_big_enough(frame: Frame, walk) -> None:
    for state in walk(frame):
        tasks_settled(frame)
        shown = [control for kind in CONTROLS for control in frame.findChildren(kind) if control.isVisible()]
        inside = (QLineEdit, QComboBox)  # the clear button of a field, the field of a list: parts of a bigger target
        shown = [c for c in shown if not c.objectName().startswith("qt_") and not isinstance(c.parent(), inside)]
        assert shown
        for control in shown:
            assert spoken_name(control), (state, control)
            assert control.height() >= 24, (state, spoken_name(control), control.height())
        assert frame.current().accessibleName(), state


def tasks_settled(frame: Frame) -> None:
    QTest.qWait(10)


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("speech", ["en", "de"])
def test_nothing_is_wider_than_the_page(frame: Frame, speech: str, scale: float) -> None:
    frame.speak(speech)
    theme().choose("light", scale)
    frame.resize(800, 600)
    for walk in (pages,):
        for state in walk(frame):
            QTest.qWait(10)
            page = frame.current()
            viewport = page.scroll.viewport()
            assert page.scroll.widget().width() <= viewport.width(), state
            assert frame.width() <= 860, state
            for label in page.findChildren(QLabel):
                if label.isVisible() and label.text():
                    needed = label.heightForWidth(label.width())
                    assert label.height() >= needed - 2, (state, label.text()[:60], label.height(), needed)


def test_headings_differ_from_page_to_page(frame: Frame) -> None:
    seen: dict[int, str] = {}
    for _ in pages(frame):
        seen[frame.currentId()] = frame.current().accessibleName()
    assert len(set(seen.values())) == 7


def test_outside_text_is_never_rich(frame: Frame) -> None:
    for state in pages(frame):
        for label in frame.current().findChildren(QLabel):
            assert label.textFormat() is Qt.TextFormat.PlainText, (state, label.text()[:40])


def test_help_says_what_the_page_is(frame: Frame) -> None:
    QTest.keyClick(frame, Qt.Key.Key_F1)
    box = frame.findChild(QMessageBox)
    assert box is not None
    assert box.text() == "What came back?"
    assert len(box.informativeText()) > 80
    box.close()


def test_an_untouched_window_closes_without_a_question(frame: Frame) -> None:
    QTest.keyClick(frame, Qt.Key.Key_Escape)
    assert not frame.isVisible()


def test_the_window_remembers_its_size(frame: Frame) -> None:
    frame.resize(780, 560)
    frame._leave()
    again = Frame()
    assert again.size() == frame.size()
    again.deleteLater()


def test_colours_are_named_in_the_theme_alone() -> None:
    colour = re.compile(r"#[0-9A-Fa-f]{6}\b|QColor\(\"|rgb\(")
    guilty = [path.name for path in SOURCES if path.name != "theme.py" and colour.search(path.read_text())]
    assert guilty == []


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = (int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_pair_of_colours_can_be_read(colours: Colours) -> None:
    grounds = ("background", "rail", "card", "accent_soft", "refusal_soft", "good_soft", "caution_soft")
    texts = [(text, ground) for text in ("text", "secondary") for ground in grounds]
    texts += [("text", "marker"), ("on_accent", "accent"), ("refusal", "refusal_soft"), ("refusal", "background")]
    texts += [("good", "good_soft"), ("caution", "caution_soft"), ("caution", "background"), ("accent", "background")]
    for text, ground in texts:
        assert contrast(getattr(colours, text), getattr(colours, ground)) >= 4.5, (text, ground)
    for outline, ground in (("outline", "background"), ("accent", "background"), ("refusal", "background")):
        assert contrast(getattr(colours, outline), getattr(colours, ground)) >= 3, (outline, ground)


def test_high_contrast_of_the_system_wins(frame: Frame, monkeypatch: pytest.MonkeyPatch) -> None:
    look = theme()
    monkeypatch.setattr(look, "system_wishes_contrast", lambda: True)
    look.choose(None)
    assert look.colours.background == look._system_palette.window().color().name()
    assert look.colours.refusal == look._system_palette.windowText().color().name()
    monkeypatch.undo()
    look.choose(None)


def test_high_contrast_is_black_and_white_where_the_system_has_none(frame: Frame) -> None:
    theme().choose("contrast")
    assert {theme().colours.background, theme().colours.text} == {"#FFFFFF", "#000000"}
    theme().choose(None)
