"""The menus as one table: what stands where, its shortcut, and the function that does it, imported when it is chosen.

To add an entry, add a row to :func:`entries`; ``run`` names a function that takes the :class:`Frame`. There are no dead
entries: a row without its function does not pass the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QGridLayout, QMenu, QMenuBar

from helodoctor_gui.language import tr

if TYPE_CHECKING:
    from helodoctor_gui.wizard import Frame

_Keys = QKeySequence.StandardKey | str
_Role = QAction.MenuRole


class Choice(NamedTuple):
    """One line of a submenu that is filled when it opens; ``chosen`` is ``None`` where there is nothing to tick."""

    text: str
    act: Callable[[], object]
    chosen: bool | None = None


class Entry(NamedTuple):
    """One line of a menu. ``role`` tells macOS where it belongs; ``parted`` draws a line above it.

    ``run`` is ``"module:function"`` in this package, called with the frame; with ``submenu`` it returns the
    :class:`Choice` list instead.
    """

    menu: str
    text: str
    run: str
    keys: tuple[_Keys, ...] = ()
    role: QAction.MenuRole = _Role.NoRole
    submenu: bool = False
    parted: bool = False


def titles() -> dict[str, str]:
    """The menus in their order, with the letter for Alt."""
    return {"file": tr("&File"), "edit": tr("&Edit"), "view": tr("&View"), "tools": tr("&Tools"), "help": tr("&Help")}


def entries() -> tuple[Entry, ...]:
    """Every entry, in the order it stands in its menu, in the language in force."""
    keys = QKeySequence.StandardKey
    return (
        Entry("file", tr("New case"), "cases.opening:new", (keys.New,)),
        Entry("file", tr("Open…"), "cases.opening:open_", (keys.Open,)),
        Entry("file", tr("Recent cases"), "cases.opening:recent", submenu=True),
        Entry("file", tr("Save the case as…"), "cases.opening:save_as", (keys.Save, keys.SaveAs)),
        Entry("file", tr("Report…"), "cases.sending:report", ("Ctrl+R",), parted=True),
        Entry("file", tr("Forget this case…"), "cases.opening:forget_this", parted=True),
        Entry("file", tr("Forget all cases…"), "cases.opening:forget_all"),
        Entry("file", tr("Quit"), "menus:leave", (keys.Quit,), _Role.QuitRole, parted=True),
        Entry("edit", tr("Copy"), "editing:copy", (keys.Copy,)),
        Entry("edit", tr("Find…"), "aid.find:show", (keys.Find,)),
        Entry("edit", tr("Settings…"), "aid.settings:show", (keys.Preferences,), _Role.PreferencesRole, parted=True),
        Entry("view", tr("Language"), "looking:languages", submenu=True),
        Entry("view", tr("Colours"), "looking:schemes", submenu=True),
        Entry("view", tr("Larger text"), "looking:larger", (keys.ZoomIn, "Ctrl+="), parted=True),
        Entry("view", tr("Smaller text"), "looking:smaller", (keys.ZoomOut,)),
        Entry("view", tr("Usual text size"), "looking:usual", ("Ctrl+0",)),
        Entry("tools", tr("Helpdesk window"), "agent:open_window", ("Ctrl+Shift+H",)),
        Entry("help", tr("What is this page?"), "aid.page_help:show", (keys.HelpContents, "F1")),
        Entry("help", tr("Handbook"), "aid.handbook:show", ("Ctrl+F1",)),
        Entry("help", tr("Words of mail servers"), "aid.handbook:show_glossary"),
        Entry("help", tr("About HELO Doctor"), "aid.about:show", (), _Role.AboutRole, parted=True),
    )


def leave(frame: Frame) -> None:
    """Close the window."""
    frame.close()


class Menus:
    """The menu bar of a frame: native on macOS, else above the rail and the page."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self.bar = QMenuBar(frame)
        self.shown: list[QMenu] = []
        self.reword()
        if (grid := frame.findChild(QGridLayout)) is not None:
            grid.setMenuBar(self.bar)
            grid.setContentsMargins(0, 0, 0, 0)  # settling.py has kept its place free

    def reword(self) -> None:
        """Build everything anew in the language in force."""
        self.bar.clear()
        for menu in self.shown:
            menu.deleteLater()
        rows = entries()
        own = {key: [row for row in rows if row.menu == key] for key in titles()}
        self.shown = [QMenu(title, self.bar) for key, title in titles().items() if own[key]]
        for menu, filled in zip(self.shown, filter(None, own.values()), strict=True):
            self._fill(menu, filled)
            self.bar.addMenu(menu)

    def _fill(self, menu: QMenu, rows: list[Entry]) -> None:
        for row in rows:
            if row.parted and not menu.isEmpty():
                menu.addSeparator()
            if row.submenu:
                below = QMenu(row.text, menu)
                menu.addMenu(below)
                below.aboutToShow.connect(partial(self._offer, below, row.run))
            else:
                menu.addAction(self._action(menu, row))

    def _action(self, menu: QMenu, row: Entry) -> QAction:
        action = QAction(row.text, menu)
        action.setMenuRole(row.role)
        action.setShortcuts(list(_sequences(row.keys)))
        action.triggered.connect(lambda _checked: function(row.run)(self._frame))
        return action

    def _offer(self, menu: QMenu, run: str) -> None:
        """Fill a submenu with what there is to choose now."""
        menu.clear()
        group = QActionGroup(menu)
        choices: list[Choice] = function(run)(self._frame)
        for choice in choices:
            action = menu.addAction(choice.text.replace("&", "&&"))
            if choice.chosen is not None:
                action.setCheckable(True)
                action.setChecked(choice.chosen)
                group.addAction(action)
            action.triggered.connect(lambda _checked, choice=choice: choice.act())


def function(run: str) -> Callable[[Frame], list[Choice]]:
    """The function a row names."""
    module, name = run.split(":")
    found: Callable[[Frame], list[Choice]] = getattr(import_module(f"helodoctor_gui.{module}"), name)
    return found


def _sequences(keys: tuple[_Keys, ...]) -> Iterator[QKeySequence]:
    """Every way this platform writes the shortcuts, each once."""
    seen: list[QKeySequence] = []
    for one in keys:
        ways = [QKeySequence(one)] if isinstance(one, str) else QKeySequence.keyBindings(one)
        seen += [way for way in ways if way not in seen]
    yield from seen
