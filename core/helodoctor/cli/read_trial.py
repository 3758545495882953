"""``helodoctor read-trial``: the pasted output of the script, read as a trial."""

from __future__ import annotations

import argparse

import msgspec

from helodoctor.cli.input import read_bytes
from helodoctor.cli.probe import EXIT_CODES
from helodoctor.network import pasted
from helodoctor.report import trial as report
from helodoctor.words import Words


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """The file, or ``-``."""
    parser.add_argument("file", metavar="FILE", help=words.sentence("trials", "option", "file"))


def run(args: argparse.Namespace, words: Words) -> int:
    """Read the output and print its reading; the exit codes are those of ``probe``."""
    trial = pasted.read(read_bytes(args.file))
    if args.json:
        print(msgspec.json.encode(report.as_object(trial, words)).decode())
    else:
        print(report.as_text(trial, words))
    return EXIT_CODES[trial.verdict]
