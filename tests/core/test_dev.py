"""``dev.py``: what it answers when something is missing, and what it hands on."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# --- what the person at the keyboard is told --------------------------------------------------------------------------


def test_an_old_python_is_told_which_is_needed(dev, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    assert dev.main(["test"]) == 2
    said = capsys.readouterr().err
    assert "needs Python 3.11 or newer, and this is 3.9.2" in said
    assert "python3.11 dev.py test" in said


def test_a_python_without_venv_is_told_the_package(dev, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(dev.Stop, match=r"ensurepip is not installed.*apt-get install python3-venv"):
        dev.check_modules()


@pytest.mark.parametrize(
    ("said_by_pip", "told"),
    [
        ("WARNING: Retrying after connection broken by 'NewConnectionError(...)': /simple/x/", "does not answer"),
        ("NameResolutionError: Failed to resolve 'index.example' ([Errno -3] Temporary failure)", "does not answer"),
        ("ProxyError('Cannot connect to proxy.')", "does not answer"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "differs from its hash"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("SSLError(SSLCertVerificationError(1, 'certificate verify failed'))", "certificate is not trusted"),
        ("ERROR: something new", "pip did not succeed"),
    ],
)
def test_pips_trouble_is_told_in_a_sentence_with_its_own_words_below(dev, said_by_pip: str, told: str) -> None:
    sentence, *detail = dev.pip_trouble(f"first\n{said_by_pip}\n").splitlines()
    assert told in sentence
    assert detail[-1].strip() == said_by_pip


def test_a_call_without_a_known_command_shows_the_commands(dev, capsys) -> None:
    assert dev.main(["tests"]) == 2
    assert "python3 dev.py test" in capsys.readouterr().err


# --- what is installed ------------------------------------------------------------------------------------------------


@pytest.fixture
def clone(dev, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone in which everything is installed, and ``dev`` looking at it."""
    for name in ("pyproject.toml", "requirements.lock"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    venv = tmp_path / ".venv"
    python = venv / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "VENV", venv)
    monkeypatch.setattr(dev, "LOCK", tmp_path / "requirements.lock")
    monkeypatch.setattr(dev, "STAMP", venv / "stamp")
    monkeypatch.setattr(dev, "PYTHON", python)
    dev.STAMP.write_text(dev.wanted_state())
    return tmp_path


@pytest.fixture
def installed(dev, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What was handed to pip."""
    calls: list[tuple[str, ...]] = []
    monkeypatch.setattr(dev, "make_venv", lambda: None)
    monkeypatch.setattr(dev, "ask", lambda *command: None)
    monkeypatch.setattr(dev, "pip_install", lambda *arguments: calls.append(tuple(map(str, arguments))))
    return calls


def test_nothing_is_done_when_nothing_changed(dev, clone: Path, installed, capsys) -> None:
    dev.install()
    assert installed == []
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("changed", ["requirements.lock", "pyproject.toml"])
def test_a_changed_file_is_installed_once(dev, clone: Path, installed, changed: str) -> None:
    with (clone / changed).open("a") as stream:
        stream.write("\n# changed\n")
    dev.install()
    dev.install()
    assert installed == [
        ("--require-hashes", "-r", str(clone / "requirements.lock")),
        ("--no-build-isolation", "--editable", str(clone)),
    ]


def test_an_interrupted_installation_is_done_again(dev, clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object) -> None:
        raise dev.Stop("no network")

    monkeypatch.setattr(dev, "make_venv", lambda: None)
    monkeypatch.setattr(dev, "pip_install", broken)
    (clone / "requirements.lock").write_text("six==1.0\n")
    for _ in range(2):
        with pytest.raises(dev.Stop, match="no network"):
            dev.install()


def test_a_catalogue_is_compiled_when_its_source_is_newer(dev, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source, compiled = folder / "helodoctor.po", folder / "helodoctor.mo"
    source.touch()
    calls: list[str] = []
    monkeypatch.setattr(dev, "LOCALE", tmp_path)
    monkeypatch.setattr(dev, "call", lambda *command: calls.append(command[-1]) or compiled.touch() or 0)
    dev.compile_catalogues()
    dev.compile_catalogues()
    assert calls == ["compile"]


# --- what Qt lacks ----------------------------------------------------------------------------------------------------

LDD = """/x/libqxcb.so:
	linux-vdso.so.1 (0x00007ffd)
	libxcb-cursor.so.0 => not found
	libxkbcommon-x11.so.0 => not found
	libEGL.so.1 => /lib/x86_64-linux-gnu/libEGL.so.1 (0x00007f1)
/x/libqoffscreen.so:
	libxcb-cursor.so.0 => not found
"""


def test_the_libraries_ldd_does_not_find(dev) -> None:
    assert dev.missing_in(LDD) == ["libxcb-cursor.so.0", "libxkbcommon-x11.so.0"]


@pytest.mark.parametrize(
    ("soname", "package"),
    [
        ("libxcb-cursor.so.0", "libxcb-cursor0"),
        ("libxcb-icccm.so.4", "libxcb-icccm4"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
        ("libdbus-1.so.3", "libdbus-1-3"),
        ("libEGL.so.1", "libegl1"),
        ("libGL.so.1", "libgl1"),
        ("libX11.so.6", "libx11-6"),
        ("libX11-xcb.so.1", "libx11-xcb1"),
        ("libfontconfig.so.1", "libfontconfig1"),
        ("libglib-2.0.so.0", "libglib2.0-0"),
    ],
)
def test_the_debian_package_of_a_library(dev, soname: str, package: str) -> None:
    assert dev.debian_package(soname) == package


def test_who_is_not_root_is_told_the_one_command(dev, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.setattr(dev, "missing_libraries", lambda: ["libEGL.so.1", "libxcb-cursor.so.0"])
    monkeypatch.setattr(dev.shutil, "which", lambda program: f"/usr/bin/{program}")
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000)
    dev.provide_qt_libraries()
    assert "sudo apt-get install libegl1 libxcb-cursor0" in capsys.readouterr().err


# --- what the tests are told ------------------------------------------------------------------------------------------


def test_arguments_go_to_pytest_as_they_are(dev) -> None:
    assert dev.test_plan(["-q", "-k", "helo", "tests/core"]) == (["-q", "-k", "helo", "tests/core"], {})


def test_the_lab_is_added_to_the_ordinary_tests(dev) -> None:
    arguments, told = dev.test_plan(["--lab", "-q"])
    assert arguments == ["tests", "--ignore", "tests/bench", "-q"]
    assert told == {"HELODOCTOR_LAB": "usual"}


def test_the_lab_may_be_a_choice_of_servers(dev) -> None:
    _, told = dev.test_plan(["--lab", "postfix,exim"])
    assert told == {"HELODOCTOR_LAB": "postfix,exim"}


def test_tests_named_with_the_lab_are_the_only_ones(dev) -> None:
    assert dev.test_plan(["--lab", "tests/core/test_dev.py::x"]) == (
        ["tests/core/test_dev.py::x"],
        {"HELODOCTOR_LAB": "usual"},
    )


def test_long_asks_for_the_full_counts(dev) -> None:
    assert dev.test_plan(["--long"]) == ([], {"HELODOCTOR_LONG_SHARE": "1"})
