"""The wheel carries all that the program reads, the compiled catalogues too, and nothing that only developers need."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RESOURCES = ROOT / "resources" / "helodoctor_resources"


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel of this tree, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (path,) = folder.glob("*.whl")
    return zipfile.ZipFile(path)


def tracked(folder: str) -> list[str]:
    """The files git knows below ``folder``, as the wheel names them."""
    listed = subprocess.run(["git", "ls-files", "-z", folder], cwd=ROOT, capture_output=True, text=True, check=True)
    return [name.partition("/")[2] for name in listed.stdout.split("\0") if name and (ROOT / name).exists()]


@pytest.mark.parametrize("root", ["core/helodoctor", "gui/helodoctor_gui", "resources/helodoctor_resources"])
def test_every_file_of_the_house_is_in_the_wheel(wheel: zipfile.ZipFile, root: str) -> None:
    wanted = {name for name in tracked(root) if not name.endswith(".po")}
    assert wanted
    assert wanted - set(wheel.namelist()) == set()


def test_the_catalogues_are_compiled_in_the_wheel(wheel: zipfile.ZipFile) -> None:
    sources = sorted(path.relative_to(RESOURCES.parent).as_posix() for path in RESOURCES.glob("locale/*/*/*.po"))
    compiled = [name for name in wheel.namelist() if name.endswith(".mo")]
    assert sorted(compiled) == [name.removesuffix("po") + "mo" for name in sources]
    message = b"print one JSON object for scripts instead of text"
    assert all(message in wheel.read(name) for name in compiled)


def test_the_wheel_holds_nothing_else(wheel: zipfile.ZipFile) -> None:
    roots = {name.split("/")[0] for name in wheel.namelist()}
    assert {root for root in roots if not root.endswith(".dist-info")} == {
        "helodoctor",
        "helodoctor_gui",
        "helodoctor_resources",
    }
    assert [name for name in wheel.namelist() if name.endswith((".po", ".pot", ".pyc"))] == []


def test_qt_is_an_extra(wheel: zipfile.ZipFile) -> None:
    (metadata,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    required = [line for line in wheel.read(metadata).decode().splitlines() if line.startswith("Requires-Dist: ")]
    qt = [line for line in required if "pyside" in line.lower()]
    assert qt and all("extra == 'gui'" in line for line in qt)
