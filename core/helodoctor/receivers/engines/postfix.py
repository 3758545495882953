"""Postfix's HELO restrictions, as read in 3.10.13 and 3.7.11 (``smtpd_check.c``, ``valid_hostname.c``)."""

from __future__ import annotations

import re

from helodoctor.receivers.engines.common import Maker, hit_if
from helodoctor.receivers.greeting import Greeting

LABEL_LIMIT, NAME_LIMIT, REPLY_LIMIT = 63, 255, 510
_CHARACTERS = re.compile(r"[A-Za-z0-9_.-]+")
_HEX = re.compile(r"[0-9a-fA-F]*")
_NEUTERED = str.maketrans(dict.fromkeys(' <>()\\";@', "?"))


def valid_hostname(name: str) -> bool:
    """``valid_hostname()``: characters, dots and hyphens in place, lengths, not all digits."""
    if not _CHARACTERS.fullmatch(name) or len(name) > NAME_LIMIT:
        return False
    labels = name.split(".")
    if any(not label or len(label) > LABEL_LIMIT or label[0] == "-" or label[-1] == "-" for label in labels):
        return False
    return not name.replace(".", "").isdigit()


def valid_ipv4(text: str) -> bool:
    """``valid_ipv4_hostaddr()``: four decimals up to 255; a first octet of 0 only in 0.0.0.0."""
    octets = text.split(".")
    if len(octets) != 4 or not all(_is_octet(octet) for octet in octets):
        return False
    return bool(octets[0].strip("0")) or not text.strip("0.")


def _is_octet(text: str) -> bool:
    digits = text.lstrip("0")
    return text.isascii() and text.isdigit() and len(digits) <= 3 and int(digits or "0") <= 255


def valid_ipv6(text: str) -> bool:
    """``valid_ipv6_hostaddr()``: two to seven colons, at most one ``::``, groups of one to four hex digits.

    An IPv4 address may follow after two to six colons. Postfix counts no groups: ``1:2:3`` passes.
    """
    colons = doubled = length = at = 0
    while at < len(text):
        if text[at] == ".":
            return 2 <= colons <= 6 and valid_ipv4(text[at - length :])
        if text[at] == ":":
            after = text[at + 1 : at + 2]
            colons += 1
            if colons > 7 or (at == 0 and after.isalnum()) or (after == ":" and doubled):
                return False
            doubled = colons if after == ":" else doubled
            length, at = 0, at + 1
        else:
            length = _hex_digits(text, at)
            if not 1 <= length <= 4:
                return False
            at += length
    return colons >= 2 and (length > 0 or doubled == colons - 1)


def _hex_digits(text: str, at: int) -> int:
    found = _HEX.match(text, at)
    return len(found[0]) if found else 0


def valid_address(text: str) -> bool:
    """``valid_hostaddr()``: with a colon IPv6, else IPv4; no tag."""
    return valid_ipv6(text) if ":" in text else valid_ipv4(text)


def _trimmed(name: str) -> str:
    """The name without one final dot, if it is one and not two (``dup_if_truncate()``)."""
    return name[:-1] if name.endswith(".") and not name.endswith("..") and len(name) > 1 else name


def _is_literal(greeting: Greeting) -> bool:
    return greeting.name.startswith("[")


def bad_literal(greeting: Greeting) -> bool:
    """A name that starts with ``[`` and holds no address: IPv4, or IPv6 behind its tag."""
    if not _is_literal(greeting):
        return False
    inner = greeting.bracketed or greeting.name
    tagged = inner[:5].lower() == "ipv6:"
    return not (valid_ipv6(inner[5:]) if tagged else valid_ipv4(inner))


def invalid_hostname(greeting: Greeting) -> bool:
    """``reject_invalid_helo_hostname``: neither a host name nor a bare address."""
    name = _trimmed(greeting.name)
    return not _is_literal(greeting) and not (valid_hostname(name) or valid_address(name))


def non_fqdn(greeting: Greeting) -> bool:
    """``reject_non_fqdn_helo_hostname``: no host name with a dot in it."""
    name = _trimmed(greeting.name)
    return not _is_literal(greeting) and not (valid_hostname(name) and "." in name)


def _asked(greeting: Greeting) -> bool:
    """Whether ``dns_lookup()`` asks at all: bare addresses, final dots and invalid names are "not found" unasked."""
    return valid_hostname(greeting.name)


def unknown_hostname(greeting: Greeting) -> bool:
    """``reject_unknown_helo_hostname``: no A, AAAA or MX record (a null MX counts)."""
    if _is_literal(greeting):
        return False
    if not _asked(greeting):
        return True
    host = greeting.lookup()
    return host.trouble is None and not (host.addresses or host.mx)


def unsure_hostname(greeting: Greeting) -> bool:
    """The same lookup failed for now: the mail is put off at the end, if nothing else refuses it."""
    return not _is_literal(greeting) and _asked(greeting) and greeting.lookup().trouble is not None


def printed(name: str) -> str:
    """The name as ``smtpd`` keeps it: blanks collapsed, control characters and broken UTF-8 as ``?``."""
    words = " ".join(name.split())
    return "".join("?" if char < " " or char == "\x7f" or "\ud800" <= char <= "\udfff" else char for char in words)


def neutered(name: str) -> str:
    """The name as replies after EHLO print it: special characters become ``?`` (``NEUTER_CHARACTERS``)."""
    return printed(name).translate(_NEUTERED)


TESTS: dict[str, Maker] = {
    "postfix-bad-literal": hit_if(bad_literal),
    "postfix-invalid-hostname": hit_if(invalid_hostname),
    "postfix-non-fqdn": hit_if(non_fqdn),
    "postfix-unknown-hostname": hit_if(unknown_hostname),
    "postfix-unsure-hostname": hit_if(unsure_hostname),
}
