"""A bare SMTP client for talking to our own servers: what it sends is exactly what the test says."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Self

from helodoctor.network.conversation import client_context


class Client:
    """One connection; replies come back whole, lines joined by LF."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port

    async def __aenter__(self) -> Self:
        self._reader, self._writer = await asyncio.open_connection(self._host, self._port, limit=2**20)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._writer.transport.abort()
        with contextlib.suppress(OSError):
            await self._writer.wait_closed()

    async def reply(self) -> str:
        """The next reply; ``""`` when the connection has ended."""
        lines: list[str] = []
        async with asyncio.timeout(10):
            while True:
                try:
                    line = (await self._reader.readline()).decode("utf-8", "surrogateescape")
                except ConnectionError:
                    line = ""
                lines.append(line.rstrip("\r\n"))
                if line[3:4] != "-":
                    return "\n".join(lines)

    async def send(self, raw: bytes) -> None:
        self._writer.write(raw)
        await self._writer.drain()

    async def say(self, command: str) -> str:
        """Send one command line; its reply."""
        with contextlib.suppress(ConnectionError):
            await self.send(command.encode("utf-8", "surrogateescape") + b"\r\n")
        return await self.reply()

    async def encrypt(self, followed_by: bytes = b"") -> None:
        await self.send(b"STARTTLS\r\n" + followed_by)
        assert (await self.reply())[:3] == "220"
        await self._writer.start_tls(client_context())
