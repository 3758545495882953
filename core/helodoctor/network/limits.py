"""The careful limit of ``design.md``, remembered on disk.

Per host one trial at a time, 20 s apart, and in an hour six of them with no more than two names, the old one and the
new one: announcing many names from one address gets it listed.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path

import msgspec
from msgspec.structs import replace

from helodoctor.folders import state_folder
from helodoctor.model import NetworkProblem

PER_HOUR = 6
NAMES = 2
HOUR = 3600.0
APART = 20.0
_FILE_BOUND = 1024 * 1024
_LOCK_TRIES, _LOCK_PAUSE = 15, 0.01


class _Entry(msgspec.Struct, frozen=True):
    """One trial: its host's names and addresses, the name announced, when it began and ended at the latest (epoch).

    A call that says no name has none.
    """

    hosts: tuple[str, ...]
    name: str | None
    began: float
    ended: float


class History:
    """The trials of the last hour, in a file all processes of this user share; ``clock`` gives epoch seconds."""

    def __init__(self, path: Path | None = None, clock: Callable[[], float] = time.time) -> None:
        self._given_path = path
        self._clock = clock

    @cached_property
    def _path(self) -> Path:
        if self._given_path is not None:
            return self._given_path
        return state_folder() / "trials.json"

    @contextmanager
    def trial(self, hosts: tuple[str, ...], name: str | None, longest: float) -> Iterator[None]:
        """Keep the limit for the body: one trial with ``name`` (``None``: none is said) of a host known as ``hosts``.

        It takes at most ``longest`` seconds.

        Raises:
            NetworkProblem: the limit does not allow it now; the sentence says when it will.
        """
        began = self._clock()
        mine = _Entry(hosts, name if name is None else name.rstrip(".").lower(), began, began + longest)
        with self._locked():
            entries = self._recent()
            _admit(mine, [entry for entry in entries if set(entry.hosts) & set(hosts)])
            self._write([*entries, mine])
        try:
            yield
        finally:
            with self._locked():
                entries = [entry for entry in self._recent() if entry != mine]
                self._write([*entries, replace(mine, ended=self._clock())])

    def _recent(self) -> list[_Entry]:
        """What the file holds of the last hour, oldest first; a damaged file holds nothing."""
        try:
            with self._path.open("rb") as stream:
                entries = msgspec.json.decode(stream.read(_FILE_BOUND), type=list[_Entry])
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return []
        now = self._clock()
        return sorted((entry for entry in entries if now - HOUR < entry.began <= now), key=lambda entry: entry.began)

    def _write(self, entries: list[_Entry]) -> None:
        """Replace the file in one go; where nothing can be written, nothing is remembered and the trial goes on."""
        with suppress(OSError):
            written = self._path.with_suffix(".new")  # nobody else writes it: the lock is held
            written.write_bytes(msgspec.json.encode(entries))
            written.replace(self._path)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Keep other processes out while the file is read and replaced."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            stream = self._path.with_suffix(".lock").open("a+b")
        except OSError:
            yield
            return
        with stream:
            _lock(stream.fileno())
            yield


def _lock(handle: int) -> None:
    """Take the lock of an open file; closing the file gives it back.

    It is held for moments only, so a program that keeps it has come to a stop, and is not waited for; nor is a file
    system that knows no locks.
    """
    for _ in range(_LOCK_TRIES):
        with suppress(OSError):
            _lock_now(handle)
            return
        time.sleep(_LOCK_PAUSE)


def _lock_now(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _admit(wanted: _Entry, earlier: list[_Entry]) -> None:
    """Raise when ``earlier`` trials of the same host, oldest first, forbid the one wanted now."""
    host, now = wanted.hosts[0], wanted.began
    ready = max((entry.ended + APART for entry in earlier), default=now)
    if any(entry.ended > now for entry in earlier):
        raise _not_yet("trial-running", host, ready, now)
    if ready > now:
        raise _not_yet("trial-too-soon", host, ready, now)
    if len(earlier) >= PER_HOUR:
        raise _not_yet("trial-limit", host, earlier[-PER_HOUR].began + HOUR, now)
    last = {entry.name: entry.began for entry in earlier if entry.name is not None}  # of each name, the last time
    if wanted.name is not None and wanted.name not in last and len(last) >= NAMES:
        raise _not_yet("trial-names", host, sorted(last.values())[-NAMES] + HOUR, now)


def _not_yet(problem: str, host: str, ready: float, now: float) -> NetworkProblem:
    clock = time.strftime("%H:%M:%S", time.localtime(ready))
    return NetworkProblem(problem, host=host, time=clock, seconds=str(round(ready - now)))
