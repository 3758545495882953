"""Exim's HELO checks, as read in 4.98.2 and 4.96 (``smtp_in.c``: ``check_helo()``, ``smtp_verify_helo()``)."""

from __future__ import annotations

import re

from helodoctor.receivers.engines.common import Maker, Test, hit_if
from helodoctor.receivers.greeting import Greeting, address_of
from helodoctor.receivers.schema import Rule

LINE = 75
_ASKED = re.compile(r"(?:\w(?:[\w/-]*\w)?\.)*\w(?:[\w/-]*\w)?\.?", re.ASCII)
_IP_IN_NAME = re.compile(r"([0-9]{1,3}[.-]){3}[0-9]{1,3}|[0-9a-f]{8}|[0-9A-F]{8}")


def is_address(text: str) -> int:
    """4 or 6 for an address as ``inet_pton()`` reads it, with a scope (``%eth0``) or without; 0 for none."""
    address = address_of(text)
    return address.version if address else 0


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
    if greeting.lower == _reverse_name(greeting) or _found_by_name(greeting):
        return False
    return greeting.facts.ptr_trouble is None


def undecided(greeting: Greeting) -> bool:
    """The same check, put off because the client's reverse name could not be asked for."""
    if greeting.name.startswith("[") or greeting.facts.ptr_trouble is None:
        return False
    return not _found_by_name(greeting)


def _found_by_name(greeting: Greeting) -> bool:
    """One of the name's addresses is the client's; odd names are not asked for (``dns_check_names_pattern``)."""
    return _ASKED.fullmatch(greeting.name) is not None and greeting.belongs_to_client()


def _literal_of_client(greeting: Greeting) -> bool:
    """The text right after ``[`` must begin with the address: an ``IPv6:`` tag never does."""
    if greeting.ip is None:
        return greeting.address is not None and ":" not in greeting.name[:6]
    return greeting.name[1:].startswith(greeting.ip)


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
    "exim-not-in-ptr": hit_if(not_in_ptr),
}
