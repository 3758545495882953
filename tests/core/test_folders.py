"""Data is kept in the platform's folders, unless the program is a portable one or is told otherwise."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from helodoctor import folders
from helodoctor.casefile import store


@pytest.fixture(autouse=True)
def forget() -> Iterator[None]:
    folders._beside_the_program.cache_clear()
    yield
    folders._chosen.clear()
    folders._beside_the_program.cache_clear()


@pytest.fixture
def packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a packed program that runs."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "HELO Doctor" / "helodoctor-gui.exe"))
    (tmp_path / "HELO Doctor").mkdir()
    return tmp_path / "HELO Doctor"


def test_the_platform_says_where(home: Path) -> None:
    assert folders.own_folder() is None
    assert folders.data_folder().is_relative_to(home)
    assert folders.state_folder().is_relative_to(home)


def test_an_installed_program_keeps_nothing_in_its_own_folder(packed: Path, home: Path) -> None:
    assert folders.data_folder().is_relative_to(home)


def test_a_portable_program_keeps_its_data_beside_itself(packed: Path) -> None:
    (packed / folders.MARKER).touch()
    assert folders.data_folder() == folders.state_folder() == packed / "data"
    assert store.autosave_folder() == packed / "data" / "cases"


def test_a_marker_beside_python_means_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    (tmp_path / folders.MARKER).touch()
    assert folders.own_folder() is None


def test_a_chosen_folder_holds_everything(tmp_path: Path) -> None:
    folders.keep_in(tmp_path / "here")
    assert folders.data_folder() == folders.state_folder() == tmp_path / "here"
