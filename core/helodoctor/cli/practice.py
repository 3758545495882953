"""``helodoctor practice``: the practice server until it is stopped."""

from __future__ import annotations

import argparse
import asyncio
import ipaddress

from helodoctor.cli.exits import EXIT_OK
from helodoctor.cli.serving import add_address_arguments, print_row, serve
from helodoctor.model import InputProblem
from helodoctor.receivers import Host
from helodoctor.receivers.facts import NO_HOST
from helodoctor.words import Words


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Declare the policy, the facts, and where to listen."""
    parser.add_argument(
        "--policy", metavar="ID", default="infomaniak", help=words.sentence("trials", "option", "policy")
    )
    add_address_arguments(parser, words)
    parser.add_argument(
        "--fact",
        dest="facts",
        metavar="NAME=ADDRESS|nxdomain",
        action="append",
        default=[],
        help=words.sentence("trials", "option", "fact"),
    )


def run(args: argparse.Namespace, words: Words) -> int:
    """Serve until SIGTERM or Ctrl+C, with one line per judged conversation."""
    asyncio.run(_serve(args, words))
    return EXIT_OK


def _facts(arguments: list[str]) -> dict[str, Host]:
    """What ``--fact`` says of names: their addresses, several by repeating it, or that there is no such name."""
    hosts: dict[str, Host] = {}
    for argument in arguments:
        name, separator, value = argument.partition("=")
        key = name.strip().rstrip(".").lower()
        if not separator or not key:
            raise InputProblem("fact-unusable", fact=argument)
        known = hosts.get(key, Host()).addresses
        hosts[key] = NO_HOST if value == "nxdomain" else Host(addresses=(*known, _address(argument, value)))
    return hosts


def _address(argument: str, value: str) -> str:
    try:
        return str(ipaddress.ip_address(value))
    except ValueError as fault:
        raise InputProblem("fact-unusable", fact=argument) from fault


async def _serve(args: argparse.Namespace, words: Words) -> None:
    from helodoctor.network.practice import Judged, PracticeServer
    from helodoctor.report import practice as report

    def tell(talk: Judged) -> None:
        if args.json:
            print_row(report.as_object(talk))
        else:
            print(report.as_text(talk, words), flush=True)

    def announce(address: str) -> None:
        if args.json:
            print_row({"listening": address, "policy": args.policy})
        else:
            print(words.sentence("trials", "practice", "listening", address=address, policy=args.policy), flush=True)

    server = PracticeServer(args.policy, args.host, args.port, facts=_facts(args.facts), on_conversation=tell)
    await serve(server, asyncio.Event(), announce)
