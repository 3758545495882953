"""Case files on the disk: whole at any moment, whatever is killed, full or read-only."""

from __future__ import annotations

import os
import random
import resource as limits
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from core.casefile.walked import walked
from helodoctor.casefile import autosave, autosaved, decode, new_file, open_file, save
from helodoctor.model import InputProblem

FILE = new_file(walked(), "fix")
NEXT = replace(FILE, page="fixed")
ORDINARY_KILLS, ALL_KILLS = 20, 200


def test_a_saved_case_opens_again(tmp_path: Path) -> None:
    path = tmp_path / "Müller & Söhne.helocase"
    save(FILE, path)
    assert open_file(path).file == FILE
    save(NEXT, path)
    assert open_file(path).file == NEXT
    assert [entry.name for entry in tmp_path.iterdir() if entry.is_file()] == [path.name]


def test_only_the_user_may_read_it(tmp_path: Path) -> None:
    save(FILE, tmp_path / "x.helocase")
    assert (tmp_path / "x.helocase").stat().st_mode & 0o077 == 0
    assert autosave(FILE).parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("path", ["nosuch.helocase", ".", "a\0b"])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, path: str) -> None:
    with pytest.raises(InputProblem) as found:
        open_file(f"{tmp_path}/{path}")
    assert found.value.id == "file-unreadable"


# --- autosave ---------------------------------------------------------------------------------------------------------


def test_autosaved_cases_are_listed_newest_first(home: Path) -> None:
    assert autosaved() == ()
    paths = [autosave(new_file(walked())) for _ in range(3)]
    for age, path in zip((30, 10, 20), paths, strict=True):
        os.utime(path, (1_700_000_000 - age,) * 2)
    assert [saved.path for saved in autosaved()] == [paths[1], paths[2], paths[0]]
    assert all(path.is_relative_to(home) for path in paths)


def test_a_case_is_autosaved_to_one_place() -> None:
    assert autosave(FILE) == autosave(NEXT)
    [saved] = autosaved()
    assert open_file(saved.path).file == NEXT


def test_what_a_cut_off_write_left_behind_is_never_listed_and_goes_after_a_day() -> None:
    folder = autosave(FILE).parent
    fresh, old = folder / ".x.1.part", folder / ".x.2.part"
    for part in (fresh, old):
        part.write_bytes(b"{")
    os.utime(old, (time.time() - 25 * 3600,) * 2)
    assert len(autosaved()) == 1
    assert (fresh.exists(), old.exists()) == (True, False)


# --- kill -9 ----------------------------------------------------------------------------------------------------------

WRITER = """
import sys
from pathlib import Path
from msgspec.structs import replace
from helodoctor.casefile import open_file, save
path = Path(sys.argv[1])
file = open_file(path).file
step = int(file.page)
print("writing", flush=True)
while True:
    step += 1
    save(replace(file, page=str(step)), path)
    print(step, flush=True)
"""


@pytest.fixture
def kills(long_count: Callable[[int], int]) -> int:
    return max(ORDINARY_KILLS, long_count(ALL_KILLS))


@pytest.mark.timeout(0)
def test_kill_9_at_any_moment_leaves_a_whole_file_with_the_last_step_told(tmp_path: Path, kills: int) -> None:
    """A writer saves step after step and tells each; the file may be one step ahead of what was told, never behind."""
    path = tmp_path / "walk.helocase"
    save(replace(FILE, page="0"), path)
    rng = random.Random(9)
    for _ in range(kills):
        told = _killed_while_writing(path, rng.uniform(0, 0.06))
        found = int(open_file(path).file.page)
        assert told is None or found in (told, told + 1)
    assert int(open_file(path).file.page) > kills


def _killed_while_writing(path: Path, after: float) -> int | None:
    """The last step the writer told before it was killed."""
    with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "writing\n"
        time.sleep(after)
        writer.send_signal(signal.SIGKILL)
        lines = writer.stdout.read().split("\n")
    return int(lines[-2]) if len(lines) > 1 else None


# --- no room, no right ------------------------------------------------------------------------------------------------


@pytest.fixture
def full_disk() -> Iterator[None]:
    """The kernel refuses every byte of a file beyond the tenth kilobyte, as a full disk would."""
    soft, hard = limits.getrlimit(limits.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits.setrlimit(limits.RLIMIT_FSIZE, (10_240, hard))
    yield
    limits.setrlimit(limits.RLIMIT_FSIZE, (soft, hard))
    signal.signal(signal.SIGXFSZ, handler)


def test_a_full_disk_is_told_and_what_was_saved_stays(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    path = tmp_path / "x.helocase"
    save(FILE, path)
    before = path.read_bytes()
    request.getfixturevalue("full_disk")
    with pytest.raises(InputProblem) as found:
        save(NEXT, path)
    assert found.value.id == "file-unwritable"
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir() if entry.is_file()] == [path.name]


@pytest.fixture
def read_only_folder() -> Iterator[Path]:
    """A folder with a saved case that this process may enter but not write to; root steps down for it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        save(NEXT, folder / "x.helocase")
        save(FILE, folder / "x.helocase")
        decode((folder / "x.helocase").read_bytes())  # imports all: root's Python may be closed to others
        (folder / "x.helocase").chmod(0o444)
        folder.chmod(0o555)
        was = os.geteuid()
        if was == 0:
            os.seteuid(65534)
        yield folder
        os.seteuid(was)
        folder.chmod(0o755)


def test_a_read_only_folder_is_told_and_what_was_saved_stays(read_only_folder: Path) -> None:
    path = read_only_folder / "x.helocase"
    with pytest.raises(InputProblem) as found:
        save(NEXT, path)
    assert found.value.id == "file-unwritable"
    assert decode(path.read_bytes()).file == FILE


def test_an_autosave_folder_that_cannot_be_made_is_told(home: Path) -> None:
    (home / ".local").write_text("a file in the way")
    with pytest.raises(InputProblem) as found:
        autosave(FILE)
    assert found.value.id == "file-unwritable"
    assert autosaved() == ()
