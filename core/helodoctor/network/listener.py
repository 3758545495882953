"""The listener: records every name announced to it, refuses each mail for now, and forgets every login."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from msgspec import Struct

from helodoctor.network.plain import printable
from helodoctor.network.server import MailServer, ServerProtocol, address_and_port

_HOST = "listener.helo-doctor.example"
_EXTENSIONS = ("PIPELINING", "8BITMIME", "SMTPUTF8")
_LATER = "450 4.3.2 HELO Doctor has noted the name your server announced; it takes no mail: keep it and try later"


class Greeting(Struct, frozen=True, kw_only=True):
    """One name as announced (``""``: none): by which verb, by whom, encrypted or not, when (ISO 8601 with zone)."""

    name: str
    verb: str
    client: str
    tls: bool
    time: str


class _Listening(ServerProtocol):
    def __init__(self, server: Listener) -> None:
        super().__init__(server, _HOST, "ESMTP HELO Doctor")
        self._on_greeting = server.on_greeting

    def greeted(self, verb: str, name: str) -> Sequence[str]:
        """Every greeting is noted and welcome, so that the sender goes on."""
        heard = Greeting(
            name=printable(name),
            verb=verb,
            client=address_and_port(*self.client),
            tls=self.encrypted,
            time=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        self._on_greeting(heard)
        if verb == "HELO":
            return (f"250 {_HOST}",)
        offered = (*_EXTENSIONS, *(() if self.encrypted else ("STARTTLS",)), "AUTH PLAIN LOGIN")
        return [f"250-{row}" for row in (_HOST, *offered[:-1])] + [f"250 {offered[-1]}"]

    def mailed(self) -> Sequence[str]:
        """No mail is taken; 4xx makes the sender keep it. So there is never a recipient or a message."""
        return (_LATER,)

    async def smtp_AUTH(self, arg: str | None) -> None:  # noqa: N802
        """Any login is accepted unread: what is sent is dropped, never decoded, kept or shown (RFC 4954)."""
        mechanism, _, initial = (arg or "").partition(" ")
        questions = {"PLAIN": [""], "LOGIN": ["VXNlcm5hbWU6", "UGFzc3dvcmQ6"]}.get(mechanism.upper())
        if questions is None:
            await self.say("504 5.5.4 Unrecognized authentication type")
            return
        for question in questions[1:] if initial else questions:
            await self.say(f"334 {question}")
            await self._reader.readuntil(b"\n")
        await self.say("235 2.7.0 Accepted and forgotten")


class Listener(MailServer):
    """An async context with ``host`` and ``port``; ``on_greeting`` is called for every name heard."""

    def __init__(self, on_greeting: Callable[[Greeting], None], host: str = "127.0.0.1", port: int = 0) -> None:
        super().__init__(host, port)
        self.on_greeting = on_greeting

    def protocol(self) -> ServerProtocol:
        """A new conversation."""
        return _Listening(self)
