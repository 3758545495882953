"""The helpdesk's own window: many cases at once, what happened in each, and prepared sessions."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from helodoctor_gui.agent.window import AgentWindow
    from helodoctor_gui.wizard import Frame

_open: list[AgentWindow] = []


def show(paths: Iterable[Path] = ()) -> AgentWindow:
    """Open the window with the cases at ``paths``, or bring it to the front."""
    from helodoctor_gui.agent.window import AgentWindow

    if not _open:
        window = AgentWindow()
        window.closed.connect(_open.clear)
        _open.append(window)
    window = _open[0]
    window.show()
    window.raise_()
    window.activateWindow()
    window.add([str(path) for path in paths])
    return window


def open_window(_frame: Frame) -> None:
    """The menu entry of the walk's window."""
    show()
