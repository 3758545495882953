"""SPF of the HELO identity (RFC 7208 2.3), evaluated by pyspf in a thread, its questions asked by our own resolver.

pyspf has had no release since 2020, and RFC 7208 no change since 2014; there is no other complete evaluator. Its own
limits on lookups and void lookups (RFC 7208 4.6.4) stay on, the time limit is the caller's.
"""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import Awaitable, Callable
from typing import Any

from msgspec import Struct

from helodoctor.network.dns_questions import Reply

Ask = Callable[[str, str], Awaitable[Reply]]

_PART_OF_A_NAME = 253


class SpfResult(Struct, frozen=True):
    """The result (RFC 7208 2.6), ``unreadable`` where the evaluator itself gave up; and the record, if there is one."""

    result: str
    record: str | None = None


async def evaluate(ask: Ask, name: str, ip: str, *, seconds: float) -> SpfResult:
    """What SPF says of mail from ``ip`` announced as ``name`` with a null sender."""
    record = await _record(ask, name)
    loop = asyncio.get_running_loop()

    def look_up(name: str, kind: str) -> Reply:
        return asyncio.run_coroutine_threadsafe(_asked(ask, name, kind), loop).result(seconds)

    try:
        result = await asyncio.wait_for(asyncio.to_thread(_evaluated, look_up, name, ip), seconds)
    except TimeoutError:
        return SpfResult("temperror", record)
    return SpfResult(result, record)


async def _asked(ask: Ask, name: str, kind: str) -> Reply:
    return await ask(name, kind)


async def _record(ask: Ask, name: str) -> str | None:
    """The SPF record of ``name`` as text, for showing."""
    texts = (await ask(name, "TXT")).strings
    found = [text for text in texts if text.lower().startswith(b"v=spf1")]
    return found[0].decode("ascii", "backslashreplace") if found else None


def _evaluated(look_up: Callable[[str, str], Reply], name: str, ip: str) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its source has escapes that newer Pythons warn about
        import spf  # type: ignore[import-untyped]

    query = spf.query(i=ip, s="", h=name, strict=True)
    query.dns = _Lookups(look_up, query, spf)
    try:
        return str(query.check()[0])
    except Exception:  # a record made to break the evaluator is a record that cannot be read
        return "unreadable"


class _Lookups:
    """Stands in for pyspf's own DNS method: the answers in its shapes, its void-lookup limit kept (RFC 7208 4.6.4)."""

    def __init__(self, look_up: Callable[[str, str], Reply], query: Any, spf: Any) -> None:
        self._look_up, self._query, self._spf = look_up, query, spf

    def __call__(self, name: str, qtype: str, cnames: object = None, ignore_void: bool = False) -> list[Any]:
        del cnames  # our resolver follows aliases itself
        name = str(name).rstrip(".")
        if len(name) > _PART_OF_A_NAME or not all(0 < len(label) <= 63 for label in name.split(".")):
            return []
        reply = self._look_up(name, qtype)
        if reply.trouble is not None:
            raise self._spf.TempError(f"DNS {reply.trouble}")
        found = _in_its_shape(reply)
        if not found and not ignore_void:
            self._query.void_lookups += 1
            if self._query.void_lookups > self._spf.MAX_VOID_LOOKUPS:
                raise self._spf.PermError("Void lookup limit exceeded")
        return found


def _in_its_shape(reply: Reply) -> list[Any]:
    if reply.kind == "TXT":
        return [(text,) for text in reply.strings]
    if reply.kind == "MX":
        # "10 mx.example.net"; the host of a null MX (RFC 7505) is empty
        parts = (record.partition(" ") for record in reply.records)
        return [(int(preference), host) for preference, _, host in parts]
    return list(reply.records)
