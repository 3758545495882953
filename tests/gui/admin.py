"""The other person: opens a case file in a process of its own, walks to the fix, proves it, and leaves a note to find.

``python admin.py FILE RETURNED`` walks, ``python admin.py FILE`` only opens. Tells what the helpdesk says on
each page, one JSON line a page.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest

from helodoctor_gui import language, tasks
from helodoctor_gui.app import make_application
from helodoctor_gui.cases import opening
from helodoctor_gui.widgets.note import NoteCard
from helodoctor_gui.widgets.step import StepCard
from helodoctor_gui.wizard import Frame
from texts import TRANSCRIPT
from walking import go_on, put_in, run_trial, until

RECEIVED = "Received: from {} (mail.firma.example [203.0.113.9]) by mx.kolibri.example; Mon, 23 Nov 2026 08:14:02 +0000"


def tell(frame: Frame) -> None:
    """What the helpdesk says on the page on show."""
    cards = [card.accessibleName() for card in frame.current().findChildren(NoteCard) if card.isVisible()]
    sys.stdout.write(json.dumps({"page": frame.stop.value, "notes": cards}) + "\n")


def walk(frame: Frame) -> None:
    """From the bounce to the proven fix, on the practice server."""
    put_in(frame, TRANSCRIPT.format(name="www"))
    for page in ("happened", "name", "judge", "try"):
        go_on(frame)
        assert frame.stop.value == page, frame.current().problem
        tell(frame)
    frame.current().servers.practice.setChecked(True)  # type: ignore[attr-defined]
    run_trial(frame)
    go_on(frame)
    tell(frame)
    frame.current().findChildren(StepCard)[0].tick.setChecked(True)
    go_on(frame)
    fixed = frame.current()
    fixed.practise.click()  # type: ignore[attr-defined]
    until(lambda: len(frame.case.trials) == 2 and not fixed.busy, "the trial with the new name")
    fixed.says.paste.click()  # type: ignore[attr-defined]
    fixed.says.box.setPlainText(RECEIVED.format(frame.case.new_name))  # type: ignore[attr-defined]
    fixed.says.read.click()  # type: ignore[attr-defined]
    until(lambda: frame.case.announcements, "the proof from the headers")


def main(path: Path, returned: Path | None) -> int:
    application = make_application([])
    language.use("en")
    frame = Frame()
    frame.show()
    frame.furnish()
    frame.open_file(path)
    until(lambda: frame.case.session is not None, "the prepared case")
    QTest.qWait(100)
    tell(frame)
    if returned is not None:
        walk(frame)
        opening.save_to(frame, returned)
        QTest.qWait(100)
    frame._leave()
    tasks.stop()
    application.processEvents()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None))
