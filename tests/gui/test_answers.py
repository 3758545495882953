"""Back and forth, another language, another look: no answer is lost."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from helodoctor_gui.theme import theme
from helodoctor_gui.wizard import Frame
from test_walk import NEW_NAME, walk_to_the_proof
from texts import POEM, SEEDS, TRANSCRIPT
from walking import go_on, put_in


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
