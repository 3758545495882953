"""OpenSMTPD's ``valid_domainpart()``, as read in 7.8.0p1 and 6.8.0p2, with the host name test of either C library."""

from __future__ import annotations

import re

from helodoctor.receivers.engines.common import Maker, hit_if
from helodoctor.receivers.greeting import Greeting, address_of, octets

DOMAIN_LIMIT, WIRE_LIMIT = 255, 255
_GLIBC_LABEL = re.compile(r"[A-Za-z0-9_-]{1,63}")
_ESCAPE = re.compile(r"\\([0-9]{3}|[^0-9])")
_BUNDLED_LABEL = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?)?")


def no_argument(greeting: Greeting) -> bool:
    """Nothing at all after the verb; a blank alone counts as an argument, an empty one."""
    return not greeting.text


def argument(greeting: Greeting) -> str:
    """All of the line behind the first blanks; blanks at its end count."""
    return greeting.text.lstrip()


def _literal(name: str) -> bool:
    """``[`` an address ``]``, the tag ``IPv6:`` at will."""
    inner = name[6:] if name[:6].lower() == "[ipv6:" else name[1:]
    if inner.find("]") != len(inner) - 1:
        return False
    return "%" not in inner and address_of(inner[:-1]) is not None


def _host_part(name: str) -> bool:
    return bool(name) and len(octets(name)) <= DOMAIN_LIMIT and not name.endswith(".")


def invalid_name_glibc(greeting: Greeting) -> bool:
    """With glibc's ``res_hnok``: labels of 1 to 63 letters, digits, ``-``, ``_``; the first starts with no hyphen."""
    name = argument(greeting)
    if name.startswith("["):
        return not _literal(name)
    labels = _labels(name)
    fits = _host_part(name) and sum(map(len, labels)) + len(labels) + 1 <= WIRE_LIMIT
    return not fits or labels[0].startswith("-") or not all(_GLIBC_LABEL.fullmatch(label) for label in labels)


def _labels(name: str) -> list[str]:
    """The labels as ``ns_name_pton()`` reads them: a backslash takes the next character, or a code of three digits."""
    return _ESCAPE.sub(_escaped, name).split(".")


def _escaped(code: re.Match[str]) -> str:
    char = chr(int(code[1])) if len(code[1]) == 3 else code[1]
    return "?" if char == "." else char  # a dot inside a label, which no host name has


def invalid_name_bundled(greeting: Greeting) -> bool:
    """With the ``res_hnok`` that comes along: label edges are letters or digits; an empty label slips through."""
    name = argument(greeting)
    if name.startswith("["):
        return not _literal(name)
    return not (_host_part(name) and all(_BUNDLED_LABEL.fullmatch(label) for label in name.split(".")))


TESTS: dict[str, Maker] = {
    "opensmtpd-no-argument": hit_if(no_argument),
    "opensmtpd-invalid-name": hit_if(invalid_name_bundled),
    "opensmtpd-invalid-name-glibc": hit_if(invalid_name_glibc),
}
