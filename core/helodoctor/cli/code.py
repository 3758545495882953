"""``helodoctor code``: what a support code read over the phone says, in the reader's own language."""

from __future__ import annotations

import argparse
import json

from msgspec.structs import asdict

from helodoctor.casefile.code import decode
from helodoctor.cli.exits import EXIT_OK
from helodoctor.report.screen import as_text
from helodoctor.words import Words


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Declare the code; its groups may be given apart."""
    parser.add_argument("code", nargs="+", metavar="CODE", help=words.sentence("commands", "code", "code"))


def run(args: argparse.Namespace, words: Words) -> int:
    """Print what the code says.

    Raises:
        InputProblem: it is no code, a character was misread, or a newer version made it.
    """
    screen = decode(" ".join(args.code))
    print(json.dumps(asdict(screen), ensure_ascii=False) if args.json else as_text(screen, words))
    return EXIT_OK
