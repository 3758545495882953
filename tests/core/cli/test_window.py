"""How the program starts where there is no window system or no Qt: one sentence, or the guide in the terminal."""

from __future__ import annotations

import os
import subprocess
import sys

GUI = "import sys; from helodoctor_gui.start import main; sys.exit(main())"
PLAIN = "import sys; from helodoctor.cli import main; sys.exit(main())"
NO_QT = "import sys; sys.modules['PySide6'] = None; "


def start(program: str, **added: str) -> subprocess.CompletedProcess[str]:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in hidden} | added
    return subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_window_without_a_screen_is_one_sentence() -> None:
    done = start(GUI)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "no window system" in done.stderr


def test_the_window_without_qt_is_one_sentence_with_the_command() -> None:
    done = start(NO_QT + GUI, QT_QPA_PLATFORM="offscreen")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "pip install 'helodoctor[gui]'" in done.stderr


def test_without_a_screen_and_a_terminal_the_sample_is_played_to_its_proven_end() -> None:
    done = start(PLAIN)
    assert done.returncode == 0
    assert "www" in done.stdout
    assert "550 5.7.1" in done.stdout
    assert "no window system" in done.stderr


def test_without_qt_the_guide_says_how_to_get_the_window() -> None:
    done = start(NO_QT + PLAIN, QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 0
    assert "pip install 'helodoctor[gui]'" in done.stderr
