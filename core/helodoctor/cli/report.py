"""``helodoctor report``: a saved case as text, Markdown, a web page or JSON; masked where it is to leave the house."""

from __future__ import annotations

import argparse
import sys
from typing import get_args

from helodoctor.casefile import Opened, open_file
from helodoctor.casefile.code import encode, screen_of
from helodoctor.casefile.masking import ALL_KINDS
from helodoctor.casefile.profile import outgoing
from helodoctor.cli.exits import EXIT_OK
from helodoctor.report.case import Format, render
from helodoctor.report.chapters import Length
from helodoctor.words import Words


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Declare the case, the format and the masking."""
    forms = get_args(Format)
    parser.add_argument("case", metavar="CASE", help=words.sentence("commands", "report", "case"))
    parser.add_argument(
        "--format", choices=forms, metavar="|".join(forms), default="text",
        help=words.sentence("commands", "report", "format"),
    )  # fmt: skip
    parser.add_argument("--short", action="store_true", help=words.sentence("commands", "report", "short"))
    parser.add_argument("--redact", action="store_true", help=words.sentence("commands", "report", "redact"))


def run(args: argparse.Namespace, words: Words) -> int:
    """Print the report; what the reader should know beside it goes to standard error.

    Raises:
        InputProblem: the file cannot be read, or is no case file that can be used.
    """
    opened = open_file(args.case)
    case = opened.file.case
    code = encode(screen_of(case, opened.file.page))  # of the case as it is: masks would change the kind of the name
    redacted = outgoing(case, ALL_KINDS if args.redact else frozenset())
    if redacted.masked:
        case = redacted.case
        print(words.sentence("casefile", "redacted", count=len(redacted.masked)), file=sys.stderr)
    length: Length = "short" if args.short else "full"
    print(render(case, "json" if args.json else args.format, words, code, length).rstrip("\n"))
    tell_newer(opened, words)
    return EXIT_OK


def tell_newer(opened: Opened, words: Words) -> None:
    """Say so where a newer version made the file, and what of it is not shown."""
    if opened.read_only:
        part = "partly" if opened.left_out else "whole"
        told = words.sentence("casefile", "newer", part, version=opened.file.app, parts=", ".join(opened.left_out))
        print(told, file=sys.stderr)
