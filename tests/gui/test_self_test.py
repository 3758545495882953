"""The program judges itself: a sound installation passes, a damaged one is told with what is wrong."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import helodoctor_resources
from helodoctor.journey import Page as Stop
from helodoctor_gui import self_test

START = "import sys; from helodoctor_gui.start import main; sys.exit(main())"
RESOURCES = Path(helodoctor_resources.__path__[0])


def judged(*arguments: str, code: str = START, path: Path | None = None) -> tuple[int, dict[str, object]]:
    """Exit code and report of the self-test in a process of its own."""
    environment = os.environ | ({"PYTHONPATH": str(path)} if path else {})
    command = [sys.executable, "-c", code, "--self-test", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=200)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, json.loads(done.stdout or "{}")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, dict, Path]:
    """The self-test of this installation, with everything it can write."""
    folder = tmp_path_factory.mktemp("whole")
    code, report = judged("--report", str(folder / "report.json"), "--shot", str(folder / "shot.png"))
    return code, report, folder


def test_a_sound_installation_passes(whole: tuple[int, dict, Path]) -> None:
    code, report, _ = whole
    assert {name: check.get("trouble") for name, check in report["checks"].items() if not check["ok"]} == {}
    assert code == 0 and report["ok"]
    assert list(report["checks"]["pages"]["titles"]) == [stop.value for stop in Stop]
    assert report["checks"]["translations"]["languages"][0] == "en"


def test_the_report_is_written_and_the_picture_shows_a_page(whole: tuple[int, dict, Path]) -> None:
    from PySide6.QtGui import QImage

    _, report, folder = whole
    assert json.loads((folder / "report.json").read_text(encoding="utf-8")) == report
    assert QImage(str(folder / "shot.png")).width() > 600


def test_a_broken_data_file_is_told(tmp_path: Path) -> None:
    shutil.copytree(RESOURCES, tmp_path / RESOURCES.name)
    (tmp_path / RESOURCES.name / "words" / "broken.toml").write_text("= no table", encoding="utf-8")
    code, report = judged(path=tmp_path)
    assert code == 1 and not report["ok"]
    assert "TOMLDecodeError" in report["checks"]["data files"]["trouble"]


def test_without_streams_the_exit_code_and_the_file_answer(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    code, said = judged("--report", str(report), code="import sys; sys.stdout = sys.stderr = None; " + START)
    assert (code, said) == (0, {})
    assert json.loads(report.read_text(encoding="utf-8"))["ok"]


def test_what_would_leave_the_machine_is_refused_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(self_test, "_outward", [])
    with pytest.raises(ConnectionRefusedError):
        self_test._stay_here("socket.connect", (None, ("192.0.2.1", 25)))
    self_test._stay_here("socket.connect", (None, ("127.0.0.1", 25)))
    with pytest.raises(RuntimeError, match=r"192\.0\.2\.1"):
        self_test._stayed_here()
