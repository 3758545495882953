"""``helodoctor explain``: reads a bounce and says whether the HELO name is to blame. Never uses the network."""

from __future__ import annotations

import argparse
import sys

import msgspec

from helodoctor import bounce
from helodoctor.cli.exits import EXIT_FAULT, EXIT_OK
from helodoctor.cli.input import read_bytes
from helodoctor.model import Verdict
from helodoctor.report import reading
from helodoctor.words import Words


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Declare the one argument, the file."""
    parser.add_argument("file", metavar="FILE", help=words.sentence("commands", "explain", "file"))


def run(args: argparse.Namespace, words: Words) -> int:
    """Read, diagnose, print; 1 where a refusal was found, 0 where none was.

    Raises:
        InputProblem: the file cannot be read, or is empty.
    """
    read = bounce.read(read_bytes(args.file))
    diagnoses = bounce.diagnose(read)
    if args.json:
        print(msgspec.json.encode(reading.as_object(diagnoses, words)).decode())
    else:
        print(reading.as_text(diagnoses, words), end="")
    if read.left_out:
        print(words.sentence("readings", "left-out"), file=sys.stderr)
    return EXIT_FAULT if diagnoses[0].verdict in (Verdict.HELO, Verdict.NOT_HELO) else EXIT_OK
