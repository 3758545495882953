"""One open connection to a mail server: commands go out, bounded replies come back, every line is recorded."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from contextlib import suppress

from helodoctor.model import Line, Speaker, Stage, Tls
from helodoctor.network.certificates import chain_of
from helodoctor.network.replies import Obstacle, Reply, ReplyReader

_GOODBYE_SECONDS = 2.0
_CLOSING_SECONDS = 0.2


def client_context() -> ssl.SSLContext:
    """TLS as mail servers use it among themselves: any certificate will do (RFC 7435 3), no old TLS (RFC 8996)."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


class Conversation:
    """A connection and its record.

    ``lines`` holds what was said so far, ``stage`` where the conversation stands, ``source`` is the address of
    this end; each new line goes to ``on_line``.
    """

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, on_line: Callable[[Line], None] | None
    ) -> None:
        self.lines: list[Line] = []
        self.chain: tuple[bytes, ...] = ()
        self.stage = Stage.CONNECT
        self.source = str((writer.get_extra_info("sockname") or ("",))[0])  # none where it broke at once
        self._writer = writer
        self._replies = ReplyReader(reader)
        self._reader = reader
        self._on_line = on_line
        self._clock = asyncio.get_running_loop().time
        self._start = self._clock()

    def _record(self, speaker: Speaker, text: str) -> None:
        line = Line(round(self._clock() - self._start, 3), speaker, text, self.stage)
        self.lines.append(line)
        if self._on_line:
            self._on_line(line)

    async def reply(self) -> Reply:
        """Wait for the server's next reply and record it, or the part of it that came.

        Raises:
            Obstacle: the server closed, reset, or did not answer as SMTP does within the bounds.
        """
        so_far: list[str] = []
        try:
            return await self._replies.reply(so_far)
        except ssl.SSLError as fault:
            raise Obstacle("tls-broken") from fault
        except OSError as fault:
            raise Obstacle("reset") from fault
        finally:
            if so_far:
                self._record("server", "\n".join(so_far))

    async def command(self, text: str, stage: Stage) -> Reply:
        """Send one command line (already checked by ``safety``) and wait for its reply.

        A server that has spoken out of turn is not answered: what it said would pass for a reply, except 421, which
        may come at any time (RFC 5321 3.8).

        Raises:
            Obstacle: as for :meth:`reply`, or ``out-of-turn``.
        """
        self.stage = stage
        if await self._replies.leftover():
            if (unasked := await self.reply()).code != 421:
                raise Obstacle("out-of-turn")
            return unasked
        self._record("us", text)
        try:
            self._writer.write(text.encode("ascii") + b"\r\n")
            await self._writer.drain()
        except OSError as fault:
            raise Obstacle("reset") from fault
        return await self.reply()

    async def start_tls(self, server_name: str) -> Tls:
        """Encrypt the connection after a 220 to STARTTLS; ``server_name`` is the host asked for, ``""`` for an address.

        Raises:
            Obstacle: ``injected-reply`` when plain text was waiting (RFC 3207 6), ``tls-failed`` when the two did not
                agree.
        """
        if await self._replies.leftover():
            raise Obstacle("injected-reply")
        try:
            await self._writer.start_tls(client_context(), server_hostname=server_name or None)
        except (OSError, EOFError) as fault:
            raise Obstacle("tls-failed") from fault
        self._replies = ReplyReader(self._reader)
        return self.tls()

    def tls(self) -> Tls:
        """What was agreed on; ``chain`` then holds the server's certificates, which are judged once all is said."""
        encryption = self._writer.get_extra_info("ssl_object")
        cipher = encryption.cipher()
        self.chain = chain_of(encryption)
        return Tls(version=encryption.version() or "", cipher=cipher[0] if cipher else "")

    async def part(self, *commands: str) -> None:
        """Say ``commands`` (RSET, QUIT), whose replies no longer matter, and close, all within two seconds."""
        try:
            async with asyncio.timeout(_GOODBYE_SECONDS):
                for command in commands:
                    await self.command(command, Stage.UNKNOWN)
                await self._close()
        except (Obstacle, TimeoutError):
            pass
        finally:
            self.abort()

    async def _close(self) -> None:
        """Close in good order, as far as the other side plays along."""
        self._writer.close()
        with suppress(OSError, TimeoutError):  # ssl.SSLError is an OSError
            async with asyncio.timeout(_CLOSING_SECONDS):
                await self._writer.wait_closed()

    def abort(self) -> None:
        """Drop the connection now; nothing more is sent or read."""
        self._writer.transport.abort()
