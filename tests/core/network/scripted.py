"""A server that follows a script on a loopback port, and hears what is sent to it."""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
import struct
from collections.abc import Awaitable, Callable
from typing import Self

from helodoctor.model import Stage, Target, TrialPlan
from helodoctor.network.server import server_context


class Connection:
    """The server's side of one connection."""

    def __init__(self, server: Scripted, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._server, self._reader, self._writer = server, reader, writer

    async def say(self, *pieces: bytes | str) -> None:
        for piece in pieces:
            self._writer.write(piece if isinstance(piece, bytes) else f"{piece}\r\n".encode())
        await self._writer.drain()

    async def hear(self) -> str:
        """The next command line, or the end of this connection."""
        line = await self._reader.readline()
        if not line:
            raise ConnectionError
        self._server.heard += line
        return line.decode().rstrip("\r\n")

    async def answer(self, *replies: bytes | str) -> None:
        """One reply to each command, in order."""
        for reply in replies:
            await self.hear()
            await self.say(reply)

    async def wait_for_bytes(self) -> None:
        """Anything at all, such as the start of a TLS handshake."""
        await self._reader.read(1)

    async def encrypt(self) -> None:
        await self._writer.start_tls(server_context())

    async def silence(self) -> None:
        """Say nothing more until the other side hangs up."""
        while await self._reader.read(4096):
            pass

    def close(self) -> None:
        self._writer.close()

    def reset(self) -> None:
        """Close with RST instead of FIN."""
        connection = self._writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()


Script = Callable[[Connection], Awaitable[None]]


class Scripted:
    """An async context around a script; ``heard`` is everything the client sent, decrypted."""

    def __init__(self, script: Script, tls: ssl.SSLContext | None = None) -> None:
        self._script, self._tls = script, tls
        self.heard = b""
        self.ended = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self._tls)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            await self._script(Connection(self, reader, writer))
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            self.ended.set()
            writer.transport.abort()
            self._tasks.discard(task)

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)
        await asyncio.sleep(0)

    def plan(self, **changes: object) -> TrialPlan:
        """A trial of this server with a short deadline."""
        values: dict[str, object] = {
            "target": Target(host="127.0.0.1", port=self.port),
            "name": "www",
            "sender": "office@sender.example",
            "recipient": "user@receiver.example",
            "timeout": 5.0,
        }
        return TrialPlan(**(values | changes))  # type: ignore[arg-type]

    @property
    def commands(self) -> list[str]:
        """The verbs heard, in order."""
        return re.findall(r"(?m)^(\w+)", self.heard.decode())


# A conversation that goes well, as (stage, reply to the command that belongs to it).
POLITE = (
    (Stage.CONNECT, "220 mx.receiver.example ESMTP"),
    (Stage.HELO, "250-mx.receiver.example\r\n250-PIPELINING\r\n250 STARTTLS"),
    (Stage.STARTTLS, "220 go ahead"),
    (Stage.HELO, "250 mx.receiver.example"),
    (Stage.MAIL, "250 2.1.0 ok"),
    (Stage.RCPT, "250 2.1.5 ok"),
    (Stage.UNKNOWN, "250 2.0.0 reset"),
    (Stage.UNKNOWN, "221 2.0.0 bye"),
)


def polite_until(turn: int, then: Script) -> Script:
    """The polite conversation; the reply to be given at ``turn`` (0 is the banner) is left to ``then``."""

    async def script(talk: Connection) -> None:
        for index, (stage, reply) in enumerate(POLITE):
            if index:
                await talk.hear()
            if index == turn:
                await then(talk)
                return
            await talk.say(reply)
            if stage is Stage.STARTTLS:
                await talk.encrypt()

    return script


async def polite(talk: Connection) -> None:
    """All goes well, whatever is asked."""
    await talk.say(POLITE[0][1])
    encrypted = False
    while (verb := (await talk.hear()).partition(" ")[0]) != "QUIT":
        if verb == "STARTTLS":
            await talk.say("220 go ahead")
            await talk.encrypt()
            encrypted = True
        else:
            await talk.say(POLITE[1][1] if verb == "EHLO" and not encrypted else "250 ok")
    await talk.say("221 bye")
