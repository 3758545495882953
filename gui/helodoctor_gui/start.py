"""``helodoctor-gui``: the shortest way from the command to the window, or one sentence why there is none."""

from __future__ import annotations

import gc
import sys

from helodoctor.display import has_display


def main() -> int:
    """Open the window and return its exit code; 2 with a sentence where there is no window system or no Qt."""
    if not has_display():  # Qt itself would end the process without a word for the user
        return _say("no-display")
    gc.disable()  # loading makes no garbage; the window turns the collector on again after its first paint
    try:
        from helodoctor_gui.app import main as window
    except ImportError:
        return _say("install")
    return window(sys.argv[1:])


def _say(part: str) -> int:
    from helodoctor.words import speak

    print(speak().sentence("commands", "window", part), file=sys.stderr)  # noqa: T201 - there is no window to say it in
    return 2
