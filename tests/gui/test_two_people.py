"""Helpdesk and admin, each in a process and a home of their own: prepare, walk, return, read what changed, answer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from helodoctor.casefile import open_file
from helodoctor.model import ProofState
from helodoctor.steps import proof
from helodoctor_gui import agent, language, tasks
from helodoctor_gui.agent.prepare import PrepareDialog
from helodoctor_gui.agent.window import AgentWindow
from walking import until

ADMIN = Path(__file__).with_name("admin.py")


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[AgentWindow]:
    language.use("en")
    shown = agent.show()
    qtbot.waitExposed(shown)
    yield shown
    tasks.stop()
    shown.close()


def admin(home: Path, *arguments: Path) -> list[dict[str, Any]]:
    """Let the admin act; what the helpdesk said on each page of theirs."""
    tests = ADMIN.parent.parent
    paths = os.pathsep.join(map(str, (tests, tests / "gui")))
    own = {name: str(home / name.lower()) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")}
    done = subprocess.run(
        [sys.executable, str(ADMIN), *map(str, arguments)],
        env={**os.environ, **own, "PYTHONPATH": paths, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def prepare(window: AgentWindow, path: Path) -> None:
    dialog = PrepareDialog(window)
    for key, value in (("helpdesk", "Kolibri helpdesk"), ("contact", "+49 30 0"), ("name", "mail.firma.example")):
        dialog.fields[key].setText(value)
    dialog.system.setCurrentIndex(dialog.system.findData("exim"))
    notes = {stop.value: edit for stop, edit in dialog.notes.items()}
    notes["happened"].setPlainText("Read the red card.")
    notes["fix"].setPlainText("Ask Jo before you restart.")
    dialog.save_to(path)


def test_prepare_walk_return_read_answer(window: AgentWindow, tmp_path: Path) -> None:
    prepare(window, tmp_path / "for Firma.helocase")
    told = {page["page"]: page["notes"] for page in admin(tmp_path / "admin", tmp_path / "for Firma.helocase",
                                                          tmp_path / "returned.helocase")}  # fmt: skip
    assert told["paste"] == ["Note from Kolibri helpdesk. +49 30 0"]
    assert told["happened"] == ["Note from Kolibri helpdesk. Read the red card."]
    assert told["fix"] == ["Note from Kolibri helpdesk. Ask Jo before you restart."]

    back = open_file(tmp_path / "returned.helocase").file
    assert (back.case.system, back.case.new_name, back.page) == ("exim", "mail.firma.example", "fixed")
    assert proof(back.case).state is ProofState.FIXED

    window.cases.clear()
    window.add([str(tmp_path / "returned.helocase")])
    until(lambda: window.details.file == back, "the returned case")
    changed = {(row[1], row[3]) for row in window.details.answering.changed.rows}
    assert {("Name", "www"), ("Trial", "www: refused"), ("Trial", "mail.firma.example: taken")} <= changed
    assert any(what == "Step done" for what, _ in changed)
    assert any(what == "Is it fixed?" and after.startswith("Fixed") for what, after in changed)

    window.replying.reply(tmp_path / "answer.helocase", "Well done. Send the mail again.", "fixed")
    [page] = admin(tmp_path / "admin", tmp_path / "answer.helocase")
    assert page["page"] == "fixed"
    assert page["notes"][0].endswith("Well done. Send the mail again.")
    assert page["notes"][0].startswith("Reply from Kolibri helpdesk")
