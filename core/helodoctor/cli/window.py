"""Opening the window from the command line, and what happens where there is none."""

from __future__ import annotations

import sys
from importlib.metadata import entry_points

from helodoctor.display import has_display
from helodoctor.words import Words


def _open(arguments: list[str]) -> int | None:
    """Run the window if its package and Qt are installed; ``None`` if not."""
    for entry in entry_points(group="helodoctor.frontend"):
        try:
            frontend = entry.load()
        except ImportError:
            continue
        return int(frontend(arguments))
    return None


def open_or_guide(words: Words) -> int:
    """``helodoctor`` alone: the wizard; without a window system the same journey in the terminal."""
    if has_display():
        code = _open([])
        if code is not None:
            return code
        reason = "no-gui"
    else:
        reason = "no-display"
    from helodoctor.cli.guide import demo, walk

    interactive = sys.stdin.isatty()
    print(words.sentence("commands", "window", f"{reason}-{'guide' if interactive else 'demo'}"), file=sys.stderr)
    return walk(words) if interactive else demo(words)
