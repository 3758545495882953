"""``helodoctor check``: judges HELO names offline, one or a stream of them, and says who would refuse them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from helodoctor import steps
from helodoctor.cli.exits import EXIT_FAULT, EXIT_OK
from helodoctor.model import InputProblem, NameReport, NameVerdict
from helodoctor.names.addresses import read_address
from helodoctor.report import judgement
from helodoctor.words import Words

_LINE_BOUND = 64 * 1024  # octets of a line that are looked at; no name is nearly as long


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Declare what is judged, and what is known beside it."""
    parser.add_argument("names", nargs="+", metavar="NAME", help=words.sentence("commands", "check", "names"))
    parser.add_argument("--ip", metavar="IP", help=words.sentence("commands", "check", "ip"))
    parser.add_argument("--receiver", metavar="ID", help=words.sentence("commands", "check", "receiver"))


def run(args: argparse.Namespace, words: Words) -> int:
    """Judge each name; 1 when one is bad. Any text is judged, the empty one too.

    Raises:
        InputProblem: ``--ip`` is no address, or there is no receiver of that id.
    """
    if args.ip is not None and read_address(args.ip) is None:
        raise InputProblem("address-unreadable", address=args.ip)
    several = len(args.names) > 1 or args.names == ["-"]
    code = EXIT_OK
    for name in _names(args.names):
        report = steps.assess(name, args.ip, only=args.receiver)
        _show(report, words, as_json=args.json, several=several)
        if report.verdict is NameVerdict.BAD:
            code = EXIT_FAULT
    return code


def _names(arguments: list[str]) -> Iterator[str]:
    for argument in arguments:
        if argument == "-":
            yield from _lines(sys.stdin.buffer)
        else:
            yield argument


def _lines(stream: BinaryIO) -> Iterator[str]:
    """The lines of ``stream`` as they come; of one beyond the bound its beginning, the rest is passed over."""
    while line := stream.readline(_LINE_BOUND):
        yield line.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8", "surrogateescape")
        while not line.endswith(b"\n") and (line := stream.readline(_LINE_BOUND)):
            pass


def _show(report: NameReport, words: Words, *, as_json: bool, several: bool) -> None:
    if as_json:
        sys.stdout.write(_as_json(report, words) + "\n")
    else:
        print(judgement.as_text(report, words), end="\n\n" if several else "\n")
    sys.stdout.flush()  # whoever reads the pipe gets each answer as it is found


def _as_json(report: NameReport, words: Words) -> str:
    found = judgement.as_object(report, words)
    try:
        return msgspec.json.encode(found).decode()
    except UnicodeEncodeError:  # half a character from a broken input has no place in UTF-8
        import json

        return json.dumps(found)
