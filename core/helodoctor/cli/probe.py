"""``helodoctor probe``: one careful live trial."""

from __future__ import annotations

import argparse
import asyncio
from typing import Any, get_args

import msgspec

from helodoctor.cli.exits import EXIT_FAULT, EXIT_NETWORK, EXIT_OK
from helodoctor.cli.input import read_bytes
from helodoctor.model import Case, Line, StopAfter, TlsMode, Trial, TrialPlan, TrialVerdict
from helodoctor.report import trial as report
from helodoctor.words import Words

EXIT_CODES = {
    TrialVerdict.ACCEPTED: EXIT_OK,
    TrialVerdict.REFUSED: EXIT_FAULT,
    TrialVerdict.TEMPFAIL: EXIT_FAULT,
    TrialVerdict.BLOCKED: EXIT_NETWORK,
    TrialVerdict.UNREACHABLE: EXIT_NETWORK,
    TrialVerdict.UNDETERMINED: EXIT_NETWORK,
}


def add_plan_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """The arguments that ``probe`` and ``script`` share: what is said to whom."""

    def told(option: str) -> str:
        return words.sentence("trials", "option", option)

    parser.add_argument("host", metavar="HOST[:PORT]")
    parser.add_argument("--name", metavar="NAME", required=True, help=told("name"))
    parser.add_argument("--from", dest="sender", metavar="ADDRESS", default="", help=told("from"))
    parser.add_argument("--to", dest="recipient", metavar="ADDRESS", help=told("to"))
    parser.add_argument("--stop-after", choices=get_args(StopAfter), help=told("stop-after"))
    parser.add_argument("--tls", choices=get_args(TlsMode), default="auto", help=told("tls"))


def plan_from(args: argparse.Namespace, **more: Any) -> TrialPlan:
    """The plan these arguments and ``more`` describe; without a recipient it ends after the greeting.

    Raises:
        InputProblem: it cannot be carried out, or something of it may not be sent.
    """
    from helodoctor.network import safety, target

    plan = TrialPlan(
        target=target.parse(args.host),
        name=args.name,
        sender=args.sender,
        recipient=args.recipient,
        stop_after=args.stop_after or ("rcpt" if args.recipient else "ehlo"),
        tls=args.tls,
        **more,
    )
    safety.check_plan(plan)
    return plan


def add_bounce_argument(parser: argparse.ArgumentParser, words: Words) -> None:
    """The text to compare the answer with, for ``probe`` and ``read-trial``."""
    parser.add_argument("--bounce", metavar="FILE", help=words.sentence("trials", "option", "bounce"))


def case_of(args: argparse.Namespace) -> Case:
    """The case to compare with: that of ``--bounce``, else an empty one.

    Raises:
        InputProblem: the file cannot be read, or is empty.
    """
    from helodoctor import steps

    return steps.read(Case(), read_bytes(args.bounce)) if args.bounce else Case()


def tell(trial: Trial, case: Case, args: argparse.Namespace, words: Words, *, spoken: bool) -> int:
    """Print what came of ``trial``, beside ``case``, its lines too unless they were ``spoken`` before."""
    from helodoctor import steps

    comparison = steps.compare(case, trial)
    if args.json:
        print(msgspec.json.encode(report.as_object(trial, words, comparison)).decode())
    elif spoken:
        print("\n" + report.conclusion_as_text(trial, words, comparison))
    else:
        print(report.as_text(trial, words, comparison))
    return EXIT_CODES[trial.verdict]


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Declare what is said to whom, and how long to wait."""
    from helodoctor.network import way_out

    add_plan_arguments(parser, words)
    parser.add_argument("--mx", action="store_true", help=words.sentence("trials", "option", "mx"))
    parser.add_argument(
        "--timeout", type=float, default=60.0, metavar="S", help=words.sentence("trials", "option", "timeout")
    )
    parser.add_argument("--source", metavar="IP", help=words.sentence("trials", "option", "source"))
    add_bounce_argument(parser, words)
    servers = ", ".join(known.title for known in way_out.known_hosts())
    told = words.sentence("trials", "option", "check-port", servers=servers)
    parser.add_argument("--check-port", action="store_true", help=told)


def run(args: argparse.Namespace, words: Words) -> int:
    """Carry out the trial; the dialogue is shown as it is spoken."""
    from helodoctor.network import way_out
    from helodoctor.network.probe import probe

    plan, case = plan_from(args, timeout=args.timeout, source=args.source, mx=args.mx), case_of(args)

    def show(line: Line) -> None:
        print(report.line_as_text(line, words), flush=True)

    if not args.json:
        print(report.plan_as_text(plan, words) + "\n", flush=True)
    trial = asyncio.run(probe(plan, on_line=None if args.json else show))
    if args.check_port and way_out.puzzling(trial):
        trial = asyncio.run(way_out.find_out(trial))
    return tell(trial, case, args, words, spoken=True)
