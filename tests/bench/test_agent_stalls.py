"""The helpdesk's window with 10,000 cases: how long its event loop ever stands still along the way."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.casefile.walked import walked
from helodoctor.casefile import encode, new_file
from helodoctor_gui import agent, tasks
from helodoctor_gui.agent.window import AgentWindow
from test_window_stalls import LIMIT_MS, Heart
from walking import until

CASES, ROUNDS = 10_000, 3
PATIENCE_SECONDS = 600.0


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    from helodoctor_gui.app import make_application

    return make_application([])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Whole cases, each with a name and an id of its own."""
    place = tmp_path_factory.mktemp("many")
    case = walked()
    data = encode(new_file(replace(case, name="www-4711-www"), "fix"))
    old = new_file().id
    told = data.decode()
    known = told[told.index('"id": "') + 7 :][: len(old)]
    for number in range(CASES):
        text = told.replace("www-4711-www", f"mail{number}.firma.example").replace(known, f"{number:032x}")
        (place / f"Ticket {number}.helocase").write_text(text)
    return place


def _listed(window: AgentWindow) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while window.stop.isVisible():
        assert time.monotonic() < end
        QTest.qWait(20)


def walk(window: AgentWindow, folder: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    def list_all() -> None:
        window.add([str(folder)])
        _listed(window)

    def search(text: str, count: int) -> Callable[[], None]:
        def act() -> None:
            window.search.setText(text)
            until(lambda: window.found.rowCount() == count, f"{count} cases")

        return act

    def only(state: str | None) -> None:
        window.state.setCurrentIndex(window.state.findData(state))
        QTest.qWait(250)

    yield "list 10,000", list_all
    yield "search many", search("mail1", 1111)
    yield "search one", search("mail4711.", 1)
    yield "search none", search("nothing of the kind", 0)
    yield "all again", search("", CASES)
    yield "state", partial(only, "fixed")
    yield "every state", partial(only, None)
    yield "sort", lambda: window.list.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    yield "open one", lambda: (window.list.selectRow(77), QTest.qWait(600))
    yield "scroll", window.list.scrollToBottom


def test_the_helpdesks_window_never_stands_still(qapp: QApplication, folder: Path, told: Callable[[str], None]) -> None:
    heart = Heart()
    best: dict[str, float] = {}
    for _ in range(ROUNDS):  # the least of them, since a busy neighbour makes every program wait
        window = agent.show()
        QTest.qWait(300)
        for name, act in walk(window, folder):
            worst = heart.worst_during(act)
            best[name] = min(worst, best.get(name, worst))
        assert window.cases.rowCount() == CASES
        window.close()
        QTest.qWait(50)
    tasks.stop()
    told(", ".join(f"{name} {worst:.0f} ms" for name, worst in best.items()))
    assert max(best.values()) <= LIMIT_MS
