"""kill -9 at any moment of a walk in the window: the case opens again, with at most the last step lost."""

from __future__ import annotations

import hashlib
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from helodoctor.casefile import CaseFile, autosaved, encode, open_file
from helodoctor.model import Case

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows ends processes in another way")

LONGEST_WALK = 2.0  # seconds; what comes after is the next walk


def told(file: CaseFile) -> str:
    """A step by which it is known again: the page and everything in the case."""
    case = encode(CaseFile(id=file.id, created=file.created, saved=file.created, case=file.case))
    return f"{file.id} {file.page} {hashlib.sha256(case).hexdigest()}"


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def walk() -> None:
    """In a process of its own: walk from the first page to the last, again and again, telling every step."""
    from helodoctor_gui.app import make_application
    from helodoctor_gui.wizard import Frame
    from shots import pages

    application = make_application([])
    frame = Frame()
    frame.show()
    frame.furnish()
    cases = frame.cases
    assert cases is not None
    note = cases.keeper.note

    def noting() -> None:
        before = cases.keeper.file
        note()
        if cases.keeper.file is not before and cases.keeper.file is not None:
            say(told(cases.keeper.file))

    cases.keeper.note = noting  # type: ignore[method-assign]
    say("walking")
    while True:
        for _ in pages(frame):
            application.processEvents()
        cases.new()


@pytest.fixture
def kills(long_count: Callable[[int], int]) -> int:
    return long_count(200)


@pytest.mark.timeout(0)
def test_at_most_the_last_step_is_lost(kills: int, home: Path) -> None:
    rng = random.Random(12)
    kept = 0
    for _ in range(kills):
        steps = killed_after(rng.uniform(0, LONGEST_WALK), home)
        found = [told(open_file(saved.path).file) for saved in autosaved()]  # each of them opens
        kept += len(steps)
        if len(steps) > 1:
            assert any(step in found for step in steps[-2:]), (steps[-2:], found)
        for saved in autosaved():
            saved.path.unlink()
    assert kept > kills, "no walk came further than its first step: the walk does not walk"


def killed_after(seconds: float, home: Path) -> list[str]:
    """The steps a walk told until it was killed, ``seconds`` after the first of them."""
    here = str(Path(__file__).parent)
    program = f"import sys; sys.path.insert(0, {here!r}); from test_killed import walk; walk()"
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, cwd=home) as walker:
        assert walker.stdout is not None
        assert walker.stdout.readline() == "walking\n"
        first = walker.stdout.readline()  # the moment is counted from the first step, however busy the machine is
        time.sleep(seconds)
        walker.send_signal(signal.SIGKILL)
        return f"{first}{walker.stdout.read()}".split("\n")[:-1]


def test_the_same_step_is_told_alike() -> None:
    from helodoctor.casefile import decode, new_file

    file = new_file(Case(name="www"))
    assert told(decode(encode(file)).file) == told(file)
