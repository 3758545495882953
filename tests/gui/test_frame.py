"""What holds on every page: names for screen readers, headings of its own, buttons, colours in one place only."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

import helodoctor_gui
import measure
from helodoctor_gui.theme import DARK, LIGHT, Colours, theme
from helodoctor_gui.wizard import Frame
from shots import pages
from texts import POSTFIX_DSN
from walking import go_on, put_in

SOURCES = sorted(Path(helodoctor_gui.__file__).parent.rglob("*.py"))


def test_headings_differ_from_page_to_page(frame: Frame) -> None:
    seen: dict[int, str] = {}
    for _ in pages(frame):
        seen[frame.currentId()] = frame.current().accessibleName()
    assert len(set(seen.values())) == 7


def test_outside_text_is_never_rich(frame: Frame) -> None:
    for state in pages(frame):
        for label in frame.current().findChildren(QLabel):
            assert label.textFormat() is Qt.TextFormat.PlainText, (state, label.text()[:40])


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


def contrast(one: str, other: str) -> float:
    return measure.contrast(*(int(colour.removeprefix("#"), 16) for colour in (one, other)))


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


def test_where_the_keyboard_lands_the_answer_is_heard(frame: Frame) -> None:
    put_in(frame, POSTFIX_DSN)
    go_on(frame)
    told = frame.button(frame.WizardButton.NextButton).accessibleDescription()
    assert told.startswith("Your server’s name was refused. ")
    assert "introduced itself as “srv01”" in told


def test_another_colour_scheme_of_the_system_is_followed_at_once(
    frame: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = theme()
    look.choose(None)
    for dark, colours in ((True, DARK), (False, LIGHT)):
        monkeypatch.setattr(look, "_system_is_dark", lambda dark=dark: dark)  # the screenless platform has no scheme
        QApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)
        assert look.colours == colours
    monkeypatch.undo()
    look.choose(None)
