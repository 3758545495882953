"""The HELO name as a reply's own words quote it."""

from __future__ import annotations

import re

_NOT_NAMES = (
    r"(?!(?:names?|hosts?|hostname|host-?name|arguments?|strings?|commands?|domains?|greeting|identity|parameters?|value|ip|is|was|"
    r"has|does|must|or|and|requires?d?|rejected|refused|denied|first|not|invalid|failed|received|checks?|response|reply|test|"
    r"verification|by|from|with|without|for|using|fqdn|dns|data|a|an|the|your|our|as|to|on|in|cannot|can|could|should|that|this|which|contains?|looks?|appears?|seems?|lookups?|mismatch|matches|verify|could"
    r")\b)"
)
# "<box>: Helo command rejected", "HELO box.example is ...", "EHLO (box)", "HELO name 'box'".
_SAID = re.compile(
    rf"^<(?P<head>[^<>]{{1,300}})>: (?:helo|ehlo) command rejected|\b(?:helo|ehlo)(?:/ehlo|/helo)?"
    rf"(?:(?: (?:name|host|hostname|argument|string|domain|identity|value|of|as|is|was)){{0,3}}:?"
    rf" [\"'(<](?P<quoted>(?!s\))[^\s\"'()<>]{{1,300}})[\"')>]"
    rf"|(?: (?:name|host|hostname|argument|string|domain|identity))?:?"
    rf" {_NOT_NAMES}(?P<plain>\[?[a-z0-9_][^\s\"'()<>,;:\[\]]{{0,300}}\]?)(?= (?:is|was|has|does|did|not|cannot|could"
    rf"|in|on|rejected|refused|denied|invalid|failed|looks|appears|seems|blocked|must|should|doesn't|isn't)\b))",
    re.IGNORECASE,
)
_HEAD = re.compile(r"^<[^<>]{0,300}>:")
_ADDRESS = re.compile(r"[^\s<>@\"'(),;:]{1,64}@[^\s<>@\"'(),;:]{1,255}")
_ORDINARY = frozenset(
    (
        "mail",
        "smtp",
        "host",
        "name",
        "helo",
        "ehlo",
        "hello",
        "your",
        "server",
        "domain",
        "localhost",
        "invalid",
        "user",
    )
)


def said_name(reply: str) -> str | None:
    """The name ``reply`` quotes beside HELO or EHLO, if it does."""
    found = _SAID.search(reply)
    return (found["head"] or found["quoted"] or found["plain"]) if found else None


def without_names(reply: str, name: str | None) -> str:
    """``reply`` (lower case) without what others chose: mail addresses, ``<name>:`` at its head, the HELO name.

    So the name ``fakedomain.example`` is not taken for the word "fake".
    """
    words = _HEAD.sub("<>:", reply, count=1)
    if "@" in words:
        words = _ADDRESS.sub("@", words)
    said = said_name(words) if "elo" in words or "hlo" in words else None
    for known in ((name or "").lower(), said or ""):
        if len(known) > 3 and ("." in known or known not in _ORDINARY):
            words = words.replace(known, "*")
    return words
