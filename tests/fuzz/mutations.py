"""Damage as it happens to texts on their way into a paste box, and damage as it happens on purpose. Seeded."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

Mutation = Callable[[random.Random, bytes], bytes]

TOKENS = (
    b"550 ", b"550-5.7.1 ", b"504 5.5.2 <", b">: Helo command rejected: ", b"EHLO ", b"HELO [", b"helo=<", b"RCPT TO:<",
    b"Diagnostic-Code: smtp;", b"Content-Type: multipart/report; boundary=", b"Content-Transfer-Encoding: base64\n\n",
    b"From \n", b"\r\n.\r\n", b"=?utf-8?B?", b"&lt;", b"\\r\\n", b"> > > ", b"\x00", b"\xff\xfe", b"\xed\xa0\x80",
    b"\xe2\x80\x8b",
    b"AUTH PLAIN ", b"(((((", b"[[[[", b"<<<<", b"$(touch x)", b"`id`", b"${jndi:", b"${", b"%C", b"!!python/object:",
)  # fmt: skip


def truncate(rng: random.Random, data: bytes) -> bytes:
    """Cut off at any point."""
    return data[: rng.randrange(len(data) + 1)]


def flip(rng: random.Random, data: bytes) -> bytes:
    """Some bytes changed."""
    changed = bytearray(data)
    for _ in range(rng.randrange(1, 9)):
        if changed:
            changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def insert(rng: random.Random, data: bytes) -> bytes:
    """A telling token somewhere."""
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice(TOKENS) * rng.choice((1, 1, 1, 50)) + data[at:]


def repeat(rng: random.Random, data: bytes) -> bytes:
    """A piece many times over."""
    at = rng.randrange(len(data) + 1)
    piece = data[at : at + rng.randrange(1, 200)]
    return data[:at] + piece * rng.choice((2, 20, 200)) + data[at:]


def shuffle_lines(rng: random.Random, data: bytes) -> bytes:
    """Lines in another order, some lost."""
    lines = data.split(b"\n")
    rng.shuffle(lines)
    return b"\n".join(lines[: rng.randrange(len(lines) + 1)])


def quote(rng: random.Random, data: bytes) -> bytes:
    """As a reply quotes it."""
    return b"\n".join(b"> " * rng.randrange(1, 4) + line for line in data.split(b"\n"))


def wrap(rng: random.Random, data: bytes) -> bytes:
    """As a program wraps it."""
    width = rng.randrange(20, 100)
    return b"\n".join(line[at : at + width] for line in data.split(b"\n") for at in range(0, max(len(line), 1), width))


def line_ends(rng: random.Random, data: bytes) -> bytes:
    """Other line ends, or none."""
    return data.replace(b"\r\n", b"\n").replace(b"\n", rng.choice((b"\r\n", b"\r", b" ", b"\\r\\n", b"<br>\n")))


def entities(_rng: random.Random, data: bytes) -> bytes:
    """As a web page escapes it."""
    return data.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")


def recode(rng: random.Random, data: bytes) -> bytes:
    """In another encoding."""
    return data.decode("latin-1").encode(rng.choice(("utf-16", "utf-16-le", "utf-8", "utf-7", "utf-32")))


MUTATIONS: Sequence[Mutation] = (
    truncate, flip, insert, repeat, shuffle_lines, quote, wrap, line_ends, entities, recode,
)  # fmt: skip


def mutated(seeds: Sequence[bytes], count: int, *, seed: int, longest: int = 20_000) -> Iterator[bytes]:
    """``count`` inputs: seeds after one to four mutations, now and then two spliced, now and then plain noise."""
    rng = random.Random(seed)
    for number in range(count):
        if number % 50 == 0:
            yield rng.randbytes(rng.randrange(2000))
            continue
        data = rng.choice(seeds)[:longest]
        if number % 7 == 0:
            other = rng.choice(seeds)[:longest]
            data = data[: rng.randrange(len(data) + 1)] + other[rng.randrange(len(other) + 1) :]
        for _ in range(rng.randrange(1, 5)):
            data = rng.choice(MUTATIONS)(rng, data)[: 2 * longest]
        yield data
