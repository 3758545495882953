"""Starting the window: application, theme, language, frame; then the rest is loaded while the user reads."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from helodoctor import __version__
from helodoctor.folders import own_folder
from helodoctor_gui import preferences
from helodoctor_gui.theme import theme
from helodoctor_gui.wizard import Frame

if TYPE_CHECKING:
    from PySide6.QtGui import QFileOpenEvent

_BENCHMARK = "HELODOCTOR_BENCH_FIRST_PAINT"
AGENT = "--agent"


class _FirstPaint(QObject):
    """Waits until the first page has been painted once, then prepares what the next pages need."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame = frame
        frame.current().scroll.widget().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See the first paint event pass, and act after it."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._painted)
        return False

    def _painted(self) -> None:
        if os.environ.get(_BENCHMARK):
            print("first-paint", flush=True)  # noqa: T201 - the benchmark waits for this line
            QApplication.exit(0)
            return
        gc.enable()  # start.py turned it off
        from helodoctor_gui.cases.trouble import Trouble
        from helodoctor_gui.icons import icon
        from helodoctor_gui.pages.paste import PastePage

        QApplication.setWindowIcon(icon("app", size=256))
        self._frame.furnish()
        Trouble(self._frame).watch()
        page = self._frame.current()
        if isinstance(page, PastePage):
            page.warm_up()


class Application(QApplication):
    """``file_asked`` brings a file that was double-clicked while the program runs, as macOS tells it."""

    file_asked = Signal(Path)

    def event(self, event: QEvent) -> bool:
        """Take such a file; everything else is Qt's."""
        if event.type() == QEvent.Type.FileOpen:
            self.file_asked.emit(Path(cast("QFileOpenEvent", event).file()))
            return True
        return super().event(event)


def make_application(arguments: list[str]) -> Application:
    """The one QApplication, with name, icon and theme."""
    application = Application([sys.argv[0], "-style", "Fusion", *arguments])  # setStyle() makes QStyle's enums: 10 ms
    application.setApplicationName("helodoctor")
    application.setOrganizationName("helodoctor")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("helodoctor.HeloDoctor")
    if (folder := own_folder()) is not None:
        _keep_settings_in(folder)
    theme()
    return application


def _keep_settings_in(folder: Path) -> None:
    """A portable program leaves no settings on the computer it is used on."""
    from PySide6.QtCore import QSettings

    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder))


def _walk(application: Application, files: list[Path]) -> Frame:
    frame = Frame()
    frame.show()
    _FirstPaint(frame)
    if files:
        frame.open_file(files[0])
    application.file_asked.connect(frame.open_file)
    return frame


def _agent(application: Application, files: list[Path]) -> QWidget:
    """The helpdesk's window instead of the walk."""
    from helodoctor_gui import agent
    from helodoctor_gui.icons import icon

    gc.enable()  # start.py turned it off
    QApplication.setWindowIcon(icon("app", size=256))
    application.file_asked.connect(lambda path: agent.show([path]))
    return agent.show(files)


def main(arguments: list[str]) -> int:
    """Open the window, with what is named in ``arguments`` if anything is, and return the exit code."""
    application = make_application(arguments)
    preferences.put_in_force()
    files = [Path(argument) for argument in arguments if not argument.startswith("-")]
    window = _agent(application, files) if AGENT in arguments else _walk(application, files)
    code = application.exec()
    del window
    if "helodoctor_gui.tasks" in sys.modules:
        from helodoctor_gui import tasks

        tasks.stop()
    return code
