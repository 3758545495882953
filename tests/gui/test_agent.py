"""The helpdesk's window: many cases listed and searched, one of them read, compared, answered; all by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QTableView,
)
from pytestqt.qtbot import QtBot

from core.casefile.test_session import SESSION
from core.casefile.walked import NEW_NAME, walked
from helodoctor import steps
from helodoctor.bounce.samples import samples
from helodoctor.casefile import new_file, open_file, save
from helodoctor.casefile.code import encode, screen_of
from helodoctor.casefile.sent import send
from helodoctor.casefile.summary import Summary
from helodoctor.model import Case
from helodoctor_gui import agent, language, tasks
from helodoctor_gui.agent.model import Cases
from helodoctor_gui.agent.prepare import PrepareDialog
from helodoctor_gui.agent.screen import ScreenDialog
from helodoctor_gui.agent.texts import Lines
from helodoctor_gui.agent.triage import TriageDialog
from helodoctor_gui.agent.window import AgentWindow
from helodoctor_gui.theme import theme
from helodoctor_gui.wizard import Frame
from walking import until

HOSTILE = "<b>bold</b><img src=x>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A prepared case, the same come back, one for each sample, a broken one, and a bounce."""
    place = tmp_path / "cases"
    place.mkdir()
    prepared = new_file(steps.prepared(SESSION))
    send(prepared, tmp_path / "outbox.helocase")
    save(replace(prepared, case=replace(walked(), session=SESSION), page="fixed"), place / "Ticket 4711.helocase")
    for sample in samples():
        save(new_file(steps.judge(steps.read(Case(), sample.text)), "judge"), place / f"{sample.id}.helocase")
    (place / "broken.helocase").write_bytes(b"{")
    (place / "bounce.txt").write_text("550 5.7.1 <www>: Helo command rejected")
    return place


@pytest.fixture
def window(qtbot: QtBot, folder: Path) -> Iterator[AgentWindow]:
    language.use("en")
    theme().choose(None)
    shown = agent.show([folder])
    qtbot.waitExposed(shown)
    until(shown.stop.isHidden, "the list")
    yield shown
    tasks.stop()
    shown.close()
    QTest.qWait(20)


def titles(window: AgentWindow) -> set[str]:
    return {str(window.found.index(row, 0).data()) for row in range(window.found.rowCount())}


def choose(window: AgentWindow, title: str) -> None:
    """Go to the row called so, and wait until the case is read."""
    rows = range(window.found.rowCount())
    row = next(row for row in rows if window.found.index(row, 0).data() == title)
    window.list.setCurrentIndex(window.found.index(row, 0))
    path = window.cases.line(window.found.mapToSource(window.found.index(row, 0)).row()).path
    until(lambda: window.details.path == path and window.details.file is not None, "the case")


def look_for(window: AgentWindow, text: str) -> None:
    window.search.setText(text)
    QTest.qWait(200)


# --- the list ---------------------------------------------------------------------------------------------------------


def test_every_case_is_listed_and_other_files_are_named(window: AgentWindow) -> None:
    assert len(titles(window)) == len(samples()) + 2
    assert window.statusBar().currentMessage() == "1 other file lay among them. “Triage” reads those too."
    assert window._count.text() == f"{len(samples()) + 2} of {len(samples()) + 2} cases"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("4711", {"Ticket 4711"}),
        (NEW_NAME.upper(), {"Ticket 4711"}),
        ("helo-localhost", {"localhost-log"}),
        ("kolibri helpdesk", {"Ticket 4711"}),
        ("infomaniak postfix", {"Ticket 4711"}),
        ("nothing of the kind", set()),
    ],
)
def test_words_are_looked_for_in_all_that_is_listed(window: AgentWindow, text: str, found: set[str]) -> None:
    look_for(window, text)
    assert titles(window) == found


def test_only_cases_in_one_state(window: AgentWindow) -> None:
    window.state.setCurrentIndex(window.state.findData("unread"))
    QTest.qWait(200)
    assert titles(window) == {"broken"}


def test_a_column_sorts_and_the_chosen_case_stays_chosen(window: AgentWindow) -> None:
    choose(window, "Ticket 4711")
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        window.list.sortByColumn(0, order)
        shown = [str(window.found.index(row, 0).data()).casefold() for row in range(window.found.rowCount())]
        assert shown == sorted(shown, reverse=order is Qt.SortOrder.DescendingOrder)
        assert window.list.currentIndex().siblingAtColumn(0).data() == "Ticket 4711"


def test_times_are_told_as_the_language_does_and_sorted_as_time_goes(window: AgentWindow) -> None:
    language.use("de")
    times = [datetime(2026, 1, 31, 12), datetime(2026, 2, 1, 12), datetime(2025, 12, 24, 12)]
    cases = Cases(window)
    cases.add(Summary(path=f"{time:%m}", state="open", saved=time.astimezone()) for time in times)
    cases.sort(cases.columnCount() - 1)
    told = [cases.index(row, cases.columnCount() - 1).data() for row in range(3)]
    assert told == ["24.12.2025, 12:00", "31.01.2026, 12:00", "01.02.2026, 12:00"]


@pytest.mark.parametrize("width", [360, 540, 1200])
def test_no_column_of_what_changed_is_out_of_sight(qtbot: QtBot, width: int) -> None:
    table = Lines()
    qtbot.addWidget(table)
    table.show_rows(("Page", "What", "Before", "Now"), [("7  Is it fixed?", "Is it fixed?", "No. " * 9, "Yes. " * 99)])
    table.resize(width, 200)
    table.show()
    qtbot.waitExposed(table)
    assert table.columnViewportPosition(3) + table.columnWidth(3) <= table.viewport().width()
    assert min(table.columnWidth(column) for column in range(4)) > 60


def test_what_is_dropped_is_listed_and_nothing_twice(window: AgentWindow, tmp_path: Path, folder: Path) -> None:
    save(new_file(walked()), tmp_path / "dropped.helocase")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in (tmp_path / "dropped.helocase", folder)])
    action, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(), action, data, button, keys))
    until(lambda: "dropped" in titles(window), "the dropped case")
    until(window.stop.isHidden, "the list")
    assert window.cases.rowCount() == len(samples()) + 3


def test_stop_ends_the_reading(window: AgentWindow, tmp_path: Path) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for number in range(2000):
        (many / f"{number}.helocase").write_bytes(b"{")
    before = window.cases.rowCount()
    window.add([str(many)])
    window.stop.click()
    until(window.stop.isHidden, "the end")
    assert window.cases.rowCount() - before < 2000


# --- one case ---------------------------------------------------------------------------------------------------------


def test_a_case_in_full(window: AgentWindow) -> None:
    choose(window, "Ticket 4711")
    details = window.details
    assert "Infomaniak refused the mail" in details.report.toPlainText()
    assert details._told.text().startswith("Support code: ")
    assert [row[2] for row in details.timeline.rows] == [
        "Trial", "Trial", "Reply of the helpdesk", "Your server says it", "The case was begun", "Saved last",
    ]  # fmt: skip


def test_two_trials_beside_each_other(window: AgentWindow) -> None:
    choose(window, "Ticket 4711")
    trials = window.details.trials
    assert ("Result", "refused", "taken") in trials.compared.rows
    assert "550 5.7.1 bogus HELO [1]" in trials.texts[0].toPlainText()
    trials.choices[1].setCurrentIndex(0)
    assert ("Result", "refused", "refused") in trials.compared.rows


def test_what_changed_since_it_was_sent(window: AgentWindow) -> None:
    choose(window, "Ticket 4711")
    shown = {(row[1], row[2], row[3]) for row in window.details.answering.changed.rows}
    assert {("Name", "", "www"), ("Trial", "", f"{NEW_NAME}: taken")} <= shown
    assert ("Page", "1  What came back?", "7  Is it fixed?") in shown


def test_a_case_from_elsewhere_can_be_compared_with_another_file(window: AgentWindow, folder: Path) -> None:
    choose(window, "localhost-log")
    answering = window.details.answering
    assert "not sent from here" in answering._since.text()
    window.replying.compare_with(folder / "Ticket 4711.helocase")
    until(lambda: answering.changed.rows, "the difference")
    assert ("Name", "www", "localhost") in {row[1:] for row in answering.changed.rows}


def test_a_broken_case_says_why_in_one_sentence(window: AgentWindow) -> None:
    row = next(row for row in range(window.found.rowCount()) if window.found.index(row, 0).data() == "broken")
    window.list.setCurrentIndex(window.found.index(row, 0))
    until(lambda: "not a case file" in window.details._told.text(), "the sentence")
    assert not window.details.copy.isEnabled()


def test_the_ticket_text_is_copied_masked_as_the_profile_asks(window: AgentWindow, home: Path) -> None:
    choose(window, "Ticket 4711")
    window.details.copy.click()
    assert "user123" in QApplication.clipboard().text()
    place = home / ".config" / "helodoctor" / "profile.toml"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("version = 1\n[masks]\nalways = ['mailbox']\n")
    window.details.copy.click()
    assert "user123" not in QApplication.clipboard().text()
    assert "Infomaniak refused the mail" in QApplication.clipboard().text()


def test_the_report_dialog_opens_for_the_chosen_case(window: AgentWindow) -> None:
    choose(window, "Ticket 4711")
    window.details.export.click()
    dialog = window.findChild(QDialog)
    assert dialog is not None
    until(dialog.preview.toPlainText, "the preview")  # type: ignore[attr-defined]
    dialog.reject()


# --- replying ---------------------------------------------------------------------------------------------------------


def test_a_reply_goes_into_a_file_and_nothing_else_of_the_case_changes(window: AgentWindow, tmp_path: Path) -> None:
    choose(window, "Ticket 4711")
    before = window.details.file
    assert before is not None
    window.replying.reply(tmp_path / "answer.helocase", "Now send the mail again.", "fixed")
    case = open_file(tmp_path / "answer.helocase").file.case
    assert case.session is not None
    assert [reply.text for reply in case.session.replies[-1:]] == ["Now send the mail again."]
    assert replace(case, session=SESSION) == before.case
    until(lambda: window.details.before is not None and window.details.path == str(tmp_path / "answer.helocase"), "it")
    until(lambda: "Nothing has changed since." in window.details.answering._since.text(), "the new state as sent")


def test_an_empty_or_endless_reply_is_told(window: AgentWindow) -> None:
    choose(window, "Ticket 4711")
    answering = window.details.answering
    window.details.tabs.setCurrentIndex(3)
    for text, told in (("  ", "There is no reply yet."), ("x" * 5000, "A text is longer than the 4000 characters")):
        answering.text.setPlainText(text)
        answering.send.click()
        assert answering.problem.text().startswith(told)
        assert answering.text.toPlainText() == text


def test_a_place_that_cannot_be_written_is_told_and_the_reply_stays(window: AgentWindow, tmp_path: Path) -> None:
    choose(window, "Ticket 4711")
    window.details.answering.text.setPlainText("Wait.")
    window.replying.reply(tmp_path / "no such folder" / "a.helocase", "Wait.", None)
    box = window.findChild(QMessageBox)
    assert box is not None
    assert "could not be written" in box.text()
    assert window.details.answering.text.toPlainText() == "Wait."
    box.close()


# --- the support code -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("speech", "page", "told"), [("en", "6  Fix it", "refused the mail"), ("de", "6  ", "HELO")])
def test_a_code_shows_the_page_and_the_verdict(window: AgentWindow, speech: str, page: str, told: str) -> None:
    language.use(speech)
    window.code.setText(encode(screen_of(walked(), "fix")).lower().replace("-", " "))
    QTest.keyClick(window.code, Qt.Key.Key_Return)
    dialog = window.findChild(ScreenDialog)
    assert dialog is not None
    shown = [label.text() for label in dialog.findChildren(QLabel)]
    assert any(text.startswith(page) for text in shown)
    assert told in dialog.card.accessibleName()
    assert any("Postfix" in text for text in shown)
    dialog.reject()


def test_a_misread_code_is_told_in_place(window: AgentWindow) -> None:
    code = encode(screen_of(walked(), "fix"))
    window.code.setText(code[:-1] + ("0" if code[-1] != "0" else "1"))
    QTest.keyClick(window.code, Qt.Key.Key_Return)
    assert window.findChild(ScreenDialog) is None
    assert "misread" in window._code_problem.text()


# --- preparing and triage ---------------------------------------------------------------------------------------------


def test_a_session_is_prepared_from_what_was_typed(window: AgentWindow, tmp_path: Path) -> None:
    dialog = PrepareDialog(window)
    for key, value in (
        ("helpdesk", "Kolibri helpdesk"), ("contact", "+49 30 0"), ("target", "mx.kolibri.example:26"),
        ("recipient", "box@kolibri.example"), ("name", "mail.firma.example"),
    ):  # fmt: skip
        dialog.fields[key].setText(value)
    dialog.system.setCurrentIndex(dialog.system.findData("postfix"))
    pages = list(dialog.pages)
    dialog.pages[pages[3]].setChecked(False)
    dialog.notes[pages[5]].setPlainText(HOSTILE)
    dialog.letters[0][0].setText("PTR")
    dialog.letters[0][1].setPlainText("Set it.")
    dialog.save_to(tmp_path / "for you.helocase")
    case = open_file(tmp_path / "for you.helocase").file.case
    session = case.session
    assert session is not None
    assert (session.helpdesk, session.system) == ("Kolibri helpdesk", "postfix")
    assert str(session.target) == "mx.kolibri.example:26"
    assert "judge" not in session.pages
    assert [(note.page, note.text) for note in session.notes] == [("fix", HOSTILE)]
    assert [(letter.subject, letter.body) for letter in session.letters] == [("PTR", "Set it.")]
    assert (case.system, case.new_name) == ("postfix", "mail.firma.example")
    again = PrepareDialog(window)
    assert again.fields["helpdesk"].text() == "Kolibri helpdesk"


def test_a_server_that_is_none_is_told_before_a_file_is_asked_for(window: AgentWindow) -> None:
    dialog = PrepareDialog(window)
    dialog.fields["target"].setText("not a server!")
    dialog.save.click()
    assert "is not the name or address of a server" in dialog.problem.text()


def test_triage_reads_cases_and_bounces(window: AgentWindow, folder: Path) -> None:
    dialog = TriageDialog([str(folder)], window)
    dialog.open()
    until(lambda: not dialog.stop.isEnabled(), "the end")
    assert len(dialog.found.rows) == len(samples()) + 3
    assert "helo-not-fqdn" in dialog.summary()
    assert dialog.summary().endswith("Not read: 1")
    dialog.copy.click()
    assert QApplication.clipboard().text() == dialog.summary()
    dialog.reject()


def test_triage_stops(window: AgentWindow, tmp_path: Path) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for number in range(1000):
        (many / f"{number}.txt").write_text("550 5.7.1 <www>: Helo command rejected")
    dialog = TriageDialog([str(many)], window)
    dialog.open()
    dialog.stop.click()
    until(lambda: not dialog.stop.isEnabled(), "the end")
    assert len(dialog.found.rows) < 1000
    assert "Stopped" in dialog._told.text()
    dialog.reject()


# --- for everybody ----------------------------------------------------------------------------------------------------


def test_every_control_has_a_name(window: AgentWindow) -> None:
    choose(window, "Ticket 4711")
    window.details.tabs.setCurrentIndex(3)
    dialogs = [PrepareDialog(window), TriageDialog([], window)]
    for kind in (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QTableView):
        for owner in (window, *dialogs):
            for widget in owner.findChildren(kind):
                if widget.objectName().startswith("qt_") or widget.parent().__class__.__name__ == "QTabBar":
                    continue
                named = widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text())
                inside = isinstance(widget.parent(), QComboBox | QLineEdit | QTableView)
                assert named or inside, (kind.__name__, widget)
    for dialog in dialogs:
        dialog.reject()


def test_everything_can_be_reached_by_tab(window: AgentWindow) -> None:
    choose(window, "Ticket 4711")
    window.search.setFocus()
    seen = set()
    for _ in range(40):
        widget = QApplication.focusWidget()
        assert widget is not None
        seen.add(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    details = window.details
    assert {window.search, window.state, window.code, window.list, details.report, details.copy} <= seen


def test_every_action_has_a_key_of_its_own(window: AgentWindow) -> None:
    actions = [action for menu in window.menuBar().findChildren(QMenu) for action in menu.actions()]
    keys = [key.toString() for action in actions for key in action.shortcuts()]
    assert len(keys) == len(set(keys))
    entries = [action for action in actions if not (action.menu() or action.isSeparator())]
    assert [action.text() for action in entries if not action.shortcuts()] == []


def test_text_from_cases_is_plain(window: AgentWindow) -> None:
    choose(window, "Ticket 4711")
    for label in window.findChildren(QLabel):
        if label.objectName() and not label.objectName().startswith("qt_"):
            assert label.textFormat() is Qt.TextFormat.PlainText, label.text()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_it_fits_on_a_small_screen(window: AgentWindow, scale: float) -> None:
    theme().choose("light", scale)
    QTest.qWait(30)
    least = window.minimumSizeHint()
    assert least.width() <= 800
    assert least.height() <= 600


def test_another_language_takes_hold_at_once(window: AgentWindow) -> None:
    choose(window, "Ticket 4711")
    language.use("de")
    window.reword()
    until(lambda: "Infomaniak" in window.details.report.toPlainText(), "the report")
    assert "The words that show it" not in window.details.report.toPlainText()


def test_the_walk_has_an_entry_for_it(frame: Frame) -> None:
    from helodoctor_gui.menus import entries, function

    [entry] = [row for row in entries() if row.run.startswith("agent:")]
    function(entry.run)(frame)
    assert agent._open[0].isVisible()
    agent._open[0].close()
