"""This machine: which mail systems are installed, what their settings say, and what the machine calls itself.

Only files below the root are read; nothing is run, and no question goes to the DNS unless ``resolve`` asks for it.
"""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec.structs import replace

from helodoctor.detect.detection import detect
from helodoctor.detect.settings import MOST_CHARACTERS, as_text
from helodoctor.knowledge.machine import Installed, machine
from helodoctor.knowledge.senders import all_systems
from helodoctor.model import Candidate, Detection

_MOST_FILES = 20
Resolve = Callable[[str], str]


def _inside(root: Path, relative: str) -> Path | None:
    """The file at ``relative`` below ``root``, unless a link leads out of the root."""
    path = root / relative
    try:
        real = path.resolve()
        return path if real.is_file() and real.is_relative_to(root.resolve()) else None
    except OSError:
        return None


def _read(path: Path) -> str:
    with path.open("rb") as stream:
        return as_text(stream.read(MOST_CHARACTERS))


def _of_files(root: Path, known: Installed) -> Iterator[Candidate]:
    """What the settings of one system say; a file that may not be read is told as such."""
    for relative in known.files:
        path = _inside(root, relative)
        if path is None:
            continue
        place = f"/{relative}" if sys.platform != "win32" else str(path)
        try:
            text = _read(path)
        except OSError:
            yield Candidate(name=None, default="not-readable", source="machine", where=place, system=known.system)
            continue
        for candidate in detect(text, path=relative, system=known.system).candidates:
            yield replace(candidate, source="machine", where=place)


def _of_system(root: Path, known: Installed) -> Iterator[Candidate]:
    """What the settings of one system say; an installed one without settings announces its default."""
    found = list(_of_files(root, known))
    program = next((program for program in known.programs if (root / program).exists()), None)
    if not found and program:
        default = all_systems()[known.system].default
        found = [Candidate(name=None, default=default, source="machine", where=f"/{program}", system=known.system)]
    yield from found


def _is_there(root: Path, known: Installed) -> bool:
    programs = (root / program for program in known.programs)
    return any(program.exists() for program in programs) or any(_inside(root, file) for file in known.files)


def _first_line(root: Path, relative: str) -> str:
    path = _inside(root, relative)
    try:
        return _read(path).split("\n", 1)[0].strip() if path else ""
    except OSError:
        return ""


def _long_name(root: Path, host: str) -> tuple[str, int] | None:
    """The canonical name that the hosts file gives ``host`` (hosts(5): the first name of its line)."""
    path = _inside(root, "etc/hosts") or _inside(root, "Windows/System32/drivers/etc/hosts")
    try:
        lines = _read(path).splitlines() if path else []
    except OSError:
        return None
    for number, line in enumerate(lines, 1):
        fields = line.partition("#")[0].split()
        if host.lower() in (name.lower() for name in fields[1:]):
            return fields[1], number
    return None


def _own_names(root: Path, resolve: Resolve | None) -> Iterator[Candidate]:
    """The names programs take from the machine when nothing is set: host name, long name, container id."""
    host = _first_line(root, "etc/hostname") or (platform.node() if root == Path(root.anchor) else "")
    if not host:
        return
    contained = any((root / mark).exists() for mark in machine().container_marks)
    system = "docker-container" if contained else "windows-host" if sys.platform == "win32" else "linux-host"
    own = Candidate(name=host, source="machine", where="/etc/hostname", system=system, scope="host-name")
    yield own
    if long := _long_name(root, host):
        yield replace(own, name=long[0], where="/etc/hosts", line=long[1], scope="long-name")
    elif resolve is not None and (name := resolve(host)) and name != host:
        yield replace(own, name=name, where="DNS", scope="long-name")


def survey(root: Path | None = None, resolve: Resolve | None = None) -> Detection:
    """Every name this machine may announce: those set in mail systems first, then the machine's own.

    ``root`` is the folder taken for the machine's root (default: the real one); ``resolve`` looks a host name's long
    form up in the DNS, and is only called where it is given and the hosts file does not tell.
    """
    base = root or Path(Path.cwd().anchor)
    found = [known for known in machine().installed if _is_there(base, known)][:_MOST_FILES]
    candidates = [candidate for known in found for candidate in _of_system(base, known)]
    candidates.sort(key=lambda candidate: candidate.name is None)
    candidates += _own_names(base, resolve)
    note = None if candidates else "nothing-found"
    return Detection(candidates=tuple(candidates), system=found[0].system if found else None, note=note)
