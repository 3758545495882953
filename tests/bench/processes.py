"""Measuring whole processes: the CPU they use, and how long until they print a line."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence

ROUNDS = 7


def _environment(added: Mapping[str, str]) -> dict[str, str]:
    """As a user starts it: Python may keep its bytecode."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | dict(added)


def cpu_seconds(command: Sequence[str]) -> float:
    """User and system CPU of one run of ``command`` with everything it waited for; it must exit with 0 or 1."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=_environment({}))
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode in (0, 1), command
    return usage.ru_utime + usage.ru_stime


def seconds_until(line: str, command: Sequence[str], added: Mapping[str, str]) -> float:
    """Wall time from the start of ``command`` until it prints ``line``; ``added`` goes into its environment."""
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=_environment(added)) as child:
        assert child.stdout is not None
        found = any(printed.strip() == line for printed in child.stdout)
        elapsed = time.perf_counter() - begun
    assert found, f"{command} did not print {line}"
    return elapsed


def medians(*measures: Callable[[], float]) -> list[float]:
    """The median of each measure over the rounds, taken in turns, so that a busy moment hits all alike; one warm-up."""
    rounds = [[measure() for measure in measures] for _ in range(ROUNDS + 1)]
    return [statistics.median(values) for values in zip(*rounds[1:], strict=True)]


def minima(*measures: Callable[[], float]) -> list[float]:
    """The least of each measure, taken in turns: the CPU a program needs, without what busy neighbours add to it."""
    rounds = [[measure() for measure in measures] for _ in range(2 * ROUNDS)]
    return [min(values) for values in zip(*rounds, strict=True)]


def python(*arguments: str) -> list[str]:
    """A command that runs this Python."""
    return [sys.executable, *arguments]
