"""``helodoctor detect``: the name a mail system announces, from a text or from this machine."""

from __future__ import annotations

import argparse
import socket
from pathlib import Path

import msgspec

from helodoctor import detect
from helodoctor.cli.exits import EXIT_NETWORK, EXIT_OK
from helodoctor.cli.input import read_bytes
from helodoctor.model import InputProblem
from helodoctor.organisation import check_network
from helodoctor.report import detection as report
from helodoctor.words import Words


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Declare where to look."""
    parser.add_argument("--file", metavar="FILE", help=words.sentence("commands", "detect", "file"))
    parser.add_argument("--system", metavar="ID", help=words.sentence("commands", "detect", "system"))
    parser.add_argument("--root", metavar="DIR", type=Path, help=words.sentence("commands", "detect", "root"))
    parser.add_argument("--resolve", action="store_true", help=words.sentence("commands", "detect", "resolve"))


def _long_name(host: str) -> str:
    """The canonical name the system's resolver gives ``host`` (getaddrinfo(3) AI_CANONNAME)."""
    try:
        return socket.getaddrinfo(host, None, flags=socket.AI_CANONNAME)[0][3]
    except OSError:
        return ""


def run(args: argparse.Namespace, words: Words) -> int:
    """Look, print; 0 when a name or a default was found, 3 when nothing was.

    Raises:
        InputProblem: the file or the root cannot be read, or there is no such system.
        NetworkProblem: ``--resolve`` is given, and the organisation allows no questions.
    """
    if args.file is not None:
        text = detect.as_text(read_bytes(args.file))
        found = detect.detect(text, path="" if args.file == "-" else args.file, system=args.system)
    elif args.root is not None and not args.root.is_dir():
        raise InputProblem("folder-missing", path=str(args.root))
    else:
        if args.resolve:
            check_network()
        found = detect.survey(args.root, _long_name if args.resolve else None)
    print(msgspec.json.encode(report.as_object(found, words)).decode() if args.json else report.as_text(found, words))
    return EXIT_OK if found.candidates else EXIT_NETWORK
