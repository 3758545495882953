"""``helodoctor fix``: the steps to the new name, with the values filled in."""

from __future__ import annotations

import argparse
import json

from msgspec.structs import replace

from helodoctor import steps
from helodoctor.cli.input import read_bytes
from helodoctor.model import Case, Cause, Diagnosis, Direction, Guide, InputProblem, Report
from helodoctor.report import guide as report
from helodoctor.words import Words


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """A saved case, or ``--system`` and ``--name``, say where to; the others what is known of the bounce."""

    def told(option: str) -> str:
        return words.sentence("guides", "option", option)

    parser.add_argument("case", nargs="?", metavar="CASE", help=told("case"))
    parser.add_argument("--system", metavar="ID", help=told("system"))
    parser.add_argument("--name", metavar="NAME", help=told("name"))
    parser.add_argument("--ip", metavar="IP", help=told("ip"))
    parser.add_argument("--cause", type=Cause, metavar="CAUSE", help=told("cause"))
    parser.add_argument("--direction", type=Direction, metavar="relay|submission", help=told("direction"))
    parser.add_argument("--old", metavar="NAME", help=told("old"))
    parser.add_argument("--config", metavar="FILE", help=told("config"))


def run(args: argparse.Namespace, words: Words) -> int:
    """Print the guide; 0, since nothing was looked for and nothing can be wrong.

    Raises:
        InputProblem: the mail system or the name is missing or cannot be used, or the case cannot.
    """
    guide = _guide(args)
    diff = {"diff": _diff(args.config, guide)} if args.config else {}
    if args.json:
        print(json.dumps({**report.as_object(guide, words), **diff}, ensure_ascii=False))
    else:
        print(report.as_text(guide, words))
        if args.config:
            print(_diff_as_text(diff["diff"], args.config, words))
    return 0


def _guide(args: argparse.Namespace) -> Guide:
    """The saved case's own guide, whose numbers both sides may have named; a new one where an option says otherwise."""
    saved = _saved(args.case) if args.case else Case()
    options = (args.system, args.name, args.ip, args.cause, args.direction, args.old)
    if saved.guide is not None and options == (None,) * len(options):
        return saved.guide
    case = _told(saved, args)
    system, name = args.system or case.system, args.name or case.new_name
    if system is None or name is None:
        raise InputProblem("fix-needs-more")
    guide = steps.plan_fix(case, system, name).guide
    assert guide is not None
    return guide


def _saved(path: str) -> Case:
    from helodoctor.casefile import open_file  # what reads and writes cases is for those who have one

    return open_file(path).file.case


def _told(case: Case, args: argparse.Namespace) -> Case:
    """``case`` with what the options say in the place of what it knows."""
    known = case.diagnosis or Diagnosis(
        report=Report(text="", direction=Direction.RELAY), cause=Cause.HELO_UNSPECIFIED
    )
    report = replace(
        known.report, client_ip=args.ip or known.report.client_ip, direction=args.direction or known.report.direction
    )
    told = replace(known, report=report, cause=args.cause or known.cause)
    return replace(case, diagnoses=(told,), chosen=0, name=args.old or case.name)


def _diff(path: str, guide: Guide) -> str | None:
    """The change of the user's own file; it is read, never written."""
    from helodoctor.guides.change import diff

    text = read_bytes(path).decode("utf-8-sig", "replace")
    return diff(text, guide.name or "", guide.system, "" if path == "-" else path)


def _diff_as_text(diff: str | None, path: str, words: Words) -> str:
    if diff is None:
        return "\n" + words.sentence("guides", "diff", "unknown", path=path)
    title = words.sentence("guides", "diff", "change" if diff else "same", path=path)
    return f"\n{title}\n{diff}".rstrip()
