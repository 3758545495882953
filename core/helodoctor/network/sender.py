"""The built-in sender: plays the user's mail server for practice, so that the walk can be shown without one."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Callable

from msgspec import Struct

from helodoctor.model import InputProblem, Line, Stage
from helodoctor.network import safety
from helodoctor.network.conversation import Conversation
from helodoctor.network.replies import Obstacle, Reply

_SECONDS = 10.0


class Delivery(Struct, frozen=True):
    """What became of one message: whether it was taken, and the dialogue."""

    accepted: bool
    lines: tuple[Line, ...]


class Sender:
    """A mail server whose announced ``name`` can be changed; it only ever talks to this machine."""

    def __init__(self, name: str) -> None:
        self.name = name

    async def deliver(
        self,
        host: str,
        port: int,
        *,
        sender: str = "office@sender.example",
        recipient: str = "user@receiver.example",
        on_line: Callable[[Line], None] | None = None,
    ) -> Delivery:
        """Deliver a three-line message to the server at ``host`` (a loopback address) and ``port``.

        Raises:
            InputProblem: the server is not on this machine, or something may not go on the wire.
            OSError: nothing listens there.
        """
        if not ipaddress.ip_address(host).is_loopback:
            raise InputProblem("sender-only-local", host=host)
        safety.check_name(self.name)
        safety.check_address(sender)
        safety.check_address(recipient)
        reader, writer = await asyncio.open_connection(host, port)
        talk = Conversation(reader, writer, on_line)
        try:
            async with asyncio.timeout(_SECONDS):
                accepted = await self._converse(talk, sender, recipient)
        except (Obstacle, TimeoutError):
            accepted = False
        finally:
            await talk.part("QUIT")
        return Delivery(accepted, tuple(talk.lines))

    async def _converse(self, talk: Conversation, sender: str, recipient: str) -> bool:
        """The whole conversation up to the end of the message, unless a reply says no."""
        reply = await talk.reply()
        steps = (
            (f"EHLO {self.name}", Stage.HELO),
            (f"MAIL FROM:<{sender}>", Stage.MAIL),
            (f"RCPT TO:<{recipient}>", Stage.RCPT),
            ("DATA", Stage.DATA),
            (f"From: {sender}\r\nTo: {recipient}\r\nSubject: practice\r\n\r\nHello\r\n.", Stage.DATA),
        )
        for text, stage in steps:
            if not _yes(reply):
                break
            reply = await talk.command(text, stage)
        return _yes(reply)


def _yes(reply: Reply) -> bool:
    return reply.code // 100 in (2, 3)
