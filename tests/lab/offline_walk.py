"""Run as a program: the window's offline pages, from the pasted text to the judged name; prints each page's number."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "gui"))

from helodoctor_gui import language, tasks
from helodoctor_gui.app import make_application
from helodoctor_gui.wizard import Frame
from walking import go_on, put_in

OFFLINE_PAGES = 4


def walk(text: str) -> list[int]:
    """Paste ``text`` and go on until the last page that needs no network."""
    application = make_application([])
    language.use("en")
    frame = Frame()
    frame.show()
    frame.activateWindow()
    frame.furnish()
    application.processEvents()
    put_in(frame, text)
    pages = [frame.currentId()]
    while pages[-1] < OFFLINE_PAGES:
        pages.append(go_on(frame))
    tasks.stop()
    return pages


if __name__ == "__main__":
    sys.stdout.write(" ".join(str(page) for page in walk(sys.stdin.read())) + "\n")
