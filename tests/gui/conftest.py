"""The window for a test: one application, the theme in force, a frame that is shown and taken away again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from helodoctor.model import Case
from helodoctor_gui import language, tasks
from helodoctor_gui.theme import theme
from helodoctor_gui.wizard import Frame


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["helodoctor"]


@pytest.fixture(scope="session")
def qapp(qapp_args: list[str]) -> object:
    """The application as the program makes it."""
    from helodoctor_gui.app import make_application

    return make_application(qapp_args[1:])


@pytest.fixture
def frame(qtbot: QtBot) -> Iterator[Frame]:
    """The window, shown and active."""
    language.use("en")
    theme().choose(None)
    window = Frame()
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    window.furnish()
    yield window
    tasks.stop()
    window.case = Case()  # so that it closes without a question
    window.close()
    window.deleteLater()
