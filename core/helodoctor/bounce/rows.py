"""The known wordings of refusals: typed rows of ``replies/*.toml`` and how they are looked up."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from helodoctor.knowledge import load_all
from helodoctor.model import Cause, Confidence, Stage


class Row(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One wording: when it applies, what it means, where it is known from.

    It applies when one of ``any`` and each of ``all`` stands in the reply (lower case, single blanks), none of
    ``none`` does, ``pattern`` is found, and the code, enhanced code and stage fit where given. ``precedence``: the
    lowest number decides. ``named = false``: the name decides nothing here (order faults); ``faulty``: it applies only
    where the name is faulty in itself; ``refusal = false``: the words tell of no refusal.
    """

    id: str
    cause: Cause
    sample: str
    source: str = ""
    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    pattern: str | None = None
    codes: tuple[str, ...] = ()
    enhanced: tuple[str, ...] = ()
    stages: tuple[Stage, ...] = ()
    precedence: int = 50
    confidence: Confidence = Confidence.SURE
    named: bool = True
    refusal: bool = True
    faulty: bool = False
    stage: Stage | None = None
    provider: str | None = None
    software: str | None = None


class Family(Struct, frozen=True, forbid_unknown_fields=True):
    """One data file: rows of one kind, and where their wordings are from unless a row says otherwise."""

    source: str
    row: tuple[Row, ...]
    precedence: int = 50


class Rule:
    """A row made ready for looking up."""

    __slots__ = ("pattern", "row")

    def __init__(self, row: Row) -> None:
        self.row = row
        self.pattern = re.compile(row.pattern, re.IGNORECASE) if row.pattern else None

    def applies(self, words: str, reply: str, code: str, enhanced: str, stage: Stage) -> bool:
        """Whether the row fits a reply.

        ``reply`` is all of it in lower case, for the pattern; ``words`` the same without names and addresses, so that
        a name never counts as a phrase. The codes are texts, empty where there are none.
        """
        row = self.row
        if row.any and not any(phrase in words for phrase in row.any):
            return False
        if row.all and not all(phrase in words for phrase in row.all):
            return False
        if row.stages and stage not in row.stages:
            return False
        if row.codes and not code.startswith(row.codes):
            return False
        if row.enhanced and not enhanced.startswith(row.enhanced):
            return False
        if row.none and any(phrase in words for phrase in row.none):
            return False
        return self.pattern is None or self.pattern.search(reply) is not None


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, in the order in which they are tried: the first that applies decides."""
    rows = [row for family in load_all("replies", Family).values() for row in family.row]
    return tuple(Rule(row) for row in sorted(rows, key=lambda row: row.precedence))
