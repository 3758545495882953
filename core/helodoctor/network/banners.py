"""What a server's first line tells about who speaks (data): a software, an early judge, a filter on the way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from helodoctor.knowledge import load
from helodoctor.model import Line, Party, Stage


class Speaker(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One software or provider: its ids among the receivers, its banner, and what bounces call it (``parties``).

    ``judges_early`` is the receiver of these that judges the name at the greeting, so that a trial may end there.
    """

    receivers: tuple[str, ...]
    source: str
    banner: str | None = None
    parties: tuple[str, ...] = ()
    judges_early: str | None = None


class Filter(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something on the way that speaks in the server's place, known by a pattern for its banner."""

    id: str
    title: str
    banner: str
    source: str


class KnownHost(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A mail server that answers everywhere, and a pattern for its banner."""

    title: str
    host: str
    banner: str
    source: str


class Banners(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole data file."""

    speaker: tuple[Speaker, ...]
    filter: tuple[Filter, ...]
    known: tuple[KnownHost, ...]


@cache
def banners() -> Banners:
    """All that is known."""
    return load("network/banners.toml", Banners)


def judges_early(lines: Sequence[Line]) -> bool:
    """Whether the banner among ``lines`` is that of a receiver that judges the name at the greeting."""
    speaker = _by_banner(_banner(lines))
    return speaker is not None and speaker.judges_early is not None


def receivers_of(lines: Sequence[Line], *parties: Party) -> tuple[str, ...]:
    """The ids of the receivers that speak in ``lines``, by the banner, else by what a text calls them; none known: ().

    One software has several settings, which no banner tells apart.
    """
    speaker = _by_banner(_banner(lines)) or _by_party(parties)
    return speaker.receivers if speaker else ()


def filter_of(lines: Sequence[Line]) -> Filter | None:
    """The filter on the way that the banner among ``lines`` betrays."""
    banner = _banner(lines)
    return next((one for one in banners().filter if re.search(one.banner, banner)), None)


def _banner(lines: Sequence[Line]) -> str:
    return next((line.text for line in lines if line.speaker == "server" and line.stage is Stage.CONNECT), "")


def _by_banner(banner: str) -> Speaker | None:
    known = banners().speaker if banner else ()
    return next((one for one in known if one.banner and re.search(one.banner, banner)), None)


def _by_party(parties: Sequence[Party]) -> Speaker | None:
    """A provider is more than its software, so it is asked for first."""
    called = [name for party in parties for name in (party.provider, party.software) if name]
    return next((one for name in called for one in banners().speaker if name in one.parties), None)
