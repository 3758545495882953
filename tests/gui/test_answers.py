"""Back and forth, another language, another look: no answer is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from helodoctor_gui.theme import theme
from helodoctor_gui.wizard import Frame
from test_walk import NEW_NAME, walk_to_the_proof
from texts import POEM, SEEDS, TRANSCRIPT
from walking import go_on, press_forward, put_in, until


def back(frame: Frame) -> int:
    QTest.keyClick(frame, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    return frame.currentId()


def test_back_to_the_start_and_forward_again_keeps_every_answer(frame: Frame) -> None:
    text = TRANSCRIPT.format(name=SEEDS[3])
    walk_to_the_proof(frame, text)
    reached = frame.case
    for number in range(6, 0, -1):
        assert back(frame) == number
    assert frame.current().box.toPlainText() == text
    for number in range(2, 6):
        assert go_on(frame) == number
    assert frame.current().card.isVisible()
    assert go_on(frame) == 6
    assert frame.current().name.text() == NEW_NAME
    assert go_on(frame) == 7
    assert frame.case == reached


def test_another_text_starts_another_case(frame: Frame) -> None:
    put_in(frame, TRANSCRIPT.format(name="www"))
    go_on(frame)
    go_on(frame)
    assert frame.current().field.text() == "www"
    back(frame)
    back(frame)
    put_in(frame, TRANSCRIPT.format(name="localhost"))
    go_on(frame)
    go_on(frame)
    assert frame.current().field.text() == "localhost"


def test_a_typed_name_outlives_back(frame: Frame) -> None:
    put_in(frame, POEM)
    go_on(frame)
    go_on(frame)
    frame.current().field.setText("srv01")
    assert go_on(frame) == 4
    back(frame)
    assert frame.current().field.text() == "srv01"


def test_the_language_changes_on_the_spot_and_touches_nothing(frame: Frame) -> None:
    put_in(frame, TRANSCRIPT.format(name="www"))
    go_on(frame)
    go_on(frame)
    frame.current().field.setText("srv01")
    frame.speak("de")
    assert frame.current().accessibleName() == "Mit welchem Namen stellt sich Ihr Server vor?"
    assert frame.current().field.text() == "srv01"
    frame.speak("en")
    assert frame.current().accessibleName() == "Which name does your server announce?"


def test_the_look_changes_on_the_spot_and_touches_nothing(frame: Frame) -> None:
    put_in(frame, TRANSCRIPT.format(name="www"))
    go_on(frame)
    before = frame.case
    theme().choose("dark", 2.0)
    assert frame.palette().window().color().lightness() < 60
    assert go_on(frame) == 3
    theme().choose("light")
    assert frame.case == before


def at_the_steps(frame: Frame) -> None:
    put_in(frame, TRANSCRIPT.format(name="www"))
    for number in range(2, 6):
        assert go_on(frame) == number
    frame.current().actions()[0].act()
    assert frame.currentId() == 6


def look_for(frame: Frame, text: str) -> None:
    """Type into the field of the mail systems and leave it; keys go to the list of finds while it is open."""
    field = frame.current().system.lineEdit()
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    finds = field.completer().popup()
    QTest.keyClick(finds if finds.isVisible() else field, Qt.Key.Key_Tab)
    until(lambda: not field.hasFocus(), "the field to be left")


@pytest.mark.parametrize(("typed", "system"), [("hmail", "hmailserver"), ("POSTFIX", "postfix"), ("mdaem", "mdaemon")])
def test_a_mail_system_is_found_by_a_part_of_its_name(frame: Frame, typed: str, system: str) -> None:
    at_the_steps(frame)
    look_for(frame, typed)
    assert frame.case.system == system
    assert frame.case.guide is not None


def test_a_mail_system_nobody_knows_leaves_the_steps_as_they_are(frame: Frame) -> None:
    at_the_steps(frame)
    before = frame.case.guide
    look_for(frame, "no such thing")
    assert frame.case.guide == before
    assert "no such thing" in frame.current()._system_note.accessibleName()


def test_a_new_name_that_cannot_be_set_is_told_and_the_steps_stay(frame: Frame) -> None:
    at_the_steps(frame)
    page = frame.current()
    page.name.setText("localhost")
    press_forward(frame)
    assert frame.currentId() == 6
    assert page.problem
    assert page.name.text() == "localhost"
    page.name.setText(NEW_NAME)
    assert go_on(frame) == 7


def test_ticks_outlive_another_system_where_the_step_is_the_same(frame: Frame) -> None:
    at_the_steps(frame)
    page = frame.current()
    page.name.setText(NEW_NAME)
    page.system.choose("postfix")
    first = page.steps.cards[0]
    first.tick.click()
    page.system.choose("exim")
    assert first.step.id in frame.case.ticks or first.step.id not in {step.id for step in frame.case.guide.steps}
