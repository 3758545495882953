"""``helodoctor listen``: shows every name announced to it."""

from __future__ import annotations

import argparse
import asyncio

import msgspec

from helodoctor.cli.exits import EXIT_OK
from helodoctor.cli.serving import add_address_arguments, print_row, serve
from helodoctor.words import Words


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Declare where to listen, and for how many greetings."""
    add_address_arguments(parser, words)
    parser.add_argument("--count", metavar="N", type=int, help=words.sentence("trials", "option", "count"))


def run(args: argparse.Namespace, words: Words) -> int:
    """Listen until SIGTERM, Ctrl+C or the count is reached, with one line per greeting."""
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
        if args.json:
            print_row({"listening": address})
        else:
            print(words.sentence("trials", "listen", "listening", address=address), flush=True)

    await serve(Listener(tell, args.host, args.port), enough, announce)
