"""What in a text is private, and the mask for each: the same original gets the same mask throughout a case."""

from __future__ import annotations

import re
from bisect import insort
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum

from msgspec import Struct

from helodoctor.bounce import secrets
from helodoctor.names import data
from helodoctor.names.addresses import read_address, special


class Kind(StrEnum):
    """What can be masked, each for itself."""

    MAILBOX = "mailbox"
    SUBJECT = "subject"
    TEXT = "text"
    INTERNAL = "internal"


class Masked(Struct, frozen=True):
    """One thing that does not go out: what it is, how it stood there, and what stands there now."""

    kind: Kind
    original: str
    mask: str


_RUN = re.compile(r"[^\W_]+")
Hit = tuple[int, int, str]
"""Half-open range of code points, and the mask for it."""

MASK = "…"
_SHORTEST = 3  # characters of a lone word that is masked wherever it stands
_PRIVATE_SORTS = ("private", "shared", "link-local")
_LOCAL = r"[^\s<>,;:=\"'()\[\]@]"
_VERP = rf"(?<!{_LOCAL}){_LOCAL}++=[\w-]++(?:\.[\w-]++)++(?=@)"  # bounces+anna=firma.example@: a whole address inside
_PLAIN = rf"(?<!{_LOCAL})(?:(?!%40){_LOCAL})++"
_MAILBOX = rf"(?P<local>{_VERP}|{_PLAIN}|\"[^\"\r\n]{{1,64}}\")(?:@|%40)(?P<domain>[\w.-]{{1,255}})"
_IPV6 = (
    r"(?:(?<=IPv6:)|(?<=ipv6:)|(?<![^\W_])(?<![:.]))"
    r"(?P<v6>(?:[0-9A-Fa-f]{0,4}:){2,7}(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f]{0,4}))(?![^\W_]|:|\.\d)"
)
_IPV4 = r"(?<![^\W_])(?<!\.)(?P<v4>\d{1,3}(?:\.\d{1,3}){3})(?![^\W_]|\.\w)"
_NAME = r"(?<![\w.-])(?P<name>[\w-]{1,63}(?:\.[\w-]{1,63}){1,20})"
_QUERY = r"(?<=://)(?P<url>[^\s\"'<>?#]{1,500})(?P<query>[?#][^\s\"'<>]{1,2000})"
_FINDS = re.compile("|".join((_QUERY, _MAILBOX, _IPV6, _IPV4, _NAME)))
_SUBJECT = re.compile(
    r"^[ \t>|*]{0,20}(?:Subject|Betreff|Objet|Oggetto|Asunto)[ \t]?:[^\n]*(?:\n[ \t]+\S[^\n]*)*", re.M | re.I
)

# Mailboxes that are no person's (RFC 2142 and what programs use), and host labels that half the world has.
_NOBODY_WORDS = """
    abuse admin administrator bounce bounces daemon double-bounce hostmaster info mail mailer-daemon mailer no-reply
    noc noreply nobody office postmaster prvs recipient root security sender srs srs0 srs1 support test user
    webmaster www www-data
"""
_NOBODY = frozenset(_NOBODY_WORDS.split())
_COMMON_HOST_WORDS = "ehlo helo host localhost mail mx mx1 mx2 relay server smtp smtpd unknown www"
_COMMON_HOSTS = frozenset(_COMMON_HOST_WORDS.split())


class Masks:
    """Gives out masks and remembers them; ``keep`` are words that are never masked (ids the program needs)."""

    def __init__(self, kinds: frozenset[Kind], keep: Iterable[str] = ()) -> None:
        self.kinds = kinds
        self.given: dict[tuple[Kind, str], Masked] = {}
        self._counts: Counter[Kind] = Counter()
        self._keep = frozenset(map(str.casefold, keep))
        self._words: dict[str, str] = {}
        self._by_run: dict[str, list[tuple[str, int]]] = {}

    def learn(self, text: str, *, host: bool = False) -> None:
        """Take note of what is private in ``text``; as a ``host`` a single label is a name too."""
        for _ in self._patterns(text):
            pass
        label = text.rstrip(".").casefold()
        if host and Kind.INTERNAL in self.kinds and re.fullmatch(r"[\w-]{1,63}", label) and not label.isdigit():
            self._learn_word(label, lambda: self._mask(Kind.INTERNAL, label), _COMMON_HOSTS)

    def hits(self, text: str) -> list[Hit]:
        """Everything private in ``text``, ascending and without overlaps; secrets are masked character by character."""
        found = [*self._patterns(text), *self._known(text), *_secrets(text)]
        if Kind.SUBJECT in self.kinds:
            found += [(*match.span(), _after_colon(match[0])) for match in _SUBJECT.finditer(text)]
        return _apart(found)

    def masked(self, text: str) -> str:
        """``text`` with everything private replaced."""
        kept, position = [], 0
        for start, end, mask in self.hits(text):
            kept += [text[position:start], mask]
            position = end
        return "".join(kept) + text[position:]

    def _patterns(self, text: str) -> Iterator[Hit]:
        for match in _FINDS.finditer(text):
            if match["query"]:
                yield (*match.span("query"), f"?{MASK}")
                yield from self._inside(match["url"], match.start())
            elif match["local"]:
                yield from self._mailbox(match)
            elif match["name"]:
                yield from self._host(match["name"], match.start("name"))
            else:
                yield from self._address(match)

    def _inside(self, part: str, offset: int) -> Iterator[Hit]:
        yield from ((start + offset, end + offset, mask) for start, end, mask in self._patterns(part))

    def _mailbox(self, match: re.Match[str]) -> Iterator[Hit]:
        if Kind.MAILBOX in self.kinds:
            start, end = match.span("local")
            word, sign, _ = match["local"].partition("=")
            start += len(word) + 1 if sign and not set(word) & set("+-") else 0  # "from=anna@" is no such address
            local = match.string[start:end].strip('"').casefold()
            mask = self._mask(Kind.MAILBOX, local)
            self._learn_word(local, lambda: mask, _NOBODY)
            yield start, end, mask
        yield from self._host(match["domain"], match.start("domain"))

    def _host(self, name: str, start: int) -> Iterator[Hit]:
        bare = name.rstrip(".").casefold()
        labels = bare.split(".")
        ending = data.special_use(labels) if len(labels) > 1 else None
        if not ending and "_" in name:  # blanks turned into underscores, as in addresses made of a header
            for word in re.finditer(r"[^_]+", name):
                yield from self._inside(word[0], start + word.start())
        if Kind.INTERNAL not in self.kinds or not ending or ending.stand_in or bare in data.loopback_names():
            return
        mask = self._mask(Kind.INTERNAL, bare)
        self._learn_word(labels[0], lambda: self._mask(Kind.INTERNAL, labels[0]), _COMMON_HOSTS)
        yield start, start + len(name.rstrip(".")), mask

    def _address(self, match: re.Match[str]) -> Iterator[Hit]:
        address = read_address(match[0])
        block = special(address) if address and Kind.INTERNAL in self.kinds else None
        if block and block.sort in _PRIVATE_SORTS:
            yield (*match.span(), self._mask(Kind.INTERNAL, str(address)))

    def _learn_word(self, word: str, mask: Callable[[], str], common: frozenset[str]) -> None:
        first = _RUN.search(word)
        known = word in common or word in self._keep or word in self._words
        if first and not known and len(word) >= _SHORTEST and not word.isdigit():
            self._words[word] = mask()
            alike = self._by_run.setdefault(first[0], [])
            insort(alike, (word, first.start()), key=lambda known: -len(known[0]))

    def _known(self, text: str) -> Iterator[Hit]:
        """Words known to be private, wherever they stand alone; looked up by their first run of letters and digits."""
        for run in _RUN.finditer(text):
            for word, offset in self._by_run.get(run[0].casefold(), ()):
                start = max(0, run.start() - offset)
                end = start + len(word)
                if text[start:end].casefold() == word and not text[end : end + 1].isalnum():
                    yield start, end, self._words[word]
                    break

    def _mask(self, kind: Kind, original: str) -> str:
        known = self.given.get((kind, original))
        if known is None:
            self._counts[kind] += 1
            known = self.given[kind, original] = Masked(kind, original, f"{_MASKS[kind]}-{self._counts[kind]}")
        return known.mask


_MASKS = {Kind.MAILBOX: "mailbox", Kind.INTERNAL: "internal"}


def _after_colon(line: str) -> str:
    return f"{line.partition(':')[0]}: {MASK}"


def _secrets(text: str) -> Iterator[Hit]:
    """Passwords and tokens, as they are masked when a text is read."""
    hidden = secrets.mask(text)
    for run in re.finditer(f"{secrets.MASK}+", hidden):
        if text[run.start() : run.end()] != run[0]:
            yield (*run.span(), run[0])


def _apart(found: list[Hit]) -> list[Hit]:
    """Ascending; of overlapping hits the one that begins first and is longest swallows the others."""
    kept: list[Hit] = []
    for start, end, mask in sorted(found, key=lambda hit: (hit[0], -hit[1])):
        if kept and start < kept[-1][1]:
            if end > kept[-1][1]:
                kept[-1] = (kept[-1][0], end, f"{kept[-1][2]}{MASK}")
        else:
            kept.append((start, end, mask))
    return kept
