"""The whole walk by keyboard alone, from the pasted text to both facts proven, with the practice server here."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from helodoctor import steps
from helodoctor.model import Cause, ProofState, TrialVerdict, Verdict
from helodoctor_gui.wizard import Frame
from texts import GMAIL, MAILBOX_FULL, POSTFIX_DSN, SEEDS, TRANSCRIPT, accepted
from walking import go_on, press_forward, put_in, run_trial, until

NEW_NAME = "mail.firma.example"

SEED_CAUSES = {
    "127.0.0.1": Cause.HELO_BARE_IP,
    "[127.0.0.1]": Cause.HELO_ADDRESS_LITERAL,
    "localhost": Cause.HELO_LOCALHOST,
    "www": Cause.HELO_NOT_FQDN,
    "servidor": Cause.HELO_NOT_FQDN,
    "fakedomain.xyz": Cause.HELO_UNSPECIFIED,
}


def tab_to(frame: Frame, widget: QWidget) -> None:
    """Press Tab until ``widget`` has the keyboard; a trap or a missing stop fails."""
    for _ in range(80):
        if widget.hasFocus():
            return
        QTest.keyClick(QApplication.focusWidget() or frame, Qt.Key.Key_Tab)
    raise AssertionError(f"{widget.accessibleName()!r} is not reached by Tab")


def type_into(frame: Frame, field: QWidget, text: str) -> None:
    tab_to(frame, field)
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, text)


def choose_practice(frame: Frame) -> None:
    """Arrow keys move through the servers."""
    page = frame.current()
    start = page.first_focus()
    tab_to(frame, start)
    for _ in range(3):
        if page.servers.practice.isChecked():
            return
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert page.servers.practice.isChecked()


def walk_to_the_proof(frame: Frame, text: str) -> None:
    put_in(frame, text)
    assert go_on(frame) == 2
    assert go_on(frame) == 3
    assert go_on(frame) == 4
    assert go_on(frame) == 5
    choose_practice(frame)
    run_trial(frame)
    assert go_on(frame) == 6
    page = frame.current()
    type_into(frame, page.name, NEW_NAME)
    assert go_on(frame) == 7
    page = frame.current()
    tab_to(frame, page.practise)
    QTest.keyClick(page.practise, Qt.Key.Key_Space)
    until(lambda: not page.busy, "the trial with the new name")
    assert steps.proof(frame.case).state is ProofState.HALF_TAKES
    tab_to(frame, page.says.paste)
    QTest.keyClick(page.says.paste, Qt.Key.Key_Space)
    QApplication.clipboard().setText(accepted(NEW_NAME))
    QTest.keyClick(page.says.box, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    tab_to(frame, page.says.read)
    QTest.keyClick(page.says.read, Qt.Key.Key_Space)
    until(lambda: frame.case.announcements or page.problem, "the proof to be read")


@pytest.mark.parametrize("name", SEEDS)
def test_a_refused_transcript_is_walked_to_a_proven_fix(frame: Frame, name: str) -> None:
    walk_to_the_proof(frame, TRANSCRIPT.format(name=name))
    assert frame.case.diagnosis is not None
    assert frame.case.diagnosis.cause is SEED_CAUSES[name]
    assert frame.case.name == name
    assert frame.case.trials[0].verdict is TrialVerdict.REFUSED
    assert frame.case.trials[1].verdict is TrialVerdict.ACCEPTED
    assert frame.current().accessibleName() == "It is fixed"


def test_a_delivery_report_of_postfix_is_walked_to_a_proven_fix(frame: Frame) -> None:
    walk_to_the_proof(frame, POSTFIX_DSN)
    assert frame.case.name == "srv01"
    assert frame.case.system == "postfix"
    assert frame.current().accessibleName() == "It is fixed"


def test_a_refusal_by_gmail_is_walked_to_a_proven_fix(frame: Frame) -> None:
    walk_to_the_proof(frame, GMAIL)
    assert frame.case.name == "localhost"
    assert frame.current().accessibleName() == "It is fixed"


def test_a_bounce_that_is_not_about_the_name_ends_on_page_two_with_what_to_do(frame: Frame) -> None:
    put_in(frame, MAILBOX_FULL)
    assert go_on(frame) == 2
    page = frame.current()
    assert frame.case.diagnosis is not None
    assert frame.case.diagnosis.verdict is Verdict.NOT_HELO
    assert page.accessibleName() == "The name is not the problem"
    assert "full" in page.card.accessibleName()
    assert frame.button(frame.WizardButton.FinishButton).isVisible()
    press_forward(frame)
    until(lambda: not frame.isVisible(), "the window to close")


def test_without_a_name_the_steps_begin_with_finding_it_out(frame: Frame) -> None:
    put_in(frame, "550 5.7.1 Access denied - bogus HELO\n")
    go_on(frame)
    assert go_on(frame) == 3
    page = frame.current()
    tab_to(frame, page.unknown)
    QTest.keyClick(page.unknown, Qt.Key.Key_Space)
    assert go_on(frame) == 6
    assert frame.case.name is None
    assert frame.case.guide is not None


def test_a_name_that_was_just_refused_is_not_praised_but_another_one_is(frame: Frame) -> None:
    put_in(frame, TRANSCRIPT.format(name="fakedomain.xyz"))
    for number in (2, 3, 4):
        assert go_on(frame) == number
    assert frame.current().accessibleName() == "The name may cause trouble"
    frame.back()
    frame.current().field.setText("mail.fakedomain.xyz")
    go_on(frame)
    assert frame.current().accessibleName() == "It is a good name"
