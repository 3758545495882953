"""The shape of the receivers' data files: families of receivers, their rules, and what is known case by case."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta, Struct

from helodoctor.model import Answer, EvidenceKind, Stage

Text = Annotated[str, Meta(min_length=1)]
Date = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Reply = str | tuple[str, ...]


class NameCase(StrEnum):
    """The situations receivers are compared in: addresses are the client's own and names resolve, unless said."""

    EMPTY = "empty"
    BARE_IP = "bare-ip"
    LITERAL_V4 = "literal-v4"
    LITERAL_V6 = "literal-v6"
    LITERAL_BAD = "literal-bad"
    LITERAL_V6_UNTAGGED = "literal-v6-untagged"
    LITERAL_MISMATCH = "literal-mismatch"
    LOCALHOST = "localhost"
    NON_ASCII = "non-ascii"
    INVALID_CHARS = "invalid-chars"
    PORT_IN_NAME = "port-in-name"
    SINGLE_LABEL = "single-label"
    UNDERSCORE = "underscore"
    TRAILING_DOT = "trailing-dot"
    OWN_NAME = "own-name"
    BIG_PROVIDER = "big-provider"
    SPECIAL_TLD = "special-tld"
    UNRESOLVABLE = "unresolvable"
    IP_MISMATCH = "ip-mismatch"
    SPF_HELO_FAIL = "spf-helo-fail"
    PTR_BAD = "ptr-bad"
    DYNAMIC = "dynamic"
    BLOCKLISTED = "blocklisted"
    GOOD = "good"
    # Situations of the conversation or of the site, which no name shows by itself:
    NO_HELO = "no-helo"
    BADHELO_LIST = "badhelo-list"
    HELO_ACCESS_MAP = "helo-access-map"
    HELO_ON_RHSBL = "helo-on-rhsbl"
    PTR_REQUIRED = "ptr-required"
    CHANGED_BETWEEN_HELOS = "changed-between-helos"
    ANY = "any"


class Rule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One test of a receiver and what follows when it hits.

    ``when`` names a test of ``receivers.engines``; ``names``, ``pattern``, ``unless``, ``case_sensitive`` and
    ``allow`` configure it. ``reply`` is the whole reply, code included, with places; ``code`` alone stands where
    its wording is not known. A rule with a ``symbol`` refuses nothing: its ``score`` is added to the message's.
    ``accepts`` ends the questions in the name's favour. ``stage`` overrides the receiver's; ``closes``: it hangs up.
    """

    when: Text
    reply: Reply | None = None
    code: int | None = None
    stage: Stage | None = None
    closes: bool = False
    accepts: bool = False
    symbol: str | None = None
    score: float | None = None
    names: tuple[str, ...] = ()
    pattern: str | tuple[str, ...] = ""
    unless: str | tuple[str, ...] = ""
    case_sensitive: bool = False
    allow: str = ""
    case: NameCase | None = None
    source: Text | None = None


class Example(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A greeting that shows a case where the usual one of the tests does not."""

    name: str | None = None
    ip: str | None = None
    ptr: str | None = None


class Row(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is known of one receiver in one case. ``evidence`` and ``source`` default to the receiver's own.

    ``score`` is one number, or a range where the rules give one; ``remarks`` are ids worded in ``words/predictions``;
    ``example`` is what the tests greet with.
    """

    case: NameCase
    answer: Answer | None = None
    reply: Reply | None = None
    code: int | None = None
    score: float | tuple[float, float] | None = None
    stage: Stage | None = None
    evidence: EvidenceKind | None = None
    source: Text | None = None
    remarks: tuple[str, ...] = ()
    example: Example = Example()


class Receiver(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One server software in one setting, or one provider.

    ``number`` is fixed for ever (support codes use it). ``rules`` are names of the family's rules, asked in order;
    ``scorer`` says how symbols add up. ``otherwise`` is the answer when none hits (``unknown``: the ``cases`` decide);
    in the cases of ``unknown`` the rules' answer would be a guess. ``reads`` tells whether the whole rest of the line
    is taken for the name or its first word. ``wording`` names how the software prints a name and wraps a reply;
    ``observed`` names the version that was run, for rows with that evidence.
    """

    id: Text
    number: Annotated[int, Meta(ge=1)]
    title: Text
    setting: Literal["default", "hardened", "option", "service", "listing"]
    kind: Literal["software", "provider"]
    source: Text
    evidence: EvidenceKind
    date: Date
    configuration: str = ""
    version: str = ""
    observed: str = ""
    stage: Stage = Stage.UNKNOWN
    reads: Literal["line", "word"] = "line"
    wording: Literal["plain", "postfix", "postfix-early", "exim", "courier"] = "plain"
    rules: tuple[str, ...] = ()
    scorer: Literal["all", "rspamd"] = "all"
    otherwise: Answer = Answer.UNKNOWN
    unknown: tuple[NameCase, ...] = ()
    accepts: dict[EvidenceKind, tuple[NameCase, ...]] = {}
    cases: tuple[Row, ...] = ()


class Family(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One data file: receivers that share rules."""

    receiver: tuple[Receiver, ...]
    rule: dict[str, Rule] = {}
