"""The house stands as it was drawn: imports run downward, modules stay small, and nothing foreign lies about."""

from __future__ import annotations

import ast
import pwd
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import helodoctor

ROOT = Path(__file__).parents[2]
ROOTS = ("core", "gui", "resources")
SOURCES = sorted([ROOT / "dev.py", *(path for root in ROOTS for path in ROOT.glob(f"{root}/**/*.py"))])
LONGEST_MODULE, LONGEST_FUNCTION = 300, 40


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


def tracked() -> Iterator[tuple[str, str]]:
    """Every file git knows, with its text; pictures and other binaries are left out."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        if path.is_file() and b"\0" not in (data := path.read_bytes()):
            yield name, data.decode("utf-8", "replace")


# --- arrows -----------------------------------------------------------------------------------------------------------


def test_the_import_contracts_hold() -> None:
    done = run("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", "--no-cache")
    assert done.returncode == 0, done.stdout


def test_everything_below_the_window_imports_without_qt() -> None:
    modules = [
        ".".join(path.relative_to(ROOT / "core").with_suffix("").parts).removesuffix(".__init__")
        for path in SOURCES
        if path.is_relative_to(ROOT / "core")
    ]
    blocked = "import sys; sys.modules.update(PySide6=None, shiboken6=None, helodoctor_gui=None)"
    done = run("-c", f"{blocked}; import importlib; [importlib.import_module(name) for name in {modules!r}]")
    assert done.returncode == 0, done.stderr


# --- sizes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_stays_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


def functions() -> Iterator[tuple[str, int]]:
    """Name and number of lines of every function, its docstring not counted."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                lines = body[-1].end_lineno - body[0].lineno + 1 if body else 1
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", lines


def test_functions_stay_small() -> None:
    sizes = dict(functions())
    long = {name: lines for name, lines in sizes.items() if lines > LONGEST_FUNCTION}
    assert statistics.median(sizes.values()) < 12
    assert len(long) <= len(sizes) // 100, long


# --- nothing foreign --------------------------------------------------------------------------------------------------


def package_indexes() -> set[str]:
    """The hosts of package indexes, asked of pip, so that they are named nowhere here."""
    from pip._internal.models.index import PyPI, TestPyPI

    return {PyPI.netloc, PyPI.file_storage_domain, TestPyPI.netloc, TestPyPI.file_storage_domain}


def test_no_file_names_a_package_index_or_a_path_of_this_machine() -> None:
    foreign = package_indexes() | {f"{ROOT}/", f"{ROOT.parent}/", f"{pwd.getpwuid(0).pw_dir}/."}
    found = [(name, word) for name, text in tracked() for word in foreign if len(word) > 6 and word in text]
    assert found == []


def test_the_lock_names_hashes_and_no_place() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "--hash=sha256:" in lock
    assert not re.search(r"://|--(extra-)?index|--find-links|\bfile:|/", lock.replace("dev.py", ""))


def test_nothing_built_is_tracked() -> None:
    built = (".mo", ".pot", ".pyc", ".whl", ".so", ".exe")
    assert [name for name, _ in tracked() if name.endswith(built)] == []


# --- one version ------------------------------------------------------------------------------------------------------


def test_the_version_stands_in_one_place_and_the_changelog_agrees() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## \[([^\]]+)\]", changelog, re.MULTILINE)
    assert newest and newest[1] == helodoctor.__version__
    assert f'"{helodoctor.__version__}"' not in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
