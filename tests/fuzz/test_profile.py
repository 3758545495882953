"""Mutated profiles: no exception, never less strict than none, nothing opened but the file itself, bounded memory."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.test_organisation import FULL
from fuzz.mutations import mutated
from fuzz.watching import watched
from helodoctor.model import Profile
from helodoctor.model.profile import EVERY_MASK
from helodoctor.organisation import read, strictest
from helodoctor.words import speak

FULL_COUNT = 100_000
STRICT = """
version = 1
[allow]
network = false
[masks]
always = ["mailbox", "subject", "text", "internal"]
"""
SEEDS = [FULL.encode(), STRICT.encode(), b"version = 1\n[[text]]\npage = 'paste'\ntext = '''a\nb'''\n"]
VALUES = (
    "true", "false", "1", "-1", "9" * 5000, "1e999", "nan", "''", '"{0.__class__}"', '"../../etc/hostname"', "[]", "{}",
    "[[[[]]]]", '"\\u202e"', "1979-05-27T07:32:00Z", '["everything"]', '"' + "x" * 5000 + '"', "{a={b={c=1}}}",
)  # fmt: skip


def poisoned(count: int, seed: int) -> Iterator[bytes]:
    """Profiles of lines that each could stand in one, with values that could not."""
    rng = random.Random(seed)
    keys = ("version", "helpdesk", "contact", "language", "target", "allow.network", "allow.live_test", "masks.always",
            "text", "allow", "masks", "unknown")  # fmt: skip
    for _ in range(count):
        lines = [f"{key} = {rng.choice(VALUES)}" for key in rng.sample(keys, rng.randrange(1, 6))]
        if rng.random() < 0.7:
            lines.insert(0, "version = 1")
        yield "\n".join(lines).encode()


def held(told: Profile) -> None:
    """What is true of every profile, whatever the file holds."""
    [origin] = told.origins
    if not origin.usable:
        assert (told.network, told.live_test, told.masks) == (False, False, EVERY_MASK)
    assert told.network or not told.live_test
    assert speak(told.language).language
    for other in (Profile(), read(Path("/dev/null"))):
        both = strictest(told, other)
        assert both.network <= min(told.network, other.network)
        assert both.live_test <= min(told.live_test, other.live_test)
        assert {*told.masks, *other.masks} == {*both.masks}


@pytest.mark.timeout(0)
@pytest.mark.parametrize("make", [lambda count: mutated(SEEDS, count, seed=31), lambda count: poisoned(count, seed=32)],
                         ids=["mutated", "poisoned"])  # fmt: skip
def test_any_profile_is_obeyed_or_stands_for_the_strictest_rules(
    make: Callable[[int], Iterator[bytes]], long_count: Callable[[int], int], tmp_path: Path
) -> None:
    path, usable, outside = tmp_path / "profile.toml", 0, []
    path.write_bytes(FULL.encode())
    held(read(path))  # what reading needs is loaded once
    for data in make(long_count(FULL_COUNT)):
        path.write_bytes(data)
        with watched() as events:
            told = read(path)
        outside += [event for event in events if event[0] != "open" or str(event[1]) != str(path)]
        usable += told.origins[0].usable
        held(told)
    assert outside == []
    assert usable > 20


MEMORY = """
import sys
from pathlib import Path
from helodoctor.organisation import read
read(Path(sys.argv[1]))
[peak] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:")]
print(int(peak.split()[1]) // 1024)
"""
BOMBS = {
    "long": b"version = 1\n#" + b"x" * 50_000_000,
    "tables": b"version = 1\n" + b"".join(b"[a%d]\n" % number for number in range(30_000)),
    "dotted": b"version = 1\n" + b".".join([b"a"] * 100_000) + b" = 1\n",
    "lists": b"version = 1\nx = " + b"[" * 200_000,
    "texts": b"version = 1\n" + b"[[text]]\npage = 'fix'\ntext = 'x'\n" * 7_000,
}


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is read from /proc")
@pytest.mark.parametrize("name", BOMBS)
def test_no_profile_takes_more_than_200_mb(name: str, tmp_path: Path) -> None:
    path = tmp_path / "profile.toml"
    path.write_bytes(BOMBS[name])
    done = subprocess.run([sys.executable, "-c", MEMORY, str(path)], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 200
