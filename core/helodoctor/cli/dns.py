"""``helodoctor dns``: what the name service says about a HELO name and its address."""

from __future__ import annotations

import argparse
import asyncio
import json

from helodoctor.cli.main import EXIT_FAULT, EXIT_NETWORK, EXIT_OK
from helodoctor.model import DnsReport, Status
from helodoctor.report import dns as report
from helodoctor.words import Words


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Declare what is asked about, and whom to ask."""
    parser.add_argument("name", metavar="NAME", help=words.sentence("commands", "dns", "name"))
    parser.add_argument("--ip", metavar="IP", help=words.sentence("commands", "dns", "ip"))
    parser.add_argument("--resolver", metavar="HOST[:PORT]", help=words.sentence("commands", "dns", "resolver"))


def run(args: argparse.Namespace, words: Words) -> int:
    """Ask and show; 1 where a fault was found, else 3 where the name service left something open.

    Raises:
        InputProblem: ``--ip`` or ``--resolver`` is no address.
        NetworkProblem: this machine names no name server.
    """
    from helodoctor.network.dns import examine

    found = asyncio.run(examine(args.name, args.ip, args.resolver))
    print(json.dumps(report.as_object(found, words)) if args.json else report.as_text(found, words))
    return _exit_code(found)


def _exit_code(found: DnsReport) -> int:
    from helodoctor.network.dns import unanswered

    if any(finding.status is Status.FAIL for finding in found.findings):
        return EXIT_FAULT
    return EXIT_NETWORK if unanswered(found) else EXIT_OK
