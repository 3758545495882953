"""``helodoctor guide``: the wizard's journey in the terminal; ``--demo`` plays the built-in sample."""

from __future__ import annotations

import argparse
import asyncio

from helodoctor.cli.terminal import Terminal
from helodoctor.words import Words


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """The bounce to begin with, or ``--demo``."""
    parser.add_argument("file", nargs="?", metavar="FILE", help=words.sentence("walk", "option", "file"))
    parser.add_argument("--demo", action="store_true", help=words.sentence("walk", "option", "demo"))


def run(args: argparse.Namespace, words: Words) -> int:
    """Walk, or play the sample.

    Raises:
        InputProblem: the file cannot be read, or nothing was pasted.
    """
    return demo(words) if args.demo else walk(words, args.file)


def walk(words: Words, file: str | None = None) -> int:
    """The seven pages, asked in the terminal."""
    from helodoctor.cli.walk import take

    return asyncio.run(take(Terminal(), words, file))


def demo(words: Words) -> int:
    """The sample, unattended: refusal, cause, fix, acceptance; 0 when both facts are proven."""
    from helodoctor.cli.demo import play

    return asyncio.run(play(Terminal(), words))
