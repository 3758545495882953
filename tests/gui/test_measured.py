"""Every page and state, measured in every language, look, text and window size: room, names, order, contrast."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

import measure
from helodoctor import steps
from helodoctor.casefile import new_file, save
from helodoctor.knowledge.senders import all_systems
from helodoctor.model import Case
from helodoctor.words import handbook, languages, speak
from helodoctor_gui import agent
from helodoctor_gui.looking import own_name
from helodoctor_gui.theme import Scheme, theme
from helodoctor_gui.wizard import Frame
from shots import dialogs, extras, finding, on_show, pages
from texts import POSTFIX_DSN
from walking import until

Walk = Callable[[Frame], Iterator[str]]
Sizes = tuple[tuple[int, int], ...]

SIZES = ((800, 600), (1400, 900))
SCALES = (1.0, 2.0)
LONGER_SIZES: dict[float, Sizes] = {1.0: SIZES, 2.0: ((1000, 690),)}  # a third longer than English: some spare for it
WALKS = (pages, finding, extras, dialogs)
CHAPTERS = {handbook.chapter(speak("en"), name).title for name in handbook.WRITTEN}  # a language begins without them
FACTS = CHAPTERS | {system.title for system in all_systems().values()} | {own_name(code) for code in languages()} | {
    "HELO Doctor", "RFC", "PDF", "OK", "Markdown", "JSON", "mta-gw1.infomaniak.ch", "mx.hof-sonnenberg.example",
    "mx.company.example", "mail.yourcompany.example", "srv01",
}  # fmt: skip


def tell(found: list[str]) -> None:
    assert not found, "\n" + "\n".join(dict.fromkeys(found))


def squeezed(window: QWidget) -> list[str]:
    QTest.qWait(10)
    return [*measure.clipped(window), *measure.overlaps(window)]


def room(frame: Frame, sizes: Sizes = SIZES) -> list[str]:
    """What is wrong with the window on show, at all ``sizes``."""
    found = []
    for size in sizes:
        frame.resize(*size)
        faults = squeezed(on_show(frame))
        if faults:  # the window may still have been settling
            QTest.qWait(100)
            faults = squeezed(on_show(frame))
        if frame.size().toTuple() != size:
            faults.append("the window does not get that small")
        found += [f"{size}: {fault}" for fault in faults]
    return found


@pytest.mark.parametrize("walk", WALKS)
@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("speech", languages())
def test_every_text_has_room(frame: Frame, speech: str, scale: float, walk: Walk) -> None:
    theme().choose("light", scale)
    frame.speak(speech)
    tell([f"{state} {fault}" for state in walk(frame) for fault in room(frame)])


@pytest.mark.parametrize("walk", WALKS)
@pytest.mark.parametrize("scale", SCALES)
def test_a_language_with_longer_words_has_room_and_nothing_is_left_in_english(
    frame: Frame, pseudo_locale: str, scale: float, walk: Walk
) -> None:
    theme().choose("light", scale)
    frame.speak(pseudo_locale)
    found = []
    for state in walk(frame):
        found += [f"{state} {fault}" for fault in room(frame, LONGER_SIZES[scale])]
        found += [f"{state} not translated: {text!r}" for text in measure.untranslated(on_show(frame), FACTS)]
    tell(found)


@pytest.mark.parametrize("walk", WALKS)
def test_every_control_is_named_big_enough_and_reached_in_the_order_of_reading(frame: Frame, walk: Walk) -> None:
    found = []
    for state in walk(frame):
        QTest.qWait(10)
        window = on_show(frame)
        assert window.accessibleName() or window.windowTitle(), state
        faults = [*measure.unnamed(window), *measure.out_of_order(window), *measure.hidden_focus(window)]
        found += [f"{state} {fault}" for fault in faults]
    tell(found)


@pytest.mark.parametrize("walk", WALKS)
@pytest.mark.parametrize("scheme", ["light", "dark", "contrast"])
def test_every_text_and_sign_stands_out_from_its_ground(frame: Frame, scheme: Scheme, walk: Walk) -> None:
    theme().choose(scheme)
    found = []
    for state in walk(frame):
        QTest.qWait(10)
        found += [f"{state} {fault}" for fault in measure.faint(on_show(frame))]
    tell(found)


def test_from_right_to_left_nothing_is_cut_or_covered(frame: Frame) -> None:
    QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        found = [f"{state} {fault}" for state in pages(frame) for fault in (*room(frame), *measure.out_of_order(frame))]
        assert frame.rail.mapTo(frame, frame.rail.rect().topLeft()).x() > frame.width() / 2
    finally:
        QApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    tell(found)


@pytest.fixture
def helpdesk(frame: Frame, tmp_path: Path) -> Iterator[QWidget]:
    """The helpdesk's window with a case in it, which is read."""
    path = tmp_path / "case.helocase"
    save(new_file(steps.judge(steps.read(Case(), POSTFIX_DSN)), "judge"), path)
    window = agent.show([path])
    until(window.found.rowCount, "the case in the list")
    window.list.selectRow(0)
    yield window
    window.close()


@pytest.mark.parametrize("scheme", ["light", "dark", "contrast"])
def test_the_helpdesk_window_is_measured_like_a_page(helpdesk: QWidget, scheme: Scheme) -> None:
    theme().choose(scheme)
    QTest.qWait(200)
    found = [*measure.unnamed(helpdesk), *measure.faint(helpdesk), *measure.out_of_order(helpdesk)]
    for size in SIZES:
        helpdesk.resize(*size)
        QTest.qWait(50)
        found += [f"{size}: {fault}" for fault in (*measure.clipped(helpdesk), *measure.overlaps(helpdesk))]
    tell(found)
