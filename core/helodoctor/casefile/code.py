"""The support code: twelve characters, read over the phone, that say which screen and which verdict somebody has.

Ten characters carry fields of fixed width, two check them (a Reed-Solomon code over GF(32), distance 3): any two wrong
characters are noticed, so every misread one and every swap of two neighbours. The alphabet is Crockford's base32
(https://www.crockford.com/base32.html), which reads O as 0, I and L as 1, and leaves out U.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from helodoctor import __version__, names, receivers
from helodoctor.knowledge import load
from helodoctor.knowledge.senders import all_systems
from helodoctor.model import Case, InputProblem, Party

NEWER = "newer"
"""Stands for a number that this version does not know."""

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans("OIL", "011")
_BETWEEN = re.compile(r"[\s\-‐‑–—_.]+")
_FORM = 1  # the arrangement of the fields below; another one gets another number
_WIDTHS = {  # field -> bits
    "form": 2, "release": 8, "page": 4, "cause": 6, "stage": 4, "receiver": 9, "kind": 4, "system": 9, "trial": 4,
}  # fmt: skip
_DATA, _CHECKS, _GROUP = 10, 2, 4


class Screen(Struct, frozen=True, kw_only=True):
    """What a code says, by ids: ``None`` is "nothing yet", :data:`NEWER` something this version does not know.

    ``release`` is the version of the program, ``receiver`` the id of a receiver, ``system`` that of a mail system,
    ``trial`` the verdict of the last trial.
    """

    release: str | None = None
    page: str | None = None
    cause: str | None = None
    stage: str | None = None
    receiver: str | None = None
    kind: str | None = None
    system: str | None = None
    trial: str | None = None


class Numbers(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``support-code.toml``: the lists whose places are the numbers."""

    releases: tuple[str, ...]
    pages: tuple[str, ...]
    causes: tuple[str, ...]
    stages: tuple[str, ...]
    name_kinds: tuple[str, ...]
    trial_verdicts: tuple[str, ...]


@cache
def numbers() -> Mapping[str, Mapping[str, int]]:
    """For every field the number of each id, from 1."""
    lists = load("support-code.toml", Numbers)
    fields = {
        "release": lists.releases, "page": lists.pages, "cause": lists.causes, "stage": lists.stages,
        "kind": lists.name_kinds, "trial": lists.trial_verdicts,
    }  # fmt: skip
    counted = {field: {word: number for number, word in enumerate(words, 1)} for field, words in fields.items()}
    return counted | {
        "receiver": {receiver.id: receiver.number for receiver in receivers.receivers()},
        "system": {system.id: system.number for system in all_systems().values()},
    }


def screen_of(case: Case, page: str) -> Screen:
    """What the user of ``case`` sees on ``page``."""
    diagnosis, last = case.diagnosis, case.trials[-1] if case.trials else None
    return Screen(
        release=__version__,
        page=page,
        cause=diagnosis.cause if diagnosis else None,
        stage=diagnosis.report.stage if diagnosis else None,
        receiver=_receiver(diagnosis.report.receiver) if diagnosis else None,
        kind=names.parse(case.name).kind if case.name is not None else None,
        system=case.system,
        trial=last.verdict if last else None,
    )


def _receiver(party: Party) -> str | None:
    """The id of the first receiver that is the provider or the software of ``party``."""
    wanted = {name.casefold() for name in (party.provider, party.software) if name}
    for receiver in receivers.receivers():
        called = {receiver.id, *re.split(r" / | \(", receiver.title.casefold())}
        if wanted & called:
            return receiver.id
    return None


def encode(screen: Screen) -> str:
    """The code of ``screen``, in groups: ``XXXX-XXXX-XXXX``. An id without a number is left out."""
    value = 0
    for field, width in _WIDTHS.items():
        word = None if field == "form" else getattr(screen, field)
        number = _FORM if field == "form" else numbers()[field].get(word or "", 0)
        value = value << width | number
    data = [value >> 5 * place & 31 for place in reversed(range(_DATA))]
    symbols = "".join(_ALPHABET[symbol] for symbol in (*data, *_checks(data)))
    return "-".join(symbols[start : start + _GROUP] for start in range(0, len(symbols), _GROUP))


def decode(text: str) -> Screen:
    """What a code says; upper or lower case, with or without what stands between the groups.

    Raises:
        InputProblem: this is no code, a character was misread, or a newer version made it.
    """
    bare = _BETWEEN.sub("", text).upper().translate(_READ_AS)
    if len(bare) != _DATA + _CHECKS or any(character not in _ALPHABET for character in bare):
        raise InputProblem("code-unreadable", code=text[:40])
    symbols = [_ALPHABET.index(character) for character in bare]
    if tuple(symbols[_DATA:]) != _checks(symbols[:_DATA]):
        raise InputProblem("code-misread", code=text[:40])
    return _screen(sum(symbol << 5 * place for place, symbol in enumerate(reversed(symbols[:_DATA]))))


def _screen(value: int) -> Screen:
    found: dict[str, int] = {}
    for field, width in reversed(_WIDTHS.items()):
        found[field] = value & (1 << width) - 1
        value >>= width
    if found.pop("form") != _FORM:
        raise InputProblem("code-newer")
    return Screen(**{field: _word(field, number) for field, number in found.items()})


def _word(field: str, number: int) -> str | None:
    if number == 0:
        return None
    return next((word for word, known in numbers()[field].items() if known == number), NEWER)


# --- the two checks: the sum of all symbols is 0, and so is the sum of all symbols times a**place ---


def _times(left: int, right: int) -> int:
    """The product in GF(32), by the primitive polynomial x^5 + x^2 + 1."""
    product = 0
    while right:
        product ^= left if right & 1 else 0
        left = left << 1 ^ (0b100101 if left & 16 else 0)
        right >>= 1
    return product


_POWERS = [1]
while len(_POWERS) < 31:
    _POWERS.append(_times(_POWERS[-1], 2))


def _checks(data: list[int]) -> tuple[int, int]:
    """The two symbols that make both sums 0."""
    plain = weighted = 0
    for place, symbol in enumerate(data):
        plain ^= symbol
        weighted ^= _times(symbol, _POWERS[place])
    divisor = _POWERS[_DATA] ^ _POWERS[_DATA + 1]
    inverse = _POWERS[-_POWERS.index(divisor) % 31]
    last = _times(weighted ^ _times(plain, _POWERS[_DATA]), inverse)
    return plain ^ last, last
