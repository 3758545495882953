"""How soon the first page is there, and what ``helodoctor check`` costs as a whole process.

Where the first page's time goes, measured on PySide6 6.11 (a bare wizard: 105 ms): PySide6 makes a class's enums when
the class is first touched, so naming ``Qt`` once costs 29 ms, ``QStyle`` 8 and ``QIcon`` 5; every module imported after
PySide6 has its source read by PySide6's import hook (10 ms for the core, none when it is imported before); the garbage
collector runs over what all this makes (10 ms, none with ``gc.disable()`` until the first paint).
"""

from __future__ import annotations

from collections.abc import Callable

from processes import cpu_seconds, medians, python, seconds_until

FIRST_PAINT = {"HELODOCTOR_BENCH_FIRST_PAINT": "1"}
LINE = "first-paint"

WINDOW = "import sys; from helodoctor_gui.start import main; sys.exit(main())"
BARE_WIZARD = f"""
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWizard, QWizardPage

class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, painted)
        return False

def painted():
    print("{LINE}", flush=True)
    application.exit(0)

application = QApplication([])
page, wizard, first = QWizardPage(), QWizard(), FirstPaint()
wizard.addPage(page)
page.installEventFilter(first)
wizard.show()
application.exec()
"""


def test_the_first_page_is_there_nearly_as_soon_as_an_empty_wizard(told: Callable[[str], None]) -> None:
    ours, bare = medians(
        lambda: seconds_until(LINE, python("-c", WINDOW), FIRST_PAINT),
        lambda: seconds_until(LINE, python("-c", BARE_WIZARD), {}),
    )
    told(f"first page {ours * 1000:.0f} ms, bare QWizard {bare * 1000:.0f} ms: {ours / bare:.2f} times (at most 1.5)")
    assert ours <= 1.5 * bare


def test_checking_a_name_costs_little_more_than_python_itself(told: Callable[[str], None]) -> None:
    check = "import sys; from helodoctor.cli import main; sys.exit(main(['check', 'mail.kolibri.example']))"
    ours, bare = medians(lambda: cpu_seconds(python("-c", check)), lambda: cpu_seconds(python("-c", "pass")))
    limit = 6 * bare + 0.150
    told(
        f"helodoctor check {ours * 1000:.0f} ms CPU, python -c pass {bare * 1000:.0f} ms: "
        f"{ours / limit:.2f} of the limit {limit * 1000:.0f} ms"
    )
    assert ours <= limit
