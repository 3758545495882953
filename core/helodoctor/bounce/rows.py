"""The known wordings of refusals: typed rows of ``replies/*.toml`` and how they are looked up."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from helodoctor.knowledge import load_all
from helodoctor.model import BounceKind, Cause, Confidence, Stage

_HELO = re.compile("helo|ehlo")
_START = 5  # letters
# HELO as what a reply speaks of: no part of a name, no "helo=box", "(helo box)", "(helo box.example, ..." or
# ", helo box.example" at the very end in passing, no word of a subject line, no test's name, not found to be good.
_ABOUT_HELO = re.compile(
    r"(?:(?<![\w./=<-])(?<!word [\"'])(?<!said ))(?!(?<=[(\[])(?:helo|ehlo)[ :=]{1,3}"
    r"(?:[^\s()\[\]]{1,255}(?:[)\]]|$)|[^\s()\[\],;]{0,255}[.\d][^\s()\[\],;]{0,255}[,;]))"
    r"(?!(?<=[,;.] )(?:helo|ehlo)(?: was| is|:)? (?:localhost|[^\s(),;]{0,255}[.\d-][a-z0-9]{1,63}\]?)\.?$)"
    r"(?:helo|ehlo)"
    r"(?!\w|@|\.\w|-like|'d using| (?:name )?(?:is|are|was|looks|seems) (?:fine|ok|okay|good|correct|accepted)\b"
    r"|=(?![^\s;,]{1,255} (?:is|was|does|not|must|has|cannot|isn't|doesn't|rejected|refused|denied)\b))"
)


class Row(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One wording: when it applies, what it means, where it is known from.

    It applies when one of ``any`` and each of ``all`` stands in the reply (lower case, single blanks), none of
    ``none`` does, ``pattern`` is found (``about_helo``: a common one, HELO or EHLO as what the reply speaks of), and
    the code, enhanced code and stage fit where given. ``precedence``: the lowest number decides. ``stage``: the point
    at which these words are said, where nothing else tells. ``named = false``: the name decides nothing here (order
    faults); ``faulty``: it applies only where the name is faulty in itself; ``coded``: only to a reply with a code or
    in a known shape, since its words are everyday words; ``refusal = false``: the words tell of no refusal.
    """

    id: str
    cause: Cause
    sample: str
    source: str = ""
    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    pattern: str | None = None
    about_helo: bool = False
    codes: tuple[str, ...] = ()
    enhanced: tuple[str, ...] = ()
    stages: tuple[Stage, ...] = ()
    precedence: int = 50
    confidence: Confidence = Confidence.SURE
    stage: Stage = Stage.UNKNOWN
    named: bool = True
    refusal: bool = True
    faulty: bool = False
    coded: bool = False
    kind: BounceKind | None = None
    provider: str | None = None
    software: str | None = None


class Family(Struct, frozen=True, forbid_unknown_fields=True):
    """One data file: rows of one kind, and where their wordings are from unless a row says otherwise."""

    source: str
    row: tuple[Row, ...]


class Rule:
    """A row made ready for looking up."""

    __slots__ = ("_pattern", "all", "codes", "enhanced", "none", "row", "stages")

    def __init__(self, row: Row) -> None:
        self.row = row
        self.all, self.none = row.all, row.none
        self.codes, self.stages = row.codes, row.stages
        self.enhanced = tuple(f"{code}." for code in row.enhanced)  # "5.7.5" is no beginning of "5.7.57"
        self._pattern: re.Pattern[str] | None = _ABOUT_HELO if row.about_helo else None

    @property
    def pattern(self) -> re.Pattern[str] | None:
        """What is searched in the reply in lower case; compiled when a reply's words first ask for it."""
        if self._pattern is None and self.row.pattern is not None:
            self._pattern = re.compile(self.row.pattern)
        return self._pattern

    def applies(self, words: str, reply: str, code: str, enhanced: str, stage: Stage) -> bool:
        """Whether the row fits a reply that holds one of its phrases, where it has any (see :class:`Rules`).

        ``reply`` is all of it in lower case, for the pattern; ``words`` the same without names and addresses, so that
        a name never counts as a phrase. The codes are texts, empty where there are none.
        """
        for phrase in self.all:
            if phrase not in words:
                return False
        if self.stages and stage not in self.stages:
            return False
        if self.codes and not code.startswith(self.codes):
            return False
        if self.enhanced and not f"{enhanced}.".startswith(self.enhanced):
            return False
        if self.none and any(phrase in words for phrase in self.none):
            return False
        pattern = self.pattern
        return pattern is None or pattern.search(reply) is not None


class Rules:
    """Rules in the order in which they are tried, found by their phrases.

    There are 1,600 phrases, of which a reply holds a few: only those are looked for whose first letters stand in it.
    """

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self._rules = rules
        self._without = [number for number, rule in enumerate(rules) if not rule.row.any]
        self._starts: dict[str, list[tuple[str, int]]] = {}
        for number, rule in enumerate(rules):
            for phrase in rule.row.any:
                self._starts.setdefault(phrase[:_START], []).append((phrase, number))
        self._short = [start for start in self._starts if len(start) < _START]

    def worth_trying(self, words: str) -> list[Rule]:
        """In order: the rules that need no phrase, and those that have one of theirs in ``words``."""
        found = set(self._without)
        starts = {words[at : at + _START] for at in range(len(words))} & self._starts.keys()
        for start in starts.union(self._short):
            for phrase, number in self._starts[start]:
                if phrase in words:
                    found.add(number)
        return [self._rules[number] for number in sorted(found)]


@cache
def rules(helo: bool) -> Rules:
    """Every rule; the first that applies decides.

    Without ``helo``, not those that can only fit a reply in which HELO or EHLO stands, which spares most replies
    half the work.
    """
    return Rules(tuple(rule for rule in _all_rules() if helo or not _speaks_of_helo(rule.row)))


@cache
def _all_rules() -> tuple[Rule, ...]:
    rows = [row for family in load_all("replies", Family).values() for row in family.row]
    return tuple(Rule(row) for row in sorted(rows, key=lambda row: row.precedence))


def _speaks_of_helo(row: Row) -> bool:
    return (
        any(_HELO.search(phrase) for phrase in row.all)
        or (bool(row.any) and all(_HELO.search(phrase) for phrase in row.any))
        or row.about_helo
    )
