"""``helodoctor code``: what a support code read over the phone says, in the reader's own language."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable

from msgspec.structs import asdict

from helodoctor.casefile.code import NEWER, Screen, decode
from helodoctor.cli.exits import EXIT_OK
from helodoctor.model import Stage
from helodoctor.receivers import find_receiver
from helodoctor.words import Words, readings
from helodoctor.words.guides import system_title


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Declare the code; its groups may be given apart."""
    parser.add_argument("code", nargs="+", metavar="CODE", help=words.sentence("commands", "code", "code"))


def run(args: argparse.Namespace, words: Words) -> int:
    """Print what the code says.

    Raises:
        InputProblem: it is no code, a character was misread, or a newer version made it.
    """
    screen = decode(" ".join(args.code))
    print(json.dumps(asdict(screen), ensure_ascii=False) if args.json else _as_text(screen, words))
    return EXIT_OK


def _as_text(screen: Screen, words: Words) -> str:
    said = {key: value for key, value in asdict(screen).items() if value is not None}
    labels = {key: words.sentence("casefile", "code", key) for key in said}
    width = max(map(len, labels.values()), default=0)
    return "\n".join(f"{labels[key]:<{width}}  {_said(key, value, screen, words)}" for key, value in said.items())


def _said(key: str, value: str, screen: Screen, words: Words) -> str:
    if value == NEWER:
        return words.sentence("casefile", "code", "newer")
    tell: dict[str, Callable[[], str]] = {
        "page": lambda: words.sentence("walk", "page", value),
        "cause": lambda: f"{words.sentence('causes', value, receiver=_receiver(screen, words))} ({value})",
        "stage": lambda: readings.stage(words, Stage(value)),
        "receiver": lambda: _receiver(screen, words),
        "kind": lambda: words.sentence("casefile", "kind", value),
        "system": lambda: system_title(words, value),
        "trial": lambda: words.sentence("report", "result", value),
    }
    return tell[key]() if key in tell else value


def _receiver(screen: Screen, words: Words) -> str:
    if screen.receiver in (None, NEWER):
        return words.sentence("readings", "receiver-unknown")
    return find_receiver(str(screen.receiver)).title
