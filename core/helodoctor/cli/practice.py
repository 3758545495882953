"""``helodoctor practice``: the practice server until it is stopped."""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
from contextlib import suppress

from helodoctor.cli.main import EXIT_OK
from helodoctor.words import Words


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Declare the policy and where to listen."""
    parser.add_argument("--policy", metavar="ID", default="infomaniak")
    parser.add_argument("--host", metavar="H", default="127.0.0.1")
    parser.add_argument("--port", metavar="P", type=int, default=2525)
    parser.add_argument("--fact", metavar="NAME=ADDRESS|nxdomain", action="append", default=[])


def run(args: argparse.Namespace, words: Words) -> int:
    """Serve until SIGTERM or Ctrl+C."""
    asyncio.run(_serve(args, words))
    return EXIT_OK


async def until_terminated() -> None:
    """Wait for SIGTERM; where the system has none for programs (Windows), for ever."""
    ended = asyncio.Event()
    with suppress(NotImplementedError):
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    await ended.wait()


async def _serve(args: argparse.Namespace, words: Words) -> None:
    from helodoctor.network.practice import Conversation, PracticeServer

    def tell(talk: Conversation) -> None:
        row = {
            "client": talk.client, "name": talk.name, "verb": talk.verb, "tls": talk.tls,
            "verdict": talk.verdict.value, "stage": talk.stage.value, "reply": talk.reply,
            "assumed": list(talk.assumed),
        }  # fmt: skip
        print(json.dumps(row, ensure_ascii=False) if args.json else f"{talk.name}: {talk.reply}", flush=True)

    async with PracticeServer(args.policy, args.host, args.port, on_conversation=tell) as server:
        listening = f"{server.host}:{server.port}"
        if args.json:
            print(json.dumps({"listening": listening, "policy": server.policy}), flush=True)
        else:
            print(words.sentence("trials", "practice", "listening", address=listening, policy=server.policy), flush=True)
        await until_terminated()
