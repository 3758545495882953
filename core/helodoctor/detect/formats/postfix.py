"""Postfix: main.cf and postconf (postconf(5), postconf(1)), master.cf (master(5))."""

from __future__ import annotations

import re
from collections.abc import Iterator

from helodoctor.detect.settings import Setting, lines_of

_PARAMETER = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)$")
_REFERENCE = re.compile(r"\$(?:\{(\w+)\}|\((\w+)\)|(\w+))")
_OVERRIDE = re.compile(r"([\w.:/-]+/(?:unix|inet))/(\w+)\s*=\s*(\S+)")
_OPTION = re.compile(r"-o\s*(?:\{\s*(\w+)\s*=\s*([^}]*?)\s*\}|(\w+)=(\S*))")
_DEEPEST = 20


def _logical(text: str) -> Iterator[list[tuple[int, str]]]:
    """Logical lines as postconf(5) builds them: white space continues, comments in between do not end them."""
    current: list[tuple[int, str]] = []
    for number, line in lines_of(text):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if line[0] in " \t" and current:
            current.append((number, line.strip()))
            continue
        if current:
            yield current
        current = [(number, line.rstrip())]
    if current:
        yield current


def _parameter(parts: list[tuple[int, str]]) -> Setting | None:
    match = _PARAMETER.match(parts[0][1].lstrip())
    if match is None:
        return None
    pieces = [(parts[0][0], match[2].strip()), *parts[1:]]
    said = [(number, piece) for number, piece in pieces if piece]
    return Setting(match[1].lower(), " ".join(piece for _, piece in said), said[0][0] if said else parts[0][0])


def _expand(value: str, line: int, known: dict[str, Setting], depth: int = 0) -> tuple[str, int]:
    """``value`` with its references filled; a value that is one reference takes over that setting's line too."""
    whole = _REFERENCE.fullmatch(value)
    if whole and depth < _DEEPEST:
        other = known.get((whole[1] or whole[2] or whole[3]).lower())
        return _expand(other.value, other.line, known, depth + 1) if other else (value, line)

    def fill(match: re.Match[str]) -> str:
        other = known.get((match[1] or match[2] or match[3]).lower())
        return _expand(other.value, line, known, depth + 1)[0] if other and depth < _DEEPEST else match[0]

    return _REFERENCE.sub(fill, value)[:1024], line


def main(text: str) -> list[Setting]:
    """The parameters of main.cf, or of what ``postconf`` printed; the last of several counts, references are filled."""
    found = [setting for parts in _logical(text) if (setting := _parameter(parts))]
    known = {setting.key: setting for setting in found}
    return [Setting(key, *_expand(setting.value, setting.line, known)) for key, setting in known.items()]


def _service(parts: list[tuple[int, str]]) -> Iterator[Setting]:
    """One service of master.cf: itself, and each ``-o`` of it, if its program is the SMTP client."""
    fields = parts[0][1].split()
    if len(fields) < 8 or fields[1] not in ("unix", "inet") or fields[7] != "smtp":
        return
    service = f"{fields[0]}/{fields[1]}".lower()
    yield Setting(service, "", parts[0][0])
    for number, line in parts:
        for option in _OPTION.finditer(line):
            yield Setting(f"{service}/{(option[1] or option[3]).lower()}", option[2] or option[4] or "", number)


def master(text: str) -> list[Setting]:
    """The SMTP client services of master.cf or ``postconf -M`` with their overrides, and lines of ``postconf -P``."""
    found: list[Setting] = []
    for parts in _logical(text):
        if match := _OVERRIDE.match(parts[0][1]):
            found.append(Setting(f"{match[1]}/{match[2]}".lower(), match[3], parts[0][0]))
        else:
            found.extend(_service(parts))
    return found
