"""``helodoctor-gui``: the shortest way from the command to the window, or one sentence why there is none."""

from __future__ import annotations

import gc
import sys
from importlib import import_module

from helodoctor.display import has_display

_BEFORE_QT = ("helodoctor.journey", "helodoctor.words.problems")
"""What the first page needs of the core. Once PySide6 is there, its import hook reads the source of every module."""


def main() -> int:
    """Open the window and return its exit code; 2 with a sentence where there is no window system or no Qt."""
    if not has_display():  # Qt itself would end the process without a word for the user
        return _say("no-display")
    gc.disable()  # loading makes no garbage; the window turns the collector on again after its first paint
    for name in _BEFORE_QT:
        import_module(name)
    try:
        from helodoctor_gui.app import main as window
    except ImportError:
        return _say("install")
    return window(sys.argv[1:])


def _say(part: str) -> int:
    from helodoctor.words import speak

    print(speak().sentence("commands", "window", part), file=sys.stderr)  # noqa: T201 - there is no window to say it in
    return 2
