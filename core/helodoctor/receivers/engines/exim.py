"""Exim's HELO checks, as read in 4.98.2 and 4.96 (``smtp_in.c``: ``check_helo()``, ``smtp_verify_helo()``)."""

from __future__ import annotations

import re

from helodoctor.receivers.engines.common import Maker, Test, hit_if
from helodoctor.receivers.greeting import Greeting
from helodoctor.receivers.schema import Rule

LINE = 75
_DECIMAL = re.compile(r"[0-9]{1,3}")
_IP_IN_NAME = re.compile(r"([0-9]{1,3}[.-]){3}[0-9]{1,3}|[0-9a-f]{8}|[0-9A-F]{8}")


def _is_ipv4(text: str) -> bool:
    octets = text.split(".")
    return len(octets) == 4 and all(_DECIMAL.fullmatch(octet) and int(octet) < 256 for octet in octets)


def _is_ipv6(text: str) -> bool:
    """``string_is_ip_address()`` for a text with a colon; a scope (``%eth0``) may follow."""
    text = text.partition("%")[0] if "%" in text else text
    head, _, tail = text.rpartition(":")
    groups = text.split(":")
    if "." in tail:
        if not _is_ipv4(tail):
            return False
        groups = [*head.split(":"), "0", "0"] if head else []
    if not all(re.fullmatch(r"[0-9a-fA-F]{0,4}", group) for group in groups):
        return False
    return _groups_fit(groups)


def _groups_fit(groups: list[str]) -> bool:
    """Eight groups, or fewer with one ``::`` (which shows as empty groups)."""
    inner = groups
    if inner[:2] == ["", ""]:
        inner = inner[1:]
    if inner[-2:] == ["", ""]:
        inner = inner[:-1]
    gaps = inner.count("")
    return (gaps == 0 and len(inner) == 8) or (gaps == 1 and len(inner) <= 8)


def is_address(text: str) -> int:
    """4 or 6 for an address as Exim reads it, 0 for none."""
    if ":" in text:
        return 6 if _is_ipv6(text) else 0
    return 4 if _is_ipv4(text) else 0


def _bad_literal(name: str) -> bool:
    if not name.endswith("]") or len(name) < 2:
        return True
    inner = name[1:-1]
    tag = inner[:5].lower()
    if tag in ("ipv6:", "ipv4:"):
        return is_address(inner[5:]) != int(tag[3])
    return is_address(inner) == 0


def syntax(rule: Rule) -> Test:
    """``check_helo()``: an address in brackets, or letters, digits, dots, hyphens and what ``allow`` adds."""
    characters = re.compile(rf"[A-Za-z0-9.\-{re.escape(rule.allow)}]+")

    def test(greeting: Greeting) -> str | None:
        name = greeting.name
        bad = _bad_literal(name) if name.startswith("[") else not characters.fullmatch(name)
        return name if bad else None

    return test


def unverified(greeting: Greeting) -> bool:
    """``smtp_verify_helo()``: neither the client's literal, nor its reverse name, nor a name with its address."""
    if greeting.name.startswith("["):
        greeting.literal_is_client()  # notes what is taken for granted about the client
        return not _literal_of_client(greeting)
    if greeting.lower == _reverse_name(greeting) or greeting.belongs_to_client():
        return False
    return greeting.facts.ptr_trouble is None


def undecided(greeting: Greeting) -> bool:
    """The same check, put off because the client's reverse name could not be asked for."""
    if greeting.name.startswith("[") or greeting.facts.ptr_trouble is None:
        return False
    return not greeting.belongs_to_client()


def _literal_of_client(greeting: Greeting) -> bool:
    """The text right after ``[`` must begin with the address: an ``IPv6:`` tag never does."""
    if greeting.facts.ip is None:
        return greeting.address is not None and ":" not in greeting.name[:6]
    return greeting.name[1:].startswith(greeting.facts.ip)


def _reverse_name(greeting: Greeting) -> str:
    return greeting.ptr() if greeting.confirmed_ptr() else ""


def not_in_ptr(greeting: Greeting) -> bool:
    """HestiaCP: the name holds an IPv4 address or eight hex digits, and the client's reverse name does not hold it."""
    return _IP_IN_NAME.search(greeting.name) is not None and greeting.lower not in greeting.ptr()


def bare_address(greeting: Greeting) -> bool:
    """``isip``: the name is an address without brackets."""
    return is_address(greeting.name) != 0


def no_dot_or_bracket(greeting: Greeting) -> bool:
    """Neither a dot in it nor a bracket at its start."""
    return "." not in greeting.name and not greeting.name.startswith("[")


def impersonates(greeting: Greeting) -> bool:
    """The receiver's own name occurs in the name (Exim reads it as a pattern)."""
    return bool(greeting.host) and greeting.host in greeting.name


def wrapped(text: str) -> list[str]:
    """An ACL's message in lines of about 75 characters, as ``string_split_message()`` breaks it."""
    lines = []
    while len(text) > LINE:
        cut = _split_point(text)
        if cut is None:
            break
        lines.append(text[:cut])
        text = text[cut + 1 :].lstrip()
    return [*lines, text]


def _split_point(text: str) -> int | None:
    """The last blank after column 36, one behind a colon first; else the first blank further on."""
    blanks = [at for at in range(36, LINE + 1) if text[at : at + 1] == " "]
    for at in reversed(blanks):
        if text[at - 1] == ":":
            return at
    if blanks:
        return blanks[-1]
    ahead = text.find(" ", LINE + 1)
    return ahead if ahead >= 0 else None


TESTS: dict[str, Maker] = {
    "exim-syntax": syntax,
    "exim-unverified": hit_if(unverified),
    "exim-undecided": hit_if(undecided),
    "exim-bare-address": hit_if(bare_address),
    "exim-no-dot-or-bracket": hit_if(no_dot_or_bracket),
    "exim-impersonates": hit_if(impersonates),
    "exim-not-in-ptr": hit_if(not_in_ptr),
}
