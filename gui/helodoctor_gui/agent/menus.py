"""The menus of the helpdesk's window: everything it does has an entry and a key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu

from helodoctor_gui import looking
from helodoctor_gui.agent.replying import case_dialog
from helodoctor_gui.language import tr

if TYPE_CHECKING:
    from helodoctor_gui.agent.window import AgentWindow
    from helodoctor_gui.menus import Choice

_Keys = QKeySequence.StandardKey


class Menus:
    """Cases, the chosen case, and the view."""

    def __init__(self, window: AgentWindow) -> None:
        self._window = window

    def reword(self) -> None:
        """Build everything anew in the language in force."""
        bar, window = self._window.menuBar(), self._window
        for menu in bar.findChildren(QMenu):
            menu.deleteLater()
        bar.clear()
        cases = bar.addMenu(tr("&Cases"))
        self._add(cases, tr("Open cases…"), self._open_files, _Keys.Open)
        self._add(cases, tr("Open a folder…"), self._open_folder, "Ctrl+Shift+O")
        self._add(cases, tr("Triage a folder…"), self._triage_folder, "Ctrl+T")
        cases.addSeparator()
        self._add(cases, tr("Prepare a session…"), self._prepare, _Keys.New)
        cases.addSeparator()
        self._add(cases, tr("Clear the list"), self._clear, "Ctrl+Shift+L")
        self._add(cases, tr("Close"), window.close, _Keys.Close)
        case = bar.addMenu(tr("C&ase"))
        self._add(case, tr("Copy as ticket text"), window.details.copy_ticket, "Ctrl+Shift+C")
        self._add(case, tr("Report…"), window.export, "Ctrl+R")
        self._add(case, tr("Reply"), window.details.show_reply, "Ctrl+Return")
        case.addSeparator()
        self._add(case, tr("Search"), window.search.setFocus, _Keys.Find)
        self._add(case, tr("Support code"), window.code.setFocus, "Ctrl+K")
        self._add(case, tr("Cases"), window.list.setFocus, "Ctrl+L")
        self._add_view(bar.addMenu(tr("&View")))

    def _add(self, menu: QMenu, text: str, act: Callable[[], object], keys: _Keys | str) -> None:
        action = QAction(text, menu)
        action.setShortcuts([QKeySequence(keys)] if isinstance(keys, str) else QKeySequence.keyBindings(keys))
        action.triggered.connect(lambda _checked: act())
        menu.addAction(action)

    def _add_view(self, menu: QMenu) -> None:
        for title, offered in ((tr("Language"), looking.languages), (tr("Colours"), looking.schemes)):
            below = menu.addMenu(title)
            below.aboutToShow.connect(partial(self._offer, below, offered))
        self._add(menu, tr("Larger text"), partial(looking.larger, self._window), _Keys.ZoomIn)
        self._add(menu, tr("Smaller text"), partial(looking.smaller, self._window), _Keys.ZoomOut)
        self._add(menu, tr("Usual text size"), partial(looking.usual, self._window), "Ctrl+0")

    def _offer(self, menu: QMenu, offered: Callable[..., list[Choice]]) -> None:
        menu.clear()
        group = QActionGroup(menu)
        for choice in offered(self._window):
            action = menu.addAction(choice.text.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(bool(choice.chosen))
            group.addAction(action)
            action.triggered.connect(lambda _checked, choice=choice: choice.act())

    # What the entries do

    def _open_files(self) -> None:
        dialog = case_dialog(self._window, tr("Open cases"))
        dialog.filesSelected.connect(self._window.add)
        dialog.open()

    def _folder_dialog(self, title: str, act: Callable[[list[str]], object]) -> None:
        dialog = QFileDialog(self._window, title)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda name: act([name]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _open_folder(self) -> None:
        self._folder_dialog(tr("Open a folder"), self._window.add)

    def _triage_folder(self) -> None:
        self._folder_dialog(tr("Triage a folder"), self.triage)

    def triage(self, paths: list[str]) -> None:
        """Read everything below ``paths`` in a dialog."""
        from helodoctor_gui.agent.triage import TriageDialog

        TriageDialog(paths, self._window).open()

    def _prepare(self) -> None:
        from helodoctor_gui.agent.prepare import PrepareDialog

        dialog = PrepareDialog(self._window)
        dialog.saved.connect(lambda path: self._window.add([path]))
        dialog.open()

    def _clear(self) -> None:
        self._window.cases.clear()
        self._window.details.clear()
