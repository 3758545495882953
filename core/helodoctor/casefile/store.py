"""Case files on the disk: read within bounds, written so that a power cut leaves the old file or the new one."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from msgspec import Struct

from helodoctor.casefile.document import SIZE_BOUND, CaseFile, Opened, decode, encode
from helodoctor.folders import data_folder
from helodoctor.model import InputProblem

SUFFIX = ".helocase"
_PART = ".part"
_ABANDONED = 24 * 3600.0  # seconds after which a part file is no longer being written by anybody


class Saved(Struct, frozen=True, kw_only=True):
    """One autosaved case: where it lies, and when it was last written (seconds since 1970)."""

    path: Path
    time: float


def open_file(path: str | os.PathLike[str]) -> Opened:
    """The case of a ``.helocase`` file.

    Raises:
        InputProblem: it cannot be read, is no case file, a damaged one, or too large.
    """
    try:
        with Path(path).open("rb") as stream:
            data = stream.read(SIZE_BOUND + 1)
    except (OSError, ValueError) as fault:  # ValueError: a NUL in the path
        raise InputProblem("file-unreadable", path=_shown(path), reason=_reason(fault)) from fault
    return decode(data)


def save(file: CaseFile, path: str | os.PathLike[str]) -> None:
    """Write ``file``; whatever happens meanwhile, ``path`` holds what it held before or all that is new.

    Raises:
        InputProblem: it cannot be written there, or is larger than a case file may be; ``path`` is as it was.
    """
    write(path, encode(file))


def write(path: str | os.PathLike[str], data: bytes) -> None:
    """Write any file the way a case is written: whole or not at all.

    Raises:
        InputProblem: it cannot be written there; ``path`` is as it was.
    """
    try:
        _write(Path(path), data)
    except (OSError, ValueError) as fault:
        raise InputProblem("file-unwritable", path=_shown(path), reason=_reason(fault)) from fault


def autosave_folder() -> Path:
    """Where cases are kept between two runs: below the folder for a user's application data."""
    return data_folder() / "cases"


def autosave(file: CaseFile) -> Path:
    """Keep ``file`` in the autosave folder, under its id, and tell where.

    Raises:
        InputProblem: nothing can be written there.
    """
    path = autosave_folder() / f"{file.id}{SUFFIX}"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise InputProblem("file-unwritable", path=_shown(path.parent), reason=_reason(fault)) from fault
    save(file, path)
    return path


def lock_of(path: Path) -> Path:
    """What lies beside an autosaved case while a window has it open."""
    return path.with_suffix(".lock")


def forget(path: Path) -> None:
    """Delete an autosaved case for good.

    Raises:
        InputProblem: it cannot be deleted.
    """
    try:
        path.unlink(missing_ok=True)
        lock_of(path).unlink(missing_ok=True)
    except OSError as fault:
        raise InputProblem("file-unwritable", path=_shown(path), reason=_reason(fault)) from fault


def autosaved() -> tuple[Saved, ...]:
    """The autosaved cases, the newest first; what a cut-off write left behind is cleared away after a day."""
    found = []
    for path, written in _entries(autosave_folder()):
        if path.suffix == SUFFIX:
            found.append(Saved(path=path, time=written))
        elif path.suffix == _PART and time.time() - written > _ABANDONED:
            path.unlink(missing_ok=True)
    return tuple(sorted(found, key=lambda saved: saved.time, reverse=True))


def _entries(folder: Path) -> list[tuple[Path, float]]:
    try:
        with os.scandir(folder) as entries:
            plain = [entry for entry in entries if entry.is_file(follow_symlinks=False)]
            return [(Path(entry.path), entry.stat().st_mtime_ns / 1e9) for entry in plain]
    except OSError:  # never saved anything yet
        return []


def _write(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}.", suffix=_PART)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name itself last through a power cut; Windows does not open folders, and needs it not."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _shown(path: str | os.PathLike[str]) -> str:
    """A path as it can be printed."""
    return os.fsencode(path).decode("utf-8", "replace").replace("\0", "\\0")


def _reason(fault: Exception) -> str:
    return (fault.strerror if isinstance(fault, OSError) else None) or str(fault)
