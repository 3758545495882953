"""The embedded lists about names, typed and ready to ask; each says where it is from and when it was reviewed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct

from helodoctor.knowledge import load
from helodoctor.names.suffixes import public_suffix


class Suffix(Struct, frozen=True, kw_only=True):
    """An ending that leads nowhere on the public internet; ``stand_in``: kept for examples and labs."""

    name: str
    sort: str
    source: str
    stand_in: bool = False


class _Suffixes(Struct, frozen=True, kw_only=True):
    reviewed: str
    origin: str
    suffix: tuple[Suffix, ...]


class Named(Struct, frozen=True, kw_only=True):
    """A name on a list, and where it was found."""

    name: str
    source: str


class MadeUp(Struct, frozen=True, kw_only=True):
    """A pattern of names that an installer makes up."""

    pattern: str
    maker: str
    source: str


class Generic(Struct, frozen=True, kw_only=True):
    """Words that say what a machine is, not which one."""

    words: tuple[str, ...]
    maker: str
    source: str


class Hosts(Struct, frozen=True, kw_only=True):
    """Names that a machine has before anybody gives it one."""

    reviewed: str
    loopback: tuple[Named, ...]
    made_up: tuple[MadeUp, ...]
    generic: tuple[Generic, ...]


class Provider(Struct, frozen=True, kw_only=True):
    """A company whose mail domains everybody knows; ``.*`` at the end of one stands for any public suffix."""

    name: str
    domains: tuple[str, ...]


class Providers(Struct, frozen=True, kw_only=True):
    """The big providers."""

    reviewed: str
    origin: str
    provider: tuple[Provider, ...]


class Placeholders(Struct, frozen=True, kw_only=True):
    """Domains out of a manual."""

    reviewed: str
    placeholder: tuple[Named, ...]


class CloudName(Struct, frozen=True, kw_only=True):
    """A pattern of names that are known within one cloud only."""

    pattern: str
    cloud: str
    source: str


class Clouds(Struct, frozen=True, kw_only=True):
    """The clouds' internal names."""

    reviewed: str
    pattern: tuple[CloudName, ...]


class RentedName(Struct, frozen=True, kw_only=True):
    """A pattern of names that a hosting company gives every rented server."""

    pattern: str
    company: str
    source: str


class Lines(Struct, frozen=True, kw_only=True):
    """What makes a name look like one of thousands made up for a provider's lines."""

    reviewed: str
    origin: str
    beside: tuple[str, ...]
    alone: tuple[str, ...]
    chosen: tuple[str, ...]
    pattern: tuple[RentedName, ...]


class ParkingServer(Struct, frozen=True, kw_only=True):
    """A domain of name servers that serve parked domains, and whose they are."""

    name: str
    company: str
    source: str


class Parking(Struct, frozen=True, kw_only=True):
    """The name servers of parking companies."""

    reviewed: str
    server: tuple[ParkingServer, ...]


@cache
def hosts() -> Hosts:
    """The names of machines for themselves."""
    return load("names/hosts.toml", Hosts)


@cache
def lines() -> Lines:
    """The signs of a generic name."""
    return load("names/generic.toml", Lines)


@cache
def loopback_names() -> frozenset[str]:
    """The names by which every machine calls itself."""
    return frozenset(row.name for row in hosts().loopback)


@cache
def _suffixes() -> dict[str, Suffix]:
    return {row.name: row for row in load("names/special_use.toml", _Suffixes).suffix}


def special_use(labels: Sequence[str]) -> Suffix | None:
    """The special-use ending of a name given by its ``labels``, if it has one."""
    table = _suffixes()
    return table.get(labels[-1]) or table.get(".".join(labels[-2:]))


class _Domains:
    """Domains under which a name may lie, some with any public suffix."""

    def __init__(self, rows: Iterator[tuple[str, str]]) -> None:
        self._whole: dict[str, str] = {}
        self._stems: dict[str, str] = {}
        for domain, owner in rows:
            if domain.endswith(".*"):
                self._stems[domain[:-2]] = owner
            else:
                self._whole[domain] = owner

    def find(self, labels: Sequence[str]) -> tuple[str, str] | None:
        """The listed domain a name equals or lies under, and whose it is."""
        for start in range(len(labels) - 1):
            domain = ".".join(labels[start:])
            owner = self._whole.get(domain)
            stem = self._stems.get(labels[start])
            if owner is None and stem is not None and domain == f"{labels[start]}.{public_suffix(domain)}":
                owner = stem
            if owner is not None:
                return domain, owner
        return None


@cache
def big_providers() -> _Domains:
    """The big providers' domains, each with the company's name."""
    rows = load("names/providers.toml", Providers).provider
    return _Domains((domain, row.name) for row in rows for domain in row.domains)


@cache
def placeholders() -> _Domains:
    """Domains out of a manual, each with where it was seen."""
    rows = load("names/placeholders.toml", Placeholders).placeholder
    return _Domains((row.name, row.source) for row in rows)


@cache
def _cloud_patterns() -> tuple[tuple[re.Pattern[str], CloudName], ...]:
    return tuple((re.compile(row.pattern), row) for row in load("names/cloud.toml", Clouds).pattern)


def cloud_of(name: str) -> CloudName | None:
    """The cloud within which alone ``name`` is known."""
    return next((row for pattern, row in _cloud_patterns() if pattern.fullmatch(name)), None)


@cache
def _rented_patterns() -> tuple[tuple[re.Pattern[str], RentedName], ...]:
    return tuple((re.compile(row.pattern), row) for row in lines().pattern)


def rented_from(name: str) -> RentedName | None:
    """The hosting company that gives names like ``name`` to every rented server."""
    return next((row for pattern, row in _rented_patterns() if pattern.fullmatch(name)), None)


@cache
def _made_up_patterns() -> tuple[tuple[re.Pattern[str], MadeUp], ...]:
    return tuple((re.compile(row.pattern), row) for row in hosts().made_up)


def maker_of(label: str) -> str | None:
    """What made up a host name like ``label``."""
    return next((row.maker for pattern, row in _made_up_patterns() if pattern.fullmatch(label)), None)


def role_of(word: str) -> str | None:
    """What sort of thing ``word`` names, when it says what a machine is and not which one."""
    return next((row.maker for row in hosts().generic if word in row.words), None)


@cache
def _parking() -> dict[str, str]:
    return {row.name: row.company for row in load("names/parking.toml", Parking).server}


def parked_by(server: str) -> str | None:
    """The company whose name ``server`` parks domains."""
    labels = server.lower().split(".")
    return next(
        (_parking()[domain] for at in range(len(labels)) if (domain := ".".join(labels[at:])) in _parking()), None
    )
