"""What the practice server and the listener share: an SMTP server that is bounded, keeps no mail and no password.

aiosmtpd reads the commands and does STARTTLS; every answer is ours, and so is reading past a message, since aiosmtpd
would hold an endless line in memory.
"""

from __future__ import annotations

import asyncio
import logging
import re
import ssl
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from aiosmtpd.smtp import SMTP

from helodoctor.knowledge import resource

# aiosmtpd logs every command line; a server that hears names and logins logs nothing.
logging.getLogger("mail.log").disabled = True

CONNECTIONS = 600
"""Conversations held at once; more are turned away with 421. Most systems let a program open 1024 files."""
IDLE_SECONDS = 60.0
CONVERSATION_SECONDS = 600.0
MESSAGE_BYTES = 1024 * 1024
_COMMANDS = 200
_PATH = re.compile(r"(?:FROM|TO):\s*(?:<([^<>]*)>|([^\s<>]+))(?:\s+.*)?", re.IGNORECASE)


def server_context() -> ssl.SSLContext:
    """TLS with the certificate that ships with the program.

    Its key is public on purpose: making one at each start would need the ``cryptography`` package (15 MB installed)
    for nothing, since a self-signed certificate proves no more when it is fresh, and mail servers check neither.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(resource("network/throw-away.pem"))
    return context


class ServerProtocol(SMTP):
    """One conversation. Subclasses say what is answered to each command; after ``hangs_up`` the next reply is the last.

    ``client`` is the other side's address and port, ``sender`` and ``recipient`` are the addresses of the mail begun.
    """

    def __init__(self, server: MailServer, hostname: str, banner: str) -> None:
        super().__init__(
            None,
            hostname=hostname,
            ident=banner,
            tls_context=server.tls,
            enable_SMTPUTF8=True,
            data_size_limit=MESSAGE_BYTES,
            timeout=IDLE_SECONDS,
            command_call_limit=_COMMANDS,
            loop=asyncio.get_running_loop(),
        )
        self._mail_server = server
        self._bound: asyncio.TimerHandle | None = None
        self.client = ("", 0)
        self.encrypted = False
        self.hangs_up = False
        self.sender = self.recipient = ""
        self._mail_open = self._addressed = False

    # What subclasses say

    def greeted(self, verb: str, name: str) -> Sequence[str]:
        """Reply lines to EHLO or HELO with ``name`` (``""`` for none)."""
        raise NotImplementedError

    def mailed(self) -> Sequence[str]:
        """Reply lines to MAIL; the address is in :attr:`sender`."""
        raise NotImplementedError

    def addressed(self) -> Sequence[str]:
        """Reply lines to RCPT; the address is in :attr:`recipient`."""
        raise NotImplementedError

    def invited(self) -> str:
        """Reply line to DATA."""
        return "354 End data with <CR><LF>.<CR><LF>"

    def received(self) -> Sequence[str]:
        """Reply lines to a whole message, which has been read past and forgotten."""
        raise NotImplementedError

    def finished(self) -> None:
        """The conversation is over."""

    # The connection

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client is there, or has just switched to TLS."""
        super().connection_made(transport)
        self.client = transport.get_extra_info("peername")[:2]
        if self._mail_server.closed:  # it came in while the server went
            self.drop()
        if self._bound is None:
            self._bound = self.loop.call_later(CONVERSATION_SECONDS, self.drop)

    def connection_lost(self, error: Exception | None) -> None:
        """The client is gone."""
        super().connection_lost(error)
        if self._bound is not None:
            self._bound.cancel()
        self._mail_server.ended(self)
        self.finished()

    def drop(self) -> None:
        """End the connection now."""
        if isinstance(self.transport, asyncio.Transport):
            self.transport.abort()

    async def over(self) -> None:
        """Wait until the conversation has come to its end."""
        if self._handler_coroutine is not None:
            await asyncio.wait([self._handler_coroutine])

    # What the client says

    async def say(self, *lines: str) -> bool:
        """Send whole reply lines; whether they say yes."""
        await self.push("\r\n".join(lines).encode("utf-8", "surrogateescape"))
        if self.hangs_up and self.transport is not None:
            self.transport.close()
        return lines[-1][:1] in "23"

    async def smtp_EHLO(self, arg: str | None) -> None:  # noqa: N802
        """Greeting with extensions (RFC 5321 4.1.1.1)."""
        await self._greeting("EHLO", arg)

    async def smtp_HELO(self, arg: str | None) -> None:  # noqa: N802
        """The old greeting."""
        await self._greeting("HELO", arg)

    async def _greeting(self, verb: str, arg: str | None) -> None:
        assert self.session is not None
        self._set_rset_state()
        self.encrypted = self._tls_protocol is not None
        if await self.say(*self.greeted(verb, arg or "")):
            self.session.host_name, self.session.extended_smtp = arg or " ", verb == "EHLO"

    async def smtp_MAIL(self, arg: str | None) -> None:  # noqa: N802
        """Start of a mail; the null sender is an address like any other (RFC 5321 4.5.5)."""
        if await self.check_helo_needed():
            return
        path = _PATH.fullmatch(arg or "")
        if path is None:
            await self.say("501 5.5.4 Syntax: MAIL FROM:<address>")
            return
        self._set_rset_state()
        self.sender = path[1] if path[1] is not None else path[2]
        self._mail_open = await self.say(*self.mailed())

    async def smtp_RCPT(self, arg: str | None) -> None:  # noqa: N802
        """One recipient."""
        if not self._mail_open:
            await self.say("503 5.5.1 Error: need MAIL command")
            return
        path = _PATH.fullmatch(arg or "")
        self.recipient = (path[1] or path[2] or "") if path else ""
        if not self.recipient:
            await self.say("501 5.5.4 Syntax: RCPT TO:<address>")
        elif await self.say(*self.addressed()):
            self._addressed = True

    async def smtp_DATA(self, _arg: str | None) -> None:  # noqa: N802
        """A message is read past and forgotten."""
        if not self._addressed:
            await self.say("503 5.5.1 Error: need RCPT command")
            return
        await self.say(self.invited())
        if await self._skip_message():
            await self.say(*self.received())
        else:
            self.hangs_up = True
            await self.say("552 5.3.4 Message too big")
        self._set_rset_state()

    async def _skip_message(self) -> bool:
        """Read up to the final dot, keeping one line at most; whether it came within the bound."""
        seen, tail = 0, b"\r\n"
        while seen < MESSAGE_BYTES:
            try:
                piece = await self._reader.readuntil(b"\n")
            except asyncio.LimitOverrunError as fault:
                piece = await self._reader.readexactly(fault.consumed)
            seen += len(piece)
            if tail.endswith(b"\n") and piece in (b".\r\n", b".\n"):
                return True
            tail = piece[-1:]
        return False

    def _set_rset_state(self) -> None:
        super()._set_rset_state()  # type: ignore[no-untyped-call]
        self.sender = self.recipient = ""
        self._mail_open = self._addressed = False


class _Busy(asyncio.Protocol):
    """Turns a connection beyond the bound away."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        transport.write(b"421 4.3.2 Too many connections, try again later\r\n")
        transport.close()


def address_and_port(address: str, port: int) -> str:
    """Both as one writes them, an IPv6 address in brackets."""
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"


class MailServer:
    """An async context that listens on ``host`` (port 0: any free one) and gives each client a protocol of its own."""

    def __init__(self, host: str, port: int) -> None:
        self.host = host
        self.port = port
        self._server: asyncio.Server | None = None
        self._open: set[ServerProtocol] = set()
        self.closed = False
        self.tls = server_context()

    def protocol(self) -> ServerProtocol:
        """A new conversation."""
        raise NotImplementedError

    def _accept(self) -> asyncio.Protocol:
        if len(self._open) >= CONNECTIONS:
            return _Busy()
        protocol = self.protocol()
        self._open.add(protocol)
        return protocol

    @property
    def address(self) -> str:
        """Where it listens."""
        return address_and_port(self.host, self.port)

    async def start(self) -> None:
        """Begin to listen; entering the context does it too.

        Raises:
            OSError: the address is taken, not of this machine, or not allowed.
        """
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._accept, self.host, self.port, backlog=CONNECTIONS)
        self.port = self._server.sockets[0].getsockname()[1]

    async def __aenter__(self) -> Self:
        if self._server is None:
            await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self.closed = True
        self._server.close()
        still_open = list(self._open)
        for protocol in still_open:
            protocol.drop()
        for protocol in still_open:
            await protocol.over()

    def ended(self, protocol: ServerProtocol) -> None:
        """A conversation is over."""
        self._open.discard(protocol)
