"""``helodoctor listen``: shows every name announced to it."""

from __future__ import annotations

import argparse
import asyncio
from ipaddress import ip_address
from typing import TYPE_CHECKING

import msgspec

from helodoctor import steps
from helodoctor.cli.exits import EXIT_OK
from helodoctor.cli.serving import add_address_arguments, print_row, serve
from helodoctor.model import Target
from helodoctor.network.own import own_address
from helodoctor.words import Words
from helodoctor.words.listening import pointing_lines

if TYPE_CHECKING:
    from helodoctor.network.server import MailServer


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Declare where to listen, for how many greetings, and which system is to be pointed here."""
    add_address_arguments(parser, words)
    parser.add_argument("--system", metavar="ID", help=words.sentence("commands", "detect", "system"))
    parser.add_argument("--count", metavar="N", type=int, help=words.sentence("trials", "option", "count"))


def run(args: argparse.Namespace, words: Words) -> int:
    """Listen until SIGTERM, Ctrl+C or the count is reached, with one line per greeting.

    Raises:
        InputProblem: there is no such system, or the address cannot be listened on.
    """
    steps.pointing(args.system, Target(host=args.host, port=args.port))
    asyncio.run(_listen(args, words))
    return EXIT_OK


async def _listen(args: argparse.Namespace, words: Words) -> None:
    from helodoctor.network.listener import Greeting, Listener

    heard = 0
    enough = asyncio.Event()

    def tell(greeting: Greeting) -> None:
        nonlocal heard
        heard += 1
        if args.count is not None and heard > args.count:
            return
        if args.json:
            print_row(msgspec.to_builtins(greeting))
        else:
            part = "heard-tls" if greeting.tls else "heard"
            values = msgspec.to_builtins(greeting)
            print(words.sentence("trials", "listen", part, **values), flush=True)
        if heard == args.count:
            enough.set()

    def announce(address: str) -> None:
        told = _pointing(args.system, server, words) if args.system else {}
        if args.json:
            print_row({"listening": address, **told})
            return
        print(words.sentence("trials", "listen", "listening", address=address), flush=True)
        for line in told.get("point", ()):
            print(*filter(None, (line["do"], line["text"])), sep="\n", flush=True)

    server = Listener(tell, args.host, args.port)
    await serve(server, enough, announce)


def _pointing(system: str, server: MailServer, words: Words) -> dict[str, list[dict[str, str | None]]]:
    """How ``system`` is made to hand its mail to the listener and back, as the field ``point``."""
    host = own_address() if ip_address(server.host).is_unspecified else server.host
    target = Target(host=host, port=server.port)
    lines = pointing_lines(words, steps.pointing(system, target), target)
    return {"point": [{"do": sentence, "text": text} for sentence, text in lines]}
