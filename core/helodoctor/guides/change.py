"""The user's own configuration, changed to the new name: exactly the lines to change, shown and never written."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff

from helodoctor.bounce.secrets import mask
from helodoctor.detect import detect
from helodoctor.guides.places import fill
from helodoctor.knowledge.senders import all_systems, completed, guide_book
from helodoctor.model import Candidate


def diff(text: str, name: str, system: str, path: str = "") -> str | None:
    """A unified diff (no lines around it) after which ``system`` announces ``name``; ``""`` if it does already.

    ``text`` is the configuration, ``path`` where it came from. ``None`` where no change of a line or two is known to
    do it; each change offered has been read back by detection. Secrets on a changed line are masked.

    Raises:
        InputProblem: there is no such system.
    """
    before = detect(text, path=path, system=system).candidates
    if before and before[0].source != "file":
        return None  # what a command printed is nothing to change
    if before and before[0].name == name:
        return ""
    for changed in _proposals(text, name, system, before):
        after = detect(changed, path=path, system=system).candidates
        if after and after[0].name == name:
            return mask(_shown(text, changed, path or "-"))
    return None


def _proposals(text: str, name: str, system: str, before: tuple[Candidate, ...]) -> Iterator[str]:
    """Changed texts, the smallest change first: the line that sets it, a line added, the line that decides."""
    settings = list(_settings(system, name))
    decided = before[0] if before else None
    lines = text.splitlines(keepends=True)
    if decided and any(_key(setting) in _line(lines, decided) for _, setting in settings):
        yield from _replaced(lines, decided, name)
    for move, setting in settings:
        if move in _ANYWHERE:
            yield _appended(text, setting)
    if decided:
        yield from _replaced(lines, decided, name)


# Moves whose line may stand anywhere in its file, the end included.
_ANYWHERE = ("set-line", "set-variable", "set-command")


def _settings(system: str, name: str) -> Iterator[tuple[str, str]]:
    """The lines that the system's own steps put into a file, each with its move."""
    found, book = all_systems()[system], guide_book()
    if found.like:
        yield from _settings(found.like, name)
    for data in found.steps:
        step = completed(data, book.moves[data.move])
        line = step.text if step.where == "file" else step.places.get("line")
        if line:
            yield step.move, fill(line, {"name": name})


def _key(setting: str) -> str:
    """What a setting line begins with, up to its sign of assignment."""
    return setting.split(maxsplit=1)[0].rstrip("=:")


def _line(lines: list[str], candidate: Candidate) -> str:
    return lines[candidate.line - 1] if candidate.line and candidate.line <= len(lines) else ""


def _replaced(lines: list[str], candidate: Candidate, name: str) -> Iterator[str]:
    """The text with the old name on the deciding line replaced, if it stands there as it is."""
    old = _line(lines, candidate)
    if candidate.name and candidate.line and candidate.name in old:
        new = old.replace(candidate.name, name)
        yield "".join([*lines[: candidate.line - 1], new, *lines[candidate.line :]])


def _appended(text: str, setting: str) -> str:
    end = "\r\n" if "\r\n" in text else "\n"
    return f"{text}{'' if not text or text.endswith(end) else end}{setting}{end}"


def _shown(before: str, after: str, path: str) -> str:
    rows = unified_diff(before.splitlines(), after.splitlines(), fromfile=path, tofile=path, n=0, lineterm="")
    return "\n".join(rows)
