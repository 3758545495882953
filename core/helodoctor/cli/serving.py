"""What ``practice`` and ``listen`` share: where they listen, how that is announced, and when they end."""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from helodoctor.model import InputProblem
from helodoctor.words import Words

if TYPE_CHECKING:
    from helodoctor.network.server import MailServer

DEFAULT_PORT = 2525  # not 25, which needs administrator's rights on most systems


def add_address_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """``--host`` and ``--port``; this machine alone unless told otherwise."""
    parser.add_argument(
        "--host", metavar="H", default="127.0.0.1", help=words.sentence("trials", "option", "listen-host")
    )
    parser.add_argument(
        "--port", metavar="P", type=int, default=DEFAULT_PORT, help=words.sentence("trials", "option", "listen-port")
    )


async def serve(server: MailServer, until: asyncio.Event, announce: Callable[[str], None]) -> None:
    """Run ``server`` until the event or SIGTERM; ``announce`` gets the address once it listens.

    Raises:
        InputProblem: the address cannot be listened on.
    """
    with suppress(NotImplementedError):  # Windows sends programs no SIGTERM
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, until.set)
    try:
        await server.start()
    except (OSError, OverflowError) as fault:
        reason = (fault.strerror if isinstance(fault, OSError) else None) or str(fault)
        raise InputProblem("cannot-listen", address=server.address, reason=reason) from fault
    async with server:
        announce(server.address)
        await until.wait()


def print_row(row: dict[str, object]) -> None:
    """One JSON object on a line of its own, at once."""
    print(json.dumps(row, ensure_ascii=False), flush=True)
