"""``helodoctor receivers``: the receivers that are known, or one of them in full."""

from __future__ import annotations

import argparse
import json

from helodoctor import receivers
from helodoctor.cli.exits import EXIT_OK
from helodoctor.report import receivers as report
from helodoctor.words import Words


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """One optional id."""
    parser.add_argument("id", nargs="?", metavar="ID", help=words.sentence("commands", "receivers", "id"))


def run(args: argparse.Namespace, words: Words) -> int:
    """Print the list, or the one receiver.

    Raises:
        InputProblem: there is no such receiver.
    """
    if args.id is not None:
        one = receivers.find_receiver(args.id)
        print(_json(report.as_object(one, words)) if args.json else report.as_text(one, words))
    elif args.json:
        print(_json({"receivers": [report.as_row(one) for one in receivers.receivers()]}))
    else:
        print(report.list_as_text(receivers.receivers(), words))
    return EXIT_OK


def _json(found: dict[str, object]) -> str:
    return json.dumps(found, ensure_ascii=False)
