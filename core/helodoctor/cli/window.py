"""Opening the window from the command line, and what happens where there is none."""

from __future__ import annotations

import os
import sys
from importlib.metadata import entry_points

from helodoctor.words import Words, speak


def has_display() -> bool:
    """Whether a window system answers here; Windows and macOS always have one."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("QT_QPA_PLATFORM")
    )


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


def main() -> int:
    """``helodoctor-gui``: the window, or one sentence: no window system, or the install command (exit code 2)."""
    if not has_display():  # Qt itself would end the process without a word for the user
        print(speak().sentence("commands", "window", "no-display"), file=sys.stderr)
        return 2
    code = _open(sys.argv[1:])
    if code is None:
        print(speak().sentence("commands", "window", "install"), file=sys.stderr)
        return 2
    return code
