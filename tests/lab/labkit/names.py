"""The names announced to the lab's servers: a fixed list of telling ones, and generated ones by the hundred."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Named:
    """One name to announce. ``text`` is what follows the verb and a space; ``None``: not even the space."""

    label: str
    text: str | None

    def line(self, verb: str) -> bytes:
        """The command line without CRLF."""
        return verb.encode() if self.text is None else f"{verb} {self.text}".encode()


RECEIVER = "RECEIVER"
LONG_NAME = ".".join(["x" * 49] * 5 + ["y" * 37, "example.test"])  # 300 characters, every label within its bounds
_LISTED = """
mail.example.test
127.0.0.1
203.0.113.10
[127.0.0.1]
[203.0.113.10]
[203.0.113.99]
[IPv6:::1]
[IPv6:2001:db8::10]
localhost
localhost.localdomain
www
servidor
my_server.example.test
mail.example.test.
nonexistent.example.test
server.local
ümlaut.example.test
xn--mlaut-jva.example.test
RECEIVER
rcpt.test
fakedomain.xyz
gmail.com
10-113-0-203.dyn.example.test
other.example.test
mxonly.example.test
alias.example.test
dangling.example.test
lo.example.test
priv.example.test
x.broken.test
x.swallow.example.test
-bad.example.test
a..example.test
mail example.test
mail.example.test:25
<mail.example.test>
""".strip().splitlines()


def listed(me: str) -> tuple[Named, ...]:
    """The names of the fixed list; ``me`` is the receiver's own name, which is one of them."""
    names = [Named(text.replace(RECEIVER, me), text.replace(RECEIVER, me)) for text in _LISTED]
    return (*names, Named("(none)", None), Named("(space)", ""), Named("(300 chars)", LONG_NAME))


SEED = 20261123
_ZONES = (
    *("example.test", "wild.example.test", "rcpt.test", "dyn.example.test", "nowhere.test", "test", "com"),
    *("fakedomain.xyz", "gmail.com", "local", "lan", "internal", "localhost", "corp.local", "example.com"),
)
_KNOWN = (
    *("mail.example.test", "alias.example.test", "other.example.test", "my_server.example.test"),
    *("lo.example.test", "priv.example.test", "mxonly.example.test", "v6only.example.test"),
    *("xn--mlaut-jva.example.test", "localhost", "localhost.localdomain", "fakedomain.xyz", "gmail.com"),
    *("mx-postfix.rcpt.test", "rcpt.test", "server.local", "www", "10-113-0-203.dyn.example.test"),
)
_ODD_CHARACTERS = "_-.:/\\<>()[]{}@!#$%&'*+=?^`|~;,\" äéßж中\u200b"
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def _label(dice: random.Random, longest: int = 12) -> str:
    text = "".join(dice.choices(_LETTERS + "-", k=dice.randint(1, longest)))
    return text.strip("-") or "a"


def _plain(dice: random.Random) -> str:
    labels = [_label(dice) for _ in range(dice.randint(0, 3))]
    return ".".join([*labels, dice.choice(_ZONES)])


def _case(dice: random.Random) -> str:
    return "".join(dice.choice((letter.upper(), letter)) for letter in dice.choice(_KNOWN))


def _near_valid(dice: random.Random) -> str:
    """A known name with one odd character put in, or in place of another."""
    name = dice.choice(_KNOWN)
    at = dice.randrange(len(name) + 1)
    return name[:at] + dice.choice(_ODD_CHARACTERS) + name[at + dice.randint(0, 1) :]


def _dots(dice: random.Random) -> str:
    name = dice.choice(_KNOWN)
    return dice.choice((f".{name}", f"{name}.", f"{name}..", name.replace(".", "..", 1), ".", "..", f"{name}. "))


def _hyphens(dice: random.Random) -> str:
    label = _label(dice)
    odd = dice.choice((f"-{label}", f"{label}-", f"{label}.-a", f"{label}--{label}", f"xn--{label}"))
    return f"{odd}.wild.example.test"


def _lengths(dice: random.Random) -> str:
    """Labels and names just within and just beyond their bounds (63, 253, 255)."""
    if dice.random() < 0.5:
        return "a" * dice.choice((1, 62, 63, 64, 100)) + "." + dice.choice(("wild.example.test", "example.test"))
    wanted = dice.choice((200, 252, 253, 254, 255, 256, 280))
    head = "b." * ((wanted - 20) // 2)
    return (head + "c" * 20)[: wanted - 18].rstrip(".") + ".wild.example.test"


def _numbers(dice: random.Random) -> str:
    parts = dice.choices(("0", "1", "7", "10", "127", "203", "255", "256", "999"), k=dice.choice((3, 4, 4, 4, 5)))
    four = ".".join(parts)
    return dice.choice((four, four.replace(".", "-") + ".dyn.example.test", f"host{four}.example.test", "0x7f000001"))


_LITERALS = (
    *("203.0.113.10", "203.0.113.77", "127.0.0.1", "256.1.1.1", "1.2.3", "01.2.3.4", "203.0.113.025", "203.0.113.10 "),
    *("IPv6:2001:db8::10", "IPv6:2001:db8::11", "ipv6:2001:db8::10", "2001:db8::10", "IPv6:::1", "IPv6:", ""),
    *("IPv6:1:2:3:4:5:6:7:8", "IPv6:1:2:3:4:5:6:7:8:9", "IPv6:::ffff:203.0.113.10", "IPv6:fe80::1%eth0"),
    *("x-tag:data", "mail.example.test"),
)


def _literal(dice: random.Random) -> str:
    inner = dice.choice(_LITERALS)
    return dice.choice((f"[{inner}]", f"[{inner}]", f"[{inner}", f"{inner}]", f"[{inner}].", inner, f"[{inner}] my pc"))


def _unicode(dice: random.Random) -> str:
    return dice.choice(("müller", "почта", "邮件", "é", "ﬁrma", "ΣΙΓΜΑ", "a\u0301")) + "." + dice.choice(_ZONES)


_COMMON = (_plain, _plain, _near_valid, _near_valid, _near_valid)
_KINDS = (*_COMMON, _case, _dots, _hyphens, _lengths, _numbers, _literal, _unicode)


def generated(count: int, seed: int = SEED) -> tuple[Named, ...]:
    """``count`` different names, the same ones for the same seed; none of them can break out of its command line."""
    dice = random.Random(seed)
    names: dict[str, None] = {}
    while len(names) < count:
        names.setdefault(dice.choice(_KINDS)(dice))
    return tuple(Named(name, name) for name in names)
