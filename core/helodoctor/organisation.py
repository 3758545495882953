"""The organisation's profile: read from at most three files, the strictest rule of them all holding.

It can take away, never grant, and nothing in it is run or fetched. A file that cannot be used stands for the strictest
rules, since nobody can tell what it was meant to take away.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from helodoctor import offline
from helodoctor.folders import profile_places
from helodoctor.model.errors import NetworkProblem
from helodoctor.model.profile import EVERY_MASK, MaskId, Origin, OwnText, Place, Profile
from helodoctor.model.session import MANY_BOUND, Label
from helodoctor.model.trial import TrialPlan

SIZE_BOUND = 256 * 1024
"""Bytes of a profile."""


class _Allow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    network: bool = True
    live_test: bool = True


class _Masks(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    always: Annotated[tuple[MaskId, ...], Meta(max_length=len(EVERY_MASK))] = ()


class _File(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``profile.toml``. A key that is not known makes the file unusable: it may be a rule that was misspelt."""

    version: Literal[1]
    helpdesk: Label = ""
    contact: Label = ""
    language: Label | None = None
    target: Label | None = None
    allow: _Allow = _Allow()
    masks: _Masks = _Masks()
    text: Annotated[tuple[OwnText, ...], Meta(max_length=MANY_BOUND)] = ()


# --- reading it ---


def profile() -> Profile:
    """What the profiles of this computer say now; never raises, whatever they hold."""
    found = []
    for place, path in profile_places():
        try:
            told = path.stat()
        except OSError:
            if not os.path.lexists(path):
                continue
            found.append((place, str(path), 0, 0))
        else:
            found.append((place, str(path), told.st_mtime_ns, told.st_size))
    return _together(tuple(found)) if found else Profile()


@lru_cache(maxsize=1)
def _together(files: tuple[tuple[Place, str, int, int], ...]) -> Profile:
    """The profiles of ``files`` (place, path, and what tells one state of a file from another) as one."""
    together = Profile()
    for place, path, _, _ in files:
        together = strictest(together, read(Path(path), place))
    return together


def read(path: Path, place: Place = "user") -> Profile:
    """What one file says; the strictest rules where it cannot be used."""
    try:
        with path.open("rb") as stream:
            data = stream.read(SIZE_BOUND + 1)
        return _profile(_parsed(data), Origin(path=str(path), place=place))
    except (OSError, ValueError, RecursionError, msgspec.MsgspecError):
        return _strict(Origin(path=str(path), place=place, usable=False))


def _parsed(data: bytes) -> _File:
    import tomli  # most computers have no profile

    if len(data) > SIZE_BOUND or b"\0" in data:
        raise ValueError("too large, or no text")
    return msgspec.convert(tomli.loads(data.decode("utf-8-sig").replace("\r\n", "\n")), _File)


def _profile(file: _File, origin: Origin) -> Profile:
    return Profile(
        helpdesk=file.helpdesk,
        contact=file.contact,
        language=file.language,
        target=file.target,
        network=file.allow.network,
        live_test=file.allow.live_test and file.allow.network,
        masks=tuple(mask for mask in EVERY_MASK if mask in file.masks.always),
        texts=file.text,
        origins=(origin,),
    )


def _strict(origin: Origin) -> Profile:
    return Profile(network=False, live_test=False, masks=EVERY_MASK, origins=(origin,))


def strictest(first: Profile, second: Profile) -> Profile:
    """Both as one: forbidden by either is forbidden, masked by either is masked; in all else the first comes first."""
    return Profile(
        helpdesk=first.helpdesk or second.helpdesk,
        contact=first.contact or second.contact,
        language=first.language or second.language,
        target=first.target or second.target,
        network=first.network and second.network,
        live_test=first.live_test and second.live_test,
        masks=tuple(mask for mask in EVERY_MASK if mask in first.masks or mask in second.masks),
        texts=(*first.texts, *second.texts),
        origins=(*first.origins, *second.origins),
    )


def own_texts(page: str, system: str | None = None) -> tuple[str, ...]:
    """The organisation's texts that precede ours on ``page``, those for the mail system ``system`` among them."""
    return tuple(text.text for text in profile().texts if text.page == page and text.system in (None, system))


# --- holding it ---


def check_network() -> None:
    """Called before the name service is asked.

    Raises:
        NetworkProblem: the profile, or the user, allows nothing over the network.
    """
    offline.check()
    told = profile()
    if not told.network:
        raise NetworkProblem("profile-no-network", path=_shown(told))


def check_trial(plan: TrialPlan) -> None:
    """Called before a server is talked to; the practice server on this computer always may be.

    Raises:
        NetworkProblem: the profile allows no live test, or the user nothing over the network.
    """
    if _is_loopback(plan.target.host):
        return
    offline.check()
    told = profile()
    if not told.live_test:
        raise NetworkProblem("profile-no-live-test", path=_shown(told))


def _is_loopback(host: str) -> bool:
    import ipaddress

    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _shown(told: Profile) -> str:
    return ", ".join(origin.path.encode("utf-8", "replace").decode() for origin in told.origins)
