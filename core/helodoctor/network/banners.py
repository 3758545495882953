"""Receivers that are known to judge the name at the greeting, so that a trial may end there (data, by banner)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from helodoctor.knowledge import load
from helodoctor.model import Line, Stage


class Judge(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One such receiver: its id among the receivers, a pattern for its banner, and how this is known."""

    receiver: str
    banner: str
    source: str


class _Judges(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    judge: tuple[Judge, ...]


@cache
def judges() -> tuple[Judge, ...]:
    """All of them."""
    return load("network/early-judges.toml", _Judges).judge


def judges_early(lines: Sequence[Line]) -> bool:
    """Whether the banner among ``lines`` is that of a receiver that judges the name at the greeting."""
    banner = next((line.text for line in lines if line.speaker == "server" and line.stage is Stage.CONNECT), "")
    return any(re.search(judge.banner, banner) for judge in judges())
