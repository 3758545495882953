"""Finding the command, the language and the exit code; every command's work is in its own module."""

from __future__ import annotations

import argparse
import atexit
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn, Protocol, cast

from helodoctor import __version__
from helodoctor.cli.arguments import speak_through_argparse
from helodoctor.cli.exits import EXIT_INPUT, EXIT_INTERRUPTED, EXIT_NETWORK, EXIT_OK
from helodoctor.model.errors import HeloDoctorError, NetworkProblem
from helodoctor.organisation import profile
from helodoctor.words import Words, speak
from helodoctor.words.problems import problem

COMMANDS = (
    "guide", "explain", "triage", "check", "detect", "dns", "probe", "script", "read-trial", "listen", "practice",
    "fix", "systems", "receivers", "report", "code",
)  # fmt: skip

_RARELY = 50_000
"""Objects between two rounds of the collector: loading data makes many and no garbage, messages die by their count."""


class Command(Protocol):
    """What a command module offers."""

    def add_arguments(self, parser: argparse.ArgumentParser, words: Words) -> None:
        """Declare the command's own arguments; ``--json`` and ``--lang`` are there already."""
        ...

    def run(self, args: argparse.Namespace, words: Words) -> int:
        """Do the work and return the exit code; HeloDoctorError becomes one sentence on stderr."""
        ...


def _load(name: str) -> Command:
    return cast(Command, import_module(f"helodoctor.cli.{name.replace('-', '_')}"))


def _columns() -> int:
    """The width of the terminal, as shutil finds it."""
    try:
        return int(os.environ.get("COLUMNS", "")) or os.get_terminal_size().columns
    except (ValueError, OSError):
        return 80


class _Parser(argparse.ArgumentParser):
    """argparse that answers a wrong argument with one sentence and where help is."""

    hint = ""

    def _get_formatter(self) -> argparse.HelpFormatter:
        """As argparse makes it, with a width it need not load shutil (and with it three compressors) for."""
        return self.formatter_class(prog=self.prog, width=_columns() - 2)  # type: ignore[call-arg]

    def error(self, message: str) -> NoReturn:
        self.exit(EXIT_INPUT, f"{self.prog}: {message}. {self.hint}\n")


def _language(arguments: Sequence[str]) -> str | None:
    """``--lang`` read ahead of the real parse, since the parser's own texts depend on it."""
    early = _Parser(add_help=False, allow_abbrev=False, exit_on_error=False)
    early.add_argument("--lang")
    try:
        return cast("str | None", early.parse_known_args(list(arguments))[0].lang)
    except argparse.ArgumentError:  # the real parse says so
        return None


def _overview(words: Words) -> str:
    width = max(map(len, COMMANDS)) + 2
    rows = [f"  {name:<{width}}{words.sentence('commands', name, 'summary')}" for name in COMMANDS]
    return words.sentence("commands", "program", "commands") + "\n" + "\n".join(rows)


def _top_parser(words: Words) -> _Parser:
    parser = _Parser(
        prog="helodoctor",
        description=words.sentence("commands", "program", "summary"),
        epilog=_overview(words),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.hint = words.sentence("commands", "program", "hint")
    parser.add_argument("--version", action="store_true", help=words.sentence("commands", "program", "version"))
    parser.add_argument("--lang", metavar="xx", help=words.sentence("commands", "program", "lang"))
    parser.add_argument("command", nargs="?", choices=COMMANDS, metavar="COMMAND")
    return parser


def _command_parser(name: str, command: Command, words: Words) -> _Parser:
    parser = _Parser(
        prog=f"helodoctor {name}",
        description=words.sentence("commands", name, "summary"),
        allow_abbrev=False,
    )
    parser.hint = words.sentence("commands", "program", "hint")
    parser.add_argument("--json", action="store_true", help=words.sentence("commands", "program", "json"))
    parser.add_argument("--lang", metavar="xx", help=words.sentence("commands", "program", "lang"))
    command.add_arguments(parser, words)
    return parser


def _split(arguments: Sequence[str]) -> tuple[list[str], str | None, list[str]]:
    """The arguments before the command, the command, and those after it."""
    for index, argument in enumerate(arguments):
        if argument in COMMANDS and (index == 0 or arguments[index - 1] != "--lang"):
            return list(arguments[:index]), argument, list(arguments[index + 1 :])
    return list(arguments), None, []


def _run_command(name: str, arguments: Sequence[str], words: Words) -> int:
    command = _load(name)
    args = _command_parser(name, command, words).parse_args(arguments)
    try:
        return command.run(args, words)
    except HeloDoctorError as fault:
        print(f"helodoctor {name}: {problem(words, fault)}", file=sys.stderr)
        return EXIT_NETWORK if isinstance(fault, NetworkProblem) else EXIT_INPUT


def _tell_broken_profiles(words: Words) -> None:
    """Say so where the strictest rules hold because the organisation's own cannot be read."""
    for origin in profile().origins:
        if not origin.usable:
            print(f"helodoctor: {words.sentence('problems', 'profile-broken', path=origin.path)}", file=sys.stderr)


def _profile_line(words: Words) -> str:
    """Where the organisation's profile comes from, and whose it is."""
    told = profile()
    paths = ", ".join(origin.path for origin in told.origins)
    return words.sentence("commands", "program", "profile-line", paths=paths, helpdesk=told.helpdesk or "?")


def _without_command(before: list[str], words: Words) -> int:
    args = _top_parser(words).parse_args(before)
    if args.version:
        from helodoctor.knowledge.dates import knowledge_date, public_suffix_date

        print(
            words.sentence("commands", "program", "version-line", version=__version__,
                           knowledge=knowledge_date(), suffixes=public_suffix_date())
        )
        if profile().origins:
            print(_profile_line(words))
        return EXIT_OK
    from helodoctor.cli.window import open_or_guide

    return open_or_guide(words)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line with ``argv`` (default: the process's own) and return the exit code of ``contract.md``."""
    gc.set_threshold(_RARELY)
    atexit.register(gc.freeze)  # else the end of the process begins with searching all it has for garbage
    arguments = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # hostile text may hold what the terminal's encoding lacks
            stream.reconfigure(errors="backslashreplace")  # pyright: ignore
    words = speak(_language(arguments) or profile().language)
    _tell_broken_profiles(words)
    speak_through_argparse(words)
    before, name, after = _split(arguments)
    try:
        if name is None:
            return _without_command(before, words)
        _top_parser(words).parse_args(before)
        return _run_command(name, after, words)
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:  # "| head" closed the pipe; Python would complain again at exit
        sys.stderr.close()
        return EXIT_OK
