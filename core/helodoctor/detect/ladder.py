"""From a shape's settings to the announced name: the first rung that is set decides, the others are told too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from urllib.parse import parse_qs, urlsplit

from msgspec import Struct

from helodoctor.detect.formats import reader
from helodoctor.detect.settings import Setting, lines_of
from helodoctor.knowledge.shapes import Rung, Shape

_MOST_CONTINUED = 50


class Found(Struct, frozen=True):
    """What one rung says: a name, or the id of a default; the line; the scope it holds for (``""``: everything)."""

    name: str | None
    default: str | None
    line: int
    scope: str = ""


def _logical(text: str) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Lines with those they continue in after a final backslash, and at which character which line begins."""
    whole, begins = "", list[tuple[int, int]]()
    for number, line in lines_of(text):
        begins.append((len(whole), number))
        whole += line[:4000]
        if whole.endswith("\\") and len(begins) < _MOST_CONTINUED:
            whole = f"{whole[:-1]} "
            continue
        yield whole, begins
        whole, begins = "", []
    if whole:
        yield whole, begins


def _matching_lines(rung: Rung, text: str) -> list[Setting]:
    pattern = re.compile(rung.pattern, re.IGNORECASE)
    hits = ((begins, pattern.search(line)) for line, begins in _logical(text))
    return [Setting("", "".join(hit.groups("")), _line_at(begins, hit.start(1))) for begins, hit in hits if hit]


def _line_at(begins: list[tuple[int, int]], at: int) -> int:
    return next((number for start, number in reversed(begins) if start <= at), begins[0][1])


def _matching_settings(rung: Rung, settings: Sequence[Setting]) -> list[Setting]:
    return [setting for setting in settings if fnmatchcase(setting.key, rung.key) and _beside(rung, setting, settings)]


def _beside(rung: Rung, setting: Setting, settings: Sequence[Setting]) -> bool:
    """Whether the settings demanded beside this one are there, in the same record."""
    together = [other for other in settings if other.record == setting.record]
    return all(
        any(fnmatchcase(other.key, key) and re.search(pattern, other.value, re.IGNORECASE) for other in together)
        for key, pattern in rung.beside.items()
    )


def _from_url(rung: Rung, value: str) -> str:
    """The part of a URL that is announced: its host, or the query parameter named by ``suffix``."""
    try:
        url = urlsplit(value)
        if rung.url == "host":
            return url.hostname or ""
        return parse_qs(url.query).get(rung.suffix, [""])[0]
    except ValueError:
        return ""


def _with_domain(rung: Rung, found: Found, record: int, settings: Sequence[Setting]) -> Found:
    """A short name with the domain that another setting of its record tells, whose line then decides."""
    domains = [other for other in settings if fnmatchcase(other.key, rung.suffix)]
    domain = next((other for other in domains if other.record == record), None)
    if domain is None or not domain.value or not found.name or "." in found.name:
        return found
    return Found(f"{found.name}.{domain.value}", None, domain.line, found.scope)


def _read(rung: Rung, setting: Setting, settings: Sequence[Setting]) -> Found | None:
    """One setting as a name or a default; ``None`` where it says nothing about the name."""
    value = _from_url(rung, setting.value) if rung.url else setting.value.strip()
    for pattern, default in rung.means.items():
        if re.fullmatch(pattern, value, re.IGNORECASE):
            return Found(None, default, setting.line if rung.located else 0) if default else None
    if rung.take:
        cut = re.search(rung.take, value, re.IGNORECASE)
        value = cut[1] if cut else ""
    if not value:
        return None
    found = Found(value, None, setting.line, setting.key.split("/")[0] if rung.scope == "key" else rung.scope)
    return _with_domain(rung, found, setting.record, settings) if rung.suffix and not rung.url else found


def _in_order(rung: Rung, hits: Sequence[Setting]) -> Iterable[Setting]:
    """Those among ``hits`` that are looked at, the one that counts first."""
    return reversed(hits) if rung.pick == "last" else hits[:1] if rung.pick == "only" else hits


def climb(shape: Shape, text: str) -> Iterator[Found]:
    """What counts among the rungs of ``shape`` in ``text``, in order of precedence; within a rung what counts first.

    Once something that holds for all mail is found, what it overrides is left out: lower rungs, and earlier values of
    a setting whose last one counts.
    """
    settings = reader(shape.format)(text)
    decided: Rung | None = None
    for rung in shape.names:
        hits = _matching_lines(rung, text) if rung.pattern else _matching_settings(rung, settings)
        for setting in _in_order(rung, hits):
            found = _read(rung, setting, settings)
            if found is None or (decided and not found.scope and (rung is not decided or rung.pick == "last")):
                continue
            decided = decided or (None if found.scope else rung)
            yield found
