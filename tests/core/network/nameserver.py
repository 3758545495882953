"""A real name server on loopback, over UDP and TCP, that misbehaves exactly as a test says."""

from __future__ import annotations

import asyncio
import contextlib
import struct
from collections.abc import Callable
from itertools import pairwise
from typing import Any, Self

import dns.edns
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset

Handler = Callable[[dns.message.Message, dns.message.Message, bool], "dns.message.Message | bytes | None"]
SOA = "ns.kolibri.example. hostmaster.kolibri.example. 1 3600 600 86400 300"
TTL = 2400


class NameServer:
    """``zone`` maps ``"name TYPE"`` to records, or to a handler(query, empty response, tcp) -> response or silence.

    An unknown name is NXDOMAIN, a known name without that type an empty answer, both with an SOA record. A CNAME is
    followed within the zone. ``*`` as first label answers for all its siblings. Every answer waits ``delay`` seconds.
    """

    def __init__(self, zone: dict[str, list[str] | Handler], *, delay: float = 0.0) -> None:
        self._zone = {tuple(key.lower().split()): value for key, value in zone.items()}
        self._delay = delay
        self.asked: list[str] = []
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._tcp = await asyncio.start_server(self._on_tcp, "127.0.0.1", 0)
        self.port: int = self._tcp.sockets[0].getsockname()[1]
        loop = asyncio.get_running_loop()
        self._udp, _ = await loop.create_datagram_endpoint(
            lambda: _Datagrams(self), local_addr=("127.0.0.1", self.port)
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        self._udp.close()
        self._tcp.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def address(self) -> str:
        """``HOST:PORT`` as ``--resolver`` takes it."""
        return f"127.0.0.1:{self.port}"

    def later(self, reply: Any) -> None:
        task = asyncio.ensure_future(reply)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def answer(self, data: bytes, tcp: bool) -> bytes | None:
        query = dns.message.from_wire(data)
        question = query.question[0]
        name, kind = question.name.to_text(omit_final_dot=True).lower(), dns.rdatatype.to_text(question.rdtype).lower()
        self.asked.append(f"{name} {kind.upper()}")
        await asyncio.sleep(self._delay)
        empty = dns.message.make_response(query, recursion_available=True)
        found = self._lookup(name, kind)
        response = found(query, empty, tcp) if callable(found) else self._filled(empty, name, kind)
        if response is None or isinstance(response, bytes):
            return response
        return response.to_wire(max_size=65535)

    def _lookup(self, name: str, kind: str) -> list[str] | Handler | None:
        found = self._zone.get((name, kind))
        if found is None and not any(key[0] == name for key in self._zone):
            found = self._zone.get((f"*.{name.partition('.')[2]}", kind))
        return found

    def _filled(self, response: dns.message.Message, name: str, kind: str) -> dns.message.Message:
        for _ in range(10):
            records = self._lookup(name, kind)
            if isinstance(records, list):
                response.answer.append(dns.rrset.from_text(f"{name}.", TTL, "IN", kind, *records))
                return response
            alias = self._lookup(name, "cname")
            if not isinstance(alias, list):
                break
            response.answer.append(dns.rrset.from_text(f"{name}.", TTL, "IN", "CNAME", *alias))
            name = alias[0].rstrip(".").lower()
        known = any(key[0] in (name, f"*.{name.partition('.')[2]}") for key in self._zone)
        response.set_rcode(dns.rcode.NOERROR if known else dns.rcode.NXDOMAIN)
        zone = ".".join(name.split(".")[-2:])
        response.authority.append(dns.rrset.from_text(f"{zone}.", 3600, "IN", "SOA", SOA))
        return response

    async def _on_tcp(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            while True:
                (size,) = struct.unpack("!H", await reader.readexactly(2))
                reply = await self.answer(await reader.readexactly(size), tcp=True)
                if reply is not None:
                    writer.write(struct.pack("!H", len(reply)) + reply)
                    await writer.drain()
        writer.close()


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, server: NameServer) -> None:
        self._server = server

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def datagram_received(self, data: bytes, address: Any) -> None:
        self._server.later(self._reply(data, address))

    async def _reply(self, data: bytes, address: Any) -> None:
        reply = await self._server.answer(data, tcp=False)
        if reply is not None:
            self._transport.sendto(reply, address)  # type: ignore[attr-defined]


# --- ways to misbehave ------------------------------------------------------------------------------------------------


def silent(_query: dns.message.Message, _response: dns.message.Message, _tcp: bool) -> None:
    """No answer at all."""


def failing(rcode: dns.rcode.Rcode, extended: int | None = None) -> Handler:
    """An answer that says no answer can be had, with an extended error (RFC 8914) if given."""

    def handler(_query: dns.message.Message, response: dns.message.Message, _tcp: bool) -> dns.message.Message:
        response.set_rcode(rcode)
        if extended is not None:
            response.use_edns(options=[dns.edns.EDEOption(extended)])
        return response

    return handler


def badly_signed(*records: str) -> Handler:
    """A validating resolver before a domain with broken signatures: it answers only who does not want them checked."""

    def handler(query: dns.message.Message, response: dns.message.Message, _tcp: bool) -> dns.message.Message:
        if not query.flags & dns.flags.CD:
            response.set_rcode(dns.rcode.SERVFAIL)
            return response
        question = query.question[0]
        response.answer.append(dns.rrset.from_text(question.name, TTL, "IN", question.rdtype, *records))
        return response

    return handler


def referral(query: dns.message.Message, response: dns.message.Message, _tcp: bool) -> dns.message.Message:
    """A lame server: it is not in charge, and points at the root."""
    response.flags &= ~(dns.flags.AA | dns.flags.RA)
    response.authority.append(dns.rrset.from_text(".", TTL, "IN", "NS", "a.root-servers.net."))
    return response


def truncated(then: Handler | list[str] | None) -> Handler:
    """Too long for UDP; over TCP ``then`` (``None``: silence)."""

    def handler(query: dns.message.Message, response: dns.message.Message, tcp: bool) -> Any:
        if not tcp:
            response.flags |= dns.flags.TC
            return response
        if then is None or callable(then):
            return then and then(query, response, tcp)
        question = query.question[0]
        response.answer.append(dns.rrset.from_text(question.name, TTL, "IN", question.rdtype, *then))
        return response

    return handler


def garbage(query: dns.message.Message, _response: dns.message.Message, _tcp: bool) -> bytes:
    """The right id, then no message."""
    return query.id.to_bytes(2, "big") + b"\xff" * 30


def endless_aliases(query: dns.message.Message, response: dns.message.Message, _tcp: bool) -> dns.message.Message:
    """A chain of aliases that leads back to its start."""
    name = query.question[0].name.to_text()
    names = [name, *(f"a{number}.{name}" for number in range(20)), name]
    for alias, target in pairwise(names):
        response.answer.append(dns.rrset.from_text(alias, TTL, "IN", "CNAME", target))
    return response
