"""``helodoctor dns``: what the name service says about a HELO name and its address."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys

from helodoctor.cli.exits import EXIT_FAULT, EXIT_NETWORK, EXIT_OK
from helodoctor.model import DnsReport, InputProblem, Status
from helodoctor.report import dns as report
from helodoctor.words import Words


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Declare what is asked about, and whom to ask."""
    parser.add_argument("name", metavar="NAME", help=words.sentence("commands", "dns", "name"))
    address = parser.add_mutually_exclusive_group()
    address.add_argument("--ip", metavar="IP", help=words.sentence("commands", "dns", "ip"))
    address.add_argument("--own-ip", metavar="SERVICE", help=words.sentence("commands", "dns", "own-ip"))
    parser.add_argument("--resolver", metavar="HOST[:PORT]", help=words.sentence("commands", "dns", "resolver"))


def run(args: argparse.Namespace, words: Words) -> int:
    """Ask and show; 1 where a fault was found, else 3 where the name service left something open.

    Raises:
        InputProblem: ``--ip`` or ``--resolver`` is no address, or there is no such service.
        NetworkProblem: this machine names no name server, or the service did not answer.
    """
    from helodoctor.network.dns import examine

    ip = _own_address(args.own_ip, words) if args.own_ip else args.ip
    found = asyncio.run(examine(args.name, ip, args.resolver))
    print(json.dumps(report.as_object(found, words)) if args.json else report.as_text(found, words))
    return _exit_code(found)


def _own_address(service_id: str, words: Words) -> str:
    """The address a service sees, and on stderr who was asked."""
    from helodoctor.network import dns_source

    services = {service.id: service for service in dns_source.address_services()}
    if service_id not in services:
        raise InputProblem("address-service-unknown", service=service_id, services=", ".join(services))
    service = services[service_id]
    address = asyncio.run(dns_source.own_address(service))
    told = words.sentence(
        "commands", "dns", "own-ip-seen", service=service.title, server=service.server, address=address
    )
    print(told, file=sys.stderr)
    return address


def _exit_code(found: DnsReport) -> int:
    from helodoctor.network.dns import unanswered

    if any(finding.status is Status.FAIL for finding in found.findings):
        return EXIT_FAULT
    return EXIT_NETWORK if unanswered(found) else EXIT_OK
