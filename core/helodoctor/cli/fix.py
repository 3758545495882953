"""``helodoctor fix``: the steps to the new name, with the values filled in."""

from __future__ import annotations

import argparse
import json

from helodoctor import steps
from helodoctor.cli.input import read_bytes
from helodoctor.model import Case, Cause, Diagnosis, Direction, Guide, Report
from helodoctor.report import guide as report
from helodoctor.words import Words


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """``--system`` and ``--name`` say where to; the others what is known of the bounce."""

    def told(option: str) -> str:
        return words.sentence("guides", "option", option)

    parser.add_argument("--system", metavar="ID", required=True, help=told("system"))
    parser.add_argument("--name", metavar="NAME", required=True, help=told("name"))
    parser.add_argument("--ip", metavar="IP", help=told("ip"))
    parser.add_argument("--cause", type=Cause, default=Cause.HELO_UNSPECIFIED, metavar="CAUSE", help=told("cause"))
    parser.add_argument(
        "--direction", type=Direction, default=Direction.RELAY, metavar="relay|submission", help=told("direction")
    )
    parser.add_argument("--old", metavar="NAME", help=told("old"))
    parser.add_argument("--config", metavar="FILE", help=told("config"))


def run(args: argparse.Namespace, words: Words) -> int:
    """Print the guide; 0, since nothing was looked for and nothing can be wrong."""
    report_of_case = Report(text="", client_ip=args.ip, direction=args.direction)
    case = Case(diagnoses=(Diagnosis(report=report_of_case, cause=args.cause),), name=args.old)
    guide = steps.plan_fix(case, args.system, args.name).guide
    assert guide is not None
    diff = {"diff": _diff(args.config, guide)} if args.config else {}
    if args.json:
        print(json.dumps({**report.as_object(guide, words), **diff}, ensure_ascii=False))
    else:
        print(report.as_text(guide, words))
        if args.config:
            print(_diff_as_text(diff["diff"], args.config, words))
    return 0


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
