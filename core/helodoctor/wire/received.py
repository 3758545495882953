"""``Received`` lines (RFC 5321 4.4) as the servers really write them: who said what name from which address."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

_LINE = re.compile(r"(?im)^[ \t]*Received[ \t]?:[ \t]*(?P<value>[^\n]{0,2000}(?:\n[ \t]+[^\n]{0,2000}){0,20})")
_NAME = r"[^\s()<>;,]{1,300}"
_FORMS = (
    # Exim: from host ([ip]:port helo=name), from [ip] (helo=name), from [ip] (port=1 helo=name)
    re.compile(
        rf"from\s+(?:\[(?P<ip>[^\]\s]{{2,50}})\]|\S{{1,255}})\s*\((?:[^()]{{0,200}}?\s)?(?:\[(?P<ip2>[^\]\s]{{2,50}})\](?::\d+)?\s)?(?:port=\d+\s)?helo=(?P<helo>{_NAME})\)"
    ),
    # qmail: from unknown (HELO name) (ip)
    re.compile(
        rf"from\s+\S{{1,255}}\s+\((?:HELO|EHLO)\s+(?P<helo>{_NAME})\)\s+\((?:\S{{1,255}}@)?(?P<ip>[0-9A-Fa-f.:]{{2,50}})\)"
    ),
    # Exim without brackets: from ip(helo=name)
    re.compile(rf"from\s+(?P<ip>[0-9.]{{7,15}})\s*\((?:helo=)(?P<helo>{_NAME})\)"),
    # Postfix, Sendmail and most others: from name (rdns [ip])
    re.compile(rf"from\s+(?P<helo>{_NAME})\s+\((?:[^()\[\]]{{0,300}}?)\[(?:IPv6:)?(?P<ip>[0-9A-Fa-f.:]{{2,50}})\]"),
    # Exchange, Gmail: from name (ip), from name (rdns. [ip])
    re.compile(rf"from\s+(?P<helo>{_NAME})\s+\((?P<ip>[0-9A-Fa-f]{{0,4}}[.:][0-9A-Fa-f.:]{{2,45}})\)"),
)
_BY = re.compile(r"\bby\s+(?P<by>[A-Za-z0-9][A-Za-z0-9.-]{0,254})")


class Hop(Struct, frozen=True, kw_only=True):
    """One hop: the name said (``None`` where the line does not show it), the client's address, the receiving host.

    ``*_at`` are offsets in the text the hop was read from.
    """

    helo: str | None
    ip: str | None
    by: str | None
    helo_at: tuple[int, int] = (0, 0)
    by_at: tuple[int, int] = (0, 0)


def hops(text: str) -> Iterator[Hop]:
    """The hops of a header block, the newest (topmost) first."""
    for line in _LINE.finditer(text):
        yield _hop(line["value"], line.start("value"))


def _hop(value: str, base: int) -> Hop:
    by = _BY.search(value)
    host, by_at = (by["by"], (base + by.start("by"), base + by.end("by"))) if by else (None, (0, 0))
    for form in _FORMS:
        if found := form.match(value):
            groups = found.groupdict()
            return Hop(
                helo=found["helo"],
                ip=groups.get("ip") or groups.get("ip2"),
                by=host,
                helo_at=(base + found.start("helo"), base + found.end("helo")),
                by_at=by_at,
            )
    return Hop(helo=None, ip=None, by=host, by_at=by_at)
