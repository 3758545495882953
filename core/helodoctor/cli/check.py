"""``helodoctor check``: judge HELO names offline."""

from __future__ import annotations

import argparse
import json

from helodoctor import names
from helodoctor.cli.main import EXIT_FAULT, EXIT_OK
from helodoctor.model import NameVerdict
from helodoctor.report import judgement
from helodoctor.words import Words


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Declare what is judged, and for whom."""
    parser.add_argument("names", nargs="+", metavar="NAME")
    parser.add_argument("--ip", metavar="IP")
    parser.add_argument("--receiver", metavar="ID")


def run(args: argparse.Namespace, words: Words) -> int:
    """Judge each name; exit code 1 when one is bad."""
    code = EXIT_OK
    for name in args.names:
        report = names.check(name, ip=args.ip)
        if report.verdict is NameVerdict.BAD:
            code = EXIT_FAULT
        print(json.dumps(judgement.as_object(report, words)) if args.json else judgement.as_text(report, words))
    return code
