"""The HELO name as a reply's own words quote it."""

from __future__ import annotations

import re
from functools import cache

from helodoctor.bounce.casing import lower

# Words that stand beside HELO in sentences; a name made of one letter-word must be none of them.
_NOT_NAMES = (
    r"(?!(?:[eh][eh]lo|names?|hosts?|hostname|host-?name|arguments?|strings?|commands?|domains?|greeting|identity"
    r"|parameters?|value|ip|is|was|has|does|may|must|or|and|requires?d?|first|not|invalid|checks?|response|reply|test"
    r"|verification|by|from|with|without|for|using|fqdn|dns|data|a|an|the|my|your|our|as|be|of|to|on|in|no|any|only"
    r"|cannot|can|could|should|will|that|this|which|when|while|if|because|contains?|looks?|appears?|seems?|lookups?|needs?|wants?|expects?"
    r"|mismatch|matches|verify|us|underscore|spam|bogus|bad|wrong|empty|unknown|none|null|again|instead|here|please|ok"
    r"|error|numeric|single|syntax|policy|dynamic|unresolvable|broken|too|illegal|sent|it|we|you|been|are|[a-z]{3,}(?:ed|ing))"
    r"(?![\w.-]))"
)
_NOUN = r"[ -](?:name|host|hostname|argument|string|domain|identity|value|parameter)"
_LINK = r" (?:of|as|is|was|from(?! \[?\d)|with|bare|numeric|an?|ip|address|dns|lookup)"
_TOKEN = r"[a-z0-9_][^\s\"'()<>,;:\[\]/]{0,300}"
_DOTTED = (
    r"(?!\d\.\d{1,3}\.\d{1,3}(?![\d.]))"
    r"(?:\[(?:ipv6:)?[0-9a-f.:]{2,60}\]|[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){1,20})(?![\w@/-]|\.\w)"
)
_SAID = (
    # "<box>: Helo command rejected"
    r"^<(?P<head>[^<>]{1,300})>[:;] (?:helo|ehlo) command|(?<![\w.@-])(?:helo|ehlo)(?:/ehlo|/helo)?(?:"
    # "EHLO (box)", "HELO name was 'box'", "HELO argument [box]"
    rf"(?:{_NOUN}|{_LINK}){{0,5}}[:=]? [\"'(<](?P<quoted>(?!s\))[^\s\"'()<>]{{1,300}})[\"')>]"
    rf"|{_NOUN}:? \[(?P<bracket>(?![\d.]{{1,20}}\]|ipv6:|[0-9a-f]{{0,4}}:)[^\s\[\]]{{1,300}})\]"
    # "HELO hostname mail.box.example", "HELO from mail.box.example", "HELO: 203.0.113.9"
    rf"|(?:{_NOUN}|{_LINK}){{0,4}}:? (?P<dotted>{_DOTTED})"
    # "HELO box is ..."
    rf"|(?:{_NOUN}| as)?:? {_NOT_NAMES}(?P<plain>\[?{_TOKEN}\]?)(?= (?:is|was|has|does|did|not|cannot|could|in|on|and"
    r"|rejected|refused|denied|invalid|failed|looks|appears|seems|blocked|must|should|doesn't|isn't)\b)"
    # "HELO: box", "HELO from box", "HELO name not allowed: box", "HELO name ... was box", each at the very end
    rf"|(?:(?:{_NOUN})?(?::| from| was| as| name is)"
    r"|[^:\"'()<>]{0,60} (?:(?:not allowed|not accepted|not permitted):|was))"
    rf" {_NOT_NAMES}(?P<last>{_TOKEN}?)(?:\.?$| \()"
    # "HELO) hostname mail.box.example", "HELO rejected: box.example", "HELO filter: 'box-7'"
    r"|\)?[^\"'()<>@]{0,60}?(?:(?<! by)(?<!from)(?: hostname| host name| lookup of):?|:)"
    rf" (?P<near>(?!\[?\d){_DOTTED})"
    r"|[^\"'()<>@]{0,60}[\"'](?P<far>[a-z0-9_]{1,63}[.-][a-z0-9_.-]{1,200})[\"']"
    r")"
)
_HEAD = re.compile(r"^<[^<>]{0,300}>:")
_HOST = re.compile(r"(?:helo|ehlo)\.[a-z0-9-]{2,63}(?:\.[a-z0-9-]{1,63}){0,9}")  # somebody's host, not the command
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


@cache
def _said() -> re.Pattern[str]:
    """Compiled when a text first speaks of HELO (3 ms); for lower case, since ignoring case costs another 6."""
    return re.compile(_SAID)


def said_name(reply: str) -> str | None:
    """The name ``reply`` quotes beside HELO or EHLO, if it does."""
    found = _said().search(lower(reply))
    return reply[slice(*found.span(found.lastgroup))] if found and found.lastgroup else None


def without_names(reply: str, name: str | None) -> str:
    """``reply`` (lower case) without what others chose: mail addresses, ``<name>:`` at its head, the HELO name.

    So the name ``fakedomain.example`` is not taken for the word "fake".
    """
    words = _HEAD.sub("<>:", reply, count=1)
    if "@" in words:
        words = _ADDRESS.sub("@", words)
    if "elo." in words or "hlo." in words:
        words = _HOST.sub("*", words)
    said = said_name(words) if "helo" in words or "ehlo" in words else None
    for known in ((name or "").lower(), said or ""):
        if len(known) > 3 and ("." in known or known not in _ORDINARY):
            words = words.replace(known, "*")
    return words
