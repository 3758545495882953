"""``helodoctor script``: the trial as a script for the mail server itself."""

from __future__ import annotations

import argparse
import json
from typing import get_args

from helodoctor.cli.exits import EXIT_OK
from helodoctor.cli.probe import add_plan_arguments, plan_from
from helodoctor.report import script as report
from helodoctor.words import Words


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Declare what is said to whom, and for which shell."""
    add_plan_arguments(parser, words)
    parser.add_argument(
        "--shell", choices=get_args(report.Shell), default="sh", help=words.sentence("trials", "option", "shell")
    )


def run(args: argparse.Namespace, words: Words) -> int:
    """Print the script."""
    text = report.as_script(plan_from(args), args.shell, words)
    if args.json:
        print(json.dumps({"shell": args.shell, "script": text}, ensure_ascii=False))
    else:
        print(text, end="")
    return EXIT_OK
