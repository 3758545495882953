"""Signs that a name was made up by a provider's machine for one of thousands of lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from ipaddress import IPv6Address

from helodoctor.names import data
from helodoctor.names.heloname import Address

_FOUR_NUMBERS = re.compile(r"(?<![0-9])[0-9]{1,3}(?:[.x_-][0-9]{1,3}){3}(?![0-9])")
_EIGHT_HEX = re.compile(r"(?<![0-9a-z])(?:0x)?(?=[0-9a-f]*[0-9])(?=[0-9]*[a-f])[0-9a-f]{8}(?![0-9a-z])")


@cache
def _line_words() -> re.Pattern[str]:
    """A word for a kind of line next to a digit, or as a whole part between dots or hyphens, after the first label."""
    beside = "|".join(data.lines().beside)
    alone = "|".join(map(re.escape, data.lines().alone))
    return re.compile(rf"(?<![a-z])((?:{beside}))-?[0-9]|[0-9]-?((?:{beside}))(?![a-z])|(?<=[.-])((?:{alone}))(?=[.-])")


def sign_of(labels: Sequence[str]) -> str | None:
    """What in a name given by its ``labels`` looks made up, or ``None``. The last two labels are left aside."""
    if rented := data.rented_from(".".join(labels)):
        return rented.company
    host = ".".join(labels[:-2])
    if not host or any(part in data.lines().chosen for part in re.split(r"[.-]", host)):
        return None
    found = _FOUR_NUMBERS.search(host) or _EIGHT_HEX.search(host)
    if found:
        return found[0]
    words = _line_words().search(f"{host}.")
    return next(group for group in words.groups() if group) if words else None


def encodes(name: str, ip: Address) -> bool:
    """Whether the digits of ``ip`` stand in ``name``: in either order, padded, or in hexadecimal."""
    if isinstance(ip, IPv6Address):
        digits = re.sub(r"[^0-9a-f]", "", name.partition(".")[0])
        return ip.exploded.replace(":", "") in digits or str(ip).replace(":", "-") in name
    octets = str(ip).split(".")
    numbers = re.findall(r"[0-9]+", name)
    stripped = [number.lstrip("0") or "0" for number in numbers]
    runs = [stripped[at : at + 4] for at in range(len(stripped) - 3)]
    padded = "".join(octet.zfill(3) for octet in octets)
    return octets in runs or octets[::-1] in runs or padded in numbers or f"{int(ip):08x}" in name
