"""Whether a window can be opened here at all; asked before anything heavy is loaded."""

from __future__ import annotations

import os
import sys


def has_display() -> bool:
    """Whether a window system answers here; Windows and macOS always have one."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
