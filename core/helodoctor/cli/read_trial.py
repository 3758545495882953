"""``helodoctor read-trial``: the pasted output of the script, read as a trial."""

from __future__ import annotations

import argparse

from helodoctor.cli.input import read_bytes
from helodoctor.cli.probe import add_bounce_argument, case_of, tell
from helodoctor.network import pasted
from helodoctor.words import Words


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """The file, or ``-``."""
    parser.add_argument("file", metavar="FILE", help=words.sentence("trials", "option", "file"))
    add_bounce_argument(parser, words)


def run(args: argparse.Namespace, words: Words) -> int:
    """Read the output and print its reading; the exit codes are those of ``probe``."""
    trial = pasted.read(read_bytes(args.file))
    return tell(trial, case_of(args), args, words, spoken=False)
