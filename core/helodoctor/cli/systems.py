"""``helodoctor systems``: the mail systems that are known, or one of them in full."""

from __future__ import annotations

import argparse
import json

import msgspec

from helodoctor import guides
from helodoctor.cli.exits import EXIT_OK
from helodoctor.guides import System
from helodoctor.words import Words
from helodoctor.words import guides as sentences


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """One optional id."""
    parser.add_argument("id", nargs="?", metavar="ID", help=words.sentence("guides", "option", "id"))


def run(args: argparse.Namespace, words: Words) -> int:
    """Print the list, or the one system.

    Raises:
        InputProblem: there is no such system.
    """
    if args.id:
        system = guides.find_system(args.id)
        print(json.dumps(_in_full(system, words), ensure_ascii=False) if args.json else _as_text(system, words))
    elif args.json:
        listed = [_in_short(system, words) for system in guides.systems()]
        print(json.dumps({"systems": listed}, ensure_ascii=False))
    else:
        print("\n".join(_rows(words)))
    return EXIT_OK


def _in_short(system: System, words: Words) -> dict[str, object]:
    return {
        "id": system.id,
        "number": system.number,
        "title": sentences.system_title(words, system.id),
        "kind": system.kind,
        "platforms": list(system.platforms),
        "confirmed": system.confirmed,
    }


def _in_full(system: System, words: Words) -> dict[str, object]:
    return {
        **_in_short(system, words),
        "default": sentences.default_name(words, system),
        "places": [msgspec.to_builtins(place) for place in system.places],
        "show": [msgspec.to_builtins(command) for command in system.show],
        "sources": list(system.sources),
    }


def _rows(words: Words) -> list[str]:
    width = max(len(system.id) for system in guides.systems()) + 2
    return [f"{system.id:<{width}}{sentences.system_title(words, system.id)}" for system in guides.systems()]


def _as_text(system: System, words: Words) -> str:
    lines = [sentences.system_title(words, system.id), sentences.default_name(words, system)]
    lines += [" ".join(filter(None, msgspec.structs.astuple(place)[1:])) for place in system.places]
    lines += [shown.command for shown in system.show]
    if not system.confirmed:
        lines.append(words.sentence("guides", "system", "unconfirmed"))
    return "\n".join(lines)
