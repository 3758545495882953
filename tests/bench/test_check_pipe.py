"""``helodoctor check`` as a filter: so many names in so much time, and no more memory for more of them.

``HELODOCTOR_BENCH_NAMES`` sets how many names (100000 is what is promised; the default is a tenth of it).
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from helodoctor import steps
from helodoctor.report import judgement
from helodoctor.words import speak

NAMES = int(os.environ.get("HELODOCTOR_BENCH_NAMES", "10000"))
PROMISED = 100_000
SHAPES = (
    "mail{}.kolibri.example", "mx{0}.firma{0}.ch", "server{}", "10.3.4.{}", "[203.0.113.{}]",
    "host-{}-3-4-5.dyn.provider.net",
    "my_srv{}.corp.local", "münchen{}.de", "a.x{}", "mail{}.firma.co.uk.",
)  # fmt: skip


def names(count: int) -> Iterator[str]:
    """Names of every sort, none twice where the sort has that many."""
    for number in range(count):
        shape = SHAPES[number % len(SHAPES)]
        yield shape.format(number % 256 if "{}]" in shape or shape.endswith(".4.{}") else number)


CHILD = """
import os, re, sys
from pathlib import Path
from helodoctor.cli import main
code = main()
status = Path("/proc/self/status")
peak = re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1] if status.exists() else 0
cpu = os.times()
print(cpu.user + cpu.system, peak, file=sys.stderr)
sys.exit(code)
"""


def run(count: int, folder: Path, *arguments: str) -> tuple[float, int]:
    """CPU seconds and peak memory (KiB) of one process that judges ``count`` names from a pipe."""
    source = folder / f"{count}.txt"
    source.write_text("".join(f"{name}\n" for name in names(count)), encoding="utf-8")
    command = [sys.executable, "-c", CHILD, "check", "--json", *arguments, "-"]
    with source.open("rb") as stream:
        done = subprocess.run(command, stdin=stream, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    seconds, peak = done.stderr.split()
    return float(seconds), int(peak)


def encoding_only(only: str | None) -> float:
    """CPU seconds for encoding as many objects of the same shape, each made before the clock starts."""
    made = [judgement.as_object(steps.assess(name, only=only), speak("en")) for name in names(100)]
    begun = time.process_time()
    for number in range(NAMES):
        msgspec.json.encode(made[number % 100])
    return time.process_time() - begun


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("only", "limit"), [("postfix-hardened", 60), (None, 180)])
def test_a_hundred_thousand_names_go_through_the_pipe(
    only: str | None, limit: float, tmp_path: Path, told: Callable[[str], None]
) -> None:
    seconds, _ = run(NAMES, tmp_path, *(["--receiver", only] if only else []))
    allowed = limit * NAMES / PROMISED
    told(
        f"check - with {only or 'all receivers'}: {NAMES} names {seconds:.1f} s CPU, allowed {allowed:.1f} s; "
        f"encoding the same JSON alone {encoding_only(only):.1f} s"
    )
    assert seconds <= allowed


@pytest.mark.timeout(300)
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read from /proc")
def test_more_names_take_no_more_memory(tmp_path: Path, told: Callable[[str], None]) -> None:
    _, few = run(1000, tmp_path, "--receiver", "postfix-hardened")
    _, many = run(max(NAMES, 10_000), tmp_path, "--receiver", "postfix-hardened")
    told(f"peak memory: 1000 names {few / 1024:.1f} MiB, {max(NAMES, 10_000)} names {many / 1024:.1f} MiB")
    assert many - few < 4 * 1024


@pytest.mark.timeout(60)
def test_one_name_with_every_rule_and_receiver_takes_less_than_a_millisecond(told: Callable[[str], None]) -> None:
    sample = list(names(1000))
    for name in sample[:50]:
        steps.assess(name)
    begun = time.process_time()
    for name in sample:
        steps.assess(name)
    each = (time.process_time() - begun) / len(sample)
    told(f"one name, all rules and receivers: {each * 1000:.2f} ms")
    assert each < 0.001
