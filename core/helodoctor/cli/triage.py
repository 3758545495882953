"""``helodoctor triage``: ``explain`` for many messages, streamed in order, with constant memory and without network."""

from __future__ import annotations

import argparse
import sys
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from helodoctor import bounce
from helodoctor.bounce.mailboxes import Place, files, is_case, places
from helodoctor.cli.exits import EXIT_FAULT, EXIT_INPUT, EXIT_OK
from helodoctor.model import Cause, Diagnosis, HeloDoctorError, InputProblem, Verdict
from helodoctor.report import reading
from helodoctor.words import Words, speak
from helodoctor.words.problems import problem

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

_AHEAD = 8  # messages under way per process: enough to keep it busy, few enough to hold


class Outcome(msgspec.Struct, frozen=True):
    """What came of one message: the line to print, its cause, or the sentence of why it could not be read."""

    line: str
    cause: Cause | None = None
    trouble: str = ""


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Declare the paths and the number of processes."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help=words.sentence("commands", "triage", "paths"))
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help=words.sentence("commands", "triage", "jobs"))


def run(args: argparse.Namespace, words: Words) -> int:
    """Read everything, print a line each and (for people) a summary; 1 where a fault was found.

    Raises:
        InputProblem: ``--jobs`` is no useful number, or a path does not exist.
    """
    if not 1 <= args.jobs <= 64:
        raise InputProblem("jobs-unusable", jobs=str(args.jobs))
    for name in args.paths:
        if not Path(name).exists():
            raise InputProblem("path-missing", path=name)
    counts: Counter[Cause] = Counter()
    unread = 0
    with _progress(args.paths, words) as advance:
        for place, outcome in _outcomes(args.paths, args.jobs, args.json, words):
            if outcome.cause is None:
                unread += 1
                print(f"helodoctor triage: {_label(place)}: {outcome.trouble}", file=sys.stderr)
            else:
                counts[outcome.cause] += 1
                print(outcome.line, flush=args.json)
            advance(place.length)
    if not args.json:
        print(_summary(counts, unread, words))
    faults = sum(count for cause, count in counts.items() if cause.verdict in (Verdict.HELO, Verdict.NOT_HELO))
    return EXIT_FAULT if faults else EXIT_INPUT if unread and not counts else EXIT_OK


def _label(place: Place) -> str:
    return place.path if place.index is None else f"{place.path}:{place.index}"


def _explain(place: Place, as_json: bool, language: str) -> Outcome:
    """One message read and worded, in whichever process."""
    words = speak(language)
    try:
        diagnoses = diagnosed(place)
    except HeloDoctorError as fault:
        return Outcome("", None, problem(words, fault))
    if as_json:
        where: dict[str, Any] = {"file": place.path} | ({} if place.index is None else {"index": place.index})
        line = msgspec.json.encode(where | reading.as_object(diagnoses, words)).decode()
    else:
        line = _row(place, diagnoses[0])
    return Outcome(line, diagnoses[0].cause)


def diagnosed(place: Place) -> tuple[Diagnosis, ...]:
    """What one message says.

    Raises:
        InputProblem: it cannot be read, or holds no text.
    """
    try:
        return bounce.diagnose(bounce.read(_message(place)))
    except OSError as fault:
        raise _unreadable(place.path, fault) from fault


def explained(paths: list[str], words: Words) -> Iterator[tuple[Place, Diagnosis | None, str]]:
    """Every message below ``paths`` with its diagnosis, or with the sentence of why there is none."""
    for place, known in _found(paths, words):
        try:
            yield (place, None, known.trouble) if known else (place, diagnosed(place)[0], "")
        except HeloDoctorError as fault:
            yield place, None, problem(words, fault)


def _message(place: Place) -> str | bytes:
    """What is to be explained: the message itself, or the text a saved case was begun with."""
    if not is_case(place.path):
        return place.read()
    from helodoctor.casefile import open_file  # 30 ms that messages do without

    begun_with = open_file(place.path).file.case.bounce
    if begun_with is None:
        raise InputProblem("case-without-text", path=place.path)
    return begun_with.text


def _unreadable(path: str, fault: OSError) -> InputProblem:
    return InputProblem("file-unreadable", path=path, reason=fault.strerror or str(fault))


def _row(place: Place, diagnosis: Diagnosis) -> str:
    report = diagnosis.report
    codes = " ".join(str(code) for code in (report.reply_code, report.enhanced_code) if code)
    name = diagnosis.helo_name or ""
    return f"{diagnosis.cause:<24} {codes:<12} {name:<32} {_label(place)}".rstrip()


def _found(paths: list[str], words: Words) -> Iterator[tuple[Place, Outcome | None]]:
    """Every message to read; a file that cannot be opened comes with its sentence."""
    for path in files(paths):
        try:
            for place in places(path):
                yield place, None
        except OSError as fault:
            yield Place(str(path), 0, 0), Outcome("", None, problem(words, _unreadable(str(path), fault)))


def _outcomes(paths: list[str], jobs: int, as_json: bool, words: Words) -> Iterator[tuple[Place, Outcome]]:
    """Places with their outcomes, in order; with several jobs at most ``_AHEAD`` per process are under way."""
    if jobs == 1:
        for place, known in _found(paths, words):
            yield place, known or _explain(place, as_json, words.language)
        return
    from concurrent.futures import ProcessPoolExecutor  # 15 ms that one process does without

    with ProcessPoolExecutor(jobs) as pool:
        yield from _parallel(pool, jobs * _AHEAD, _found(paths, words), as_json, words.language)


def _parallel(
    pool: Executor, ahead: int, found: Iterator[tuple[Place, Outcome | None]], as_json: bool, language: str
) -> Iterator[tuple[Place, Outcome]]:
    waiting: deque[tuple[Place, Outcome | None, Future[Outcome] | None]] = deque()
    for place, known in found:
        waiting.append((place, known, None if known else pool.submit(_explain, place, as_json, language)))
        if len(waiting) >= ahead:
            yield _arrived(*waiting.popleft())
    while waiting:
        yield _arrived(*waiting.popleft())


def _arrived(place: Place, known: Outcome | None, future: Future[Outcome] | None) -> tuple[Place, Outcome]:
    outcome = known or (future.result() if future else None)
    assert outcome is not None
    return place, outcome


def _summary(counts: Counter[Cause], unread: int, words: Words) -> str:
    rows = [words.sentence("triage", "summary", count=sum(counts.values()))]
    rows += [f"  {count:>7}  {cause}" for cause, count in counts.most_common()]
    if unread:
        rows.append(words.sentence("triage", "unread", count=unread))
    return "\n" + "\n".join(rows)


@contextmanager
def _progress(paths: list[str], words: Words) -> Iterator[Callable[[int], None]]:
    """The function that moves a bar over the bytes to read; the bar is drawn on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda _size: None
        return
    from rich.console import Console
    from rich.progress import Progress

    total = sum(path.stat().st_size for path in files(paths))
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words.sentence("triage", "reading"), total=total)
        yield lambda size: bar.advance(task, size)
