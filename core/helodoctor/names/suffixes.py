"""The public suffix list, read late and only as far as a name needs it.

Parsing all of it takes 60 ms; an index by last label takes 7, and one ending's rules take next to nothing.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import publicsuffixlist

from helodoctor.names.international import u_label


@cache
def _index() -> dict[bytes, list[bytes]]:
    """Every rule of the list under its last label."""
    index: dict[bytes, list[bytes]] = {}
    for line in Path(publicsuffixlist.PSLFILE).read_bytes().split(b"\n"):
        if line and not line.startswith(b"//"):
            index.setdefault(line.rpartition(b".")[2], []).append(line)
    return index


def _rules_of(ending: str) -> list[bytes] | None:
    key = (u_label(ending) or ending) if ending.startswith("xn--") else ending
    return _index().get(key.encode("utf-8", "replace"))


@cache
def _list_for(ending: str) -> publicsuffixlist.PublicSuffixList | None:
    """The part of the list for one ending. The cache is bounded by the list: only endings that are in it are kept."""
    rules = _rules_of(ending)
    assert rules is not None
    return publicsuffixlist.PublicSuffixList(rules, accept_encoded_idn=not all(map(bytes.isascii, rules)))


@cache
def list_date() -> str:
    """How old the list is (ISO 8601): what it does not hold may be newer."""
    from helodoctor.knowledge.dates import public_suffix_date

    return public_suffix_date()


def known_ending(ending: str) -> bool:
    """Whether there is a top-level domain of this name (lower case, A-label) on the internet."""
    return _rules_of(ending) is not None


def public_suffix(name: str) -> str:
    """The part of a normalized ``name`` under which anybody may register; for an unknown ending its last label."""
    ending = name.rpartition(".")[2]
    if not known_ending(ending):
        return ending
    part = _list_for(ending)
    return (part.publicsuffix(name) if part else None) or ending


def organizational_domain(name: str) -> str | None:
    """The registered domain a normalized ``name`` belongs to (RFC 7489 3.2); ``None`` for a public suffix itself."""
    suffix = public_suffix(name)
    if name == suffix or not name.endswith(f".{suffix}"):
        return None
    return f"{name[: -len(suffix) - 1].rpartition('.')[2]}.{suffix}"
