"""``helodoctor-gui``: the shortest way from the command to the window, or one sentence why there is none."""

from __future__ import annotations

import gc
import os
import sys

from helodoctor.display import has_display


def main() -> int:
    """Open the window and return its exit code; 2 with a sentence where there is no window system or no Qt."""
    _have_streams()
    if "--self-test" in sys.argv:
        from helodoctor_gui.self_test import main as judge

        return judge(sys.argv[1:])
    if not has_display():  # Qt itself would end the process without a word for the user
        return _say("no-display")
    gc.disable()  # loading makes no garbage; the window turns the collector on again after its first paint
    _load_core()
    try:
        from helodoctor_gui.app import main as window
    except ImportError:
        return _say("install")
    return window(sys.argv[1:])


def _load_core() -> None:
    """What the first page needs of the core; PySide6 reads the source of each module imported after it: 15 ms.

    Neither the model nor msgspec is among it, which take 15 ms themselves: they come with the first text that is read.
    """
    import helodoctor.folders
    import helodoctor.journey
    import helodoctor.words  # noqa: F401


def _have_streams() -> None:
    """Windows gives a program without a console no streams (they are ``None``); what is written then goes nowhere."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - kept to the end


def _say(part: str) -> int:
    from helodoctor.words import speak

    print(speak().sentence("commands", "window", part), file=sys.stderr)  # noqa: T201 - there is no window to say it in
    return 2
