"""Reading SMTP replies from a stream that may be hostile: bounded in line length, lines and bytes (RFC 5321 4.2)."""

from __future__ import annotations

import asyncio
import re

from msgspec import Struct

from helodoctor.network.plain import printable

LINE_KEPT = 4096
"""Bytes kept of one line; the rest of a longer one is read and dropped."""
REPLY_LINES = 200
"""Lines of one reply."""
TOTAL_BYTES = 512 * 1024
"""Bytes of one whole conversation."""

# The blank after the code is often missing, and a firewall may write an asterisk for it; mail servers do not mind.
_REPLY_LINE = re.compile(r"([2-5][0-9]{2})(?:([^0-9]).*)?")


class Obstacle(Exception):
    """What kept the conversation from a verdict; ``id`` is worded in ``words/trials.toml``."""

    def __init__(self, obstacle: str) -> None:
        super().__init__(obstacle)
        self.id = obstacle


class Reply(Struct, frozen=True):
    """One whole reply as it came, its lines joined by LF in ``text``; the last line's code counts."""

    code: int
    text: str


class ReplyReader:
    """Replies of one server, read from ``stream``; keeps what arrived beyond the reply asked for."""

    def __init__(self, stream: asyncio.StreamReader) -> None:
        self._stream = stream
        self._buffer = bytearray()
        self._total = 0

    async def _fill(self) -> None:
        chunk = await self._stream.read(LINE_KEPT)
        if not chunk:
            raise Obstacle("closed")
        self._total += len(chunk)
        if self._total > TOTAL_BYTES:
            raise Obstacle("too-much")
        self._buffer += chunk

    async def _line(self) -> str:
        kept = b""
        while (end := self._buffer.find(b"\n")) < 0:
            kept = (kept + self._buffer)[:LINE_KEPT]
            self._buffer.clear()
            await self._fill()
        kept = (kept + self._buffer[:end])[:LINE_KEPT]
        del self._buffer[: end + 1]
        return printable(kept.rstrip(b"\r"))

    async def reply(self, so_far: list[str]) -> Reply:
        """The next reply; its lines are put in ``so_far`` as they come, so that a broken one can be shown.

        Raises:
            Obstacle: ``closed``, ``too-much``, ``too-many-lines`` or ``not-smtp``.
        """
        while True:
            so_far.append(await self._line())
            found = _REPLY_LINE.fullmatch(so_far[-1])
            if found is None:
                raise Obstacle("not-smtp")
            if found[2] != "-":
                return Reply(int(found[1]), "\n".join(so_far))
            if len(so_far) >= REPLY_LINES:
                raise Obstacle("too-many-lines")

    async def leftover(self) -> bool:
        """Whether the server has already said more than it was asked (checked before TLS, CVE-2011-0411)."""
        if self._buffer:
            return True
        waiting = asyncio.ensure_future(self._stream.read(1))
        await asyncio.sleep(0)
        if waiting.done():  # a connection that has broken is found by the next command
            return waiting.exception() is None and bool(waiting.result())
        waiting.cancel()
        await asyncio.wait([waiting])
        return False
