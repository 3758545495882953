"""Mutated case files: opened or told in one sentence, told in every form, and nothing but the given file opened."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args

import pytest
from msgspec.structs import replace

from core.casefile.test_session import SESSION
from core.casefile.walked import walked
from fuzz.mutations import mutated
from fuzz.watching import watched
from helodoctor.casefile import CaseFile, code, decode, encode, new_file
from helodoctor.casefile.difference import difference, timeline
from helodoctor.casefile.masking import redact
from helodoctor.knowledge import resource
from helodoctor.model import InputProblem
from helodoctor.report import changes
from helodoctor.report.case import Format, render
from helodoctor.words import speak

FULL_COUNT = 100_000
WORDS = speak("en")
SEEDS = [encode(new_file(walked(system=system), "fix")) for system in ("postfix", "exim", "exchange")]
SEEDS.append(encode(new_file(replace(walked(), session=SESSION), "fixed")))
HOSTILE = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "](javascript:alert(1))", "\u202e\u0000\ud7ff",
    "{0.__class__}", "../../../../etc/hostname", "text 1", "text 999", "A" * 10_000, "", "findings.fqdn.why", "١",
)  # fmt: skip


def opened(data: bytes) -> CaseFile | None:
    """The case, or nothing where the answer is one sentence."""
    try:
        return decode(data).file
    except InputProblem as problem:
        assert problem.id in ("case-broken", "case-too-large")
        return None


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value of a JSON document that is no container."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from leaves(item, (*path, key))
    if not isinstance(value, dict | list):
        yield path


def poisoned(count: int, seed: int) -> Iterator[bytes]:
    """Well-formed files, some values of which are hostile: what a mutation of bytes seldom makes."""
    rng = random.Random(seed)
    documents = [json.loads(data) for data in SEEDS]
    places = [list(leaves(document)) for document in documents]
    for _ in range(count):
        index = rng.randrange(len(documents))
        document = json.loads(SEEDS[index])
        for _ in range(rng.choice((1, 1, 1, 2, 4))):
            *way, last = rng.choice(places[index])
            holder = document
            for key in way:
                holder = holder[key]
            others: list[Any] = [*HOSTILE, None, -1, 10**18, 1.5, True, [], {}]
            holder[last] = rng.choice(others if rng.random() < 0.5 else HOSTILE)
        yield json.dumps(document).encode("utf-8", "replace")


@pytest.mark.timeout(0)
def test_any_bytes_are_opened_or_told(long_count: Callable[[int], int]) -> None:
    for data in SEEDS:
        assert opened(data) is not None  # and every file a case needs is read once
    inside, outside = str(resource("")), []
    for data in mutated(SEEDS, long_count(FULL_COUNT), seed=14, longest=200_000):
        with watched() as events:
            opened(data)
        outside += [event for event in events if event[0] != "open" or not str(event[1]).startswith(inside)]
    assert outside == []


class _Page(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


@pytest.mark.timeout(0)
def test_a_hostile_case_that_opens_can_be_told_and_its_page_stays_dead(long_count: Callable[[int], int]) -> None:
    told = 0
    for data in poisoned(max(300, long_count(FULL_COUNT) // 10), seed=15):
        file = opened(data)
        if file is None:
            continue
        told += 1
        assert code.decode(code.encode(code.screen_of(file.case, file.page)))
        for case in (file.case, redact(file.case).case):
            reports = {form: render(case, form, WORDS) for form in get_args(Format)}
            page = _Page(reports["html"])
            assert not {"script", "img", "link", "iframe", "a", "form", "object", "svg"} & page.tags
            assert page.attributes <= {"lang", "charset", "http-equiv", "content"}
        assert decode(encode(file)).file == file
        assert changes.as_text(difference(decode(SEEDS[0]).file, file), WORDS)
        assert changes.rows(timeline(file), WORDS)
    assert told > 50


MEMORY = """
import sys
from pathlib import Path
from helodoctor.casefile import open_file
from helodoctor.model import InputProblem
try:
    open_file(sys.argv[1])
except InputProblem:
    pass
[peak] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:")]
print(int(peak.split()[1]) // 1024)
"""
BOMBS = {
    "blanks": b" " * 20_000_000,
    "braces": b'{"format": "helocase", "version": 1, "case": {"diagnoses": [' + b'{"report": {"text": ""}},' * 600_000,
    "lists": b'{"format": "helocase", "version": 1, "x": ' + b"[" * 15_000_000,
    "strings": b'{"format": "helocase", "version": 1, "texts": [' + b'"",' * 5_000_000 + b'""]}',
    "ticks": encode(new_file()).replace(b'"ticks": []', b'"ticks": [' + b'"",' * 5_000_000 + b'""]'),
    "wide": encode(new_file()).replace(b'"texts": []', '"texts": ["😀{}"]'.format("x" * 15_000_000).encode()),
}  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is read from /proc")
@pytest.mark.parametrize("name", BOMBS)
def test_no_case_file_takes_more_than_200_mb(name: str, tmp_path: Path) -> None:
    import subprocess

    path = tmp_path / "bomb.helocase"
    path.write_bytes(BOMBS[name])
    done = subprocess.run([sys.executable, "-c", MEMORY, str(path)], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 200
