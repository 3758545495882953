"""The data rows: each is decided by its own sample, each shape finds its own."""

from __future__ import annotations

import re

import pytest

from core.bounce.reads import all_of
from helodoctor import bounce
from helodoctor.bounce import frames, rows
from helodoctor.knowledge import load_all
from helodoctor.model import Cause

FAMILIES = load_all("replies", rows.Family)
ROWS = [row for family in FAMILIES.values() for row in family.row]
FRAMES = [frame for file in load_all("replies/frames", frames.FrameFile).values() for frame in file.frame]
NO_ADDRESS_OF_OTHERS = re.compile(r"@(?![\w.-]*\.example\b)[\w-]+\.\w")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_the_sample_of_a_row_is_decided_by_it(row: rows.Row) -> None:
    decided = {diagnosis.rule: diagnosis for diagnosis in all_of(row.sample)}
    assert row.id in decided, f"{[*decided]} decided instead"
    # A faulty name in the sample decides over the words, as it should.
    assert decided[row.id].verdict is row.cause.verdict


def test_every_row_has_an_id_of_its_own() -> None:
    ids = [row.id for row in ROWS] + [frame.id for frame in FRAMES]
    assert len(ids) == len(set(ids))


def test_phrases_are_written_as_they_are_compared() -> None:
    for row in ROWS:
        for phrase in (*row.any, *row.all, *row.none):
            assert phrase == phrase.lower() and "  " not in phrase and "\n" not in phrase, row.id


def test_a_row_says_when_it_applies_and_where_it_is_known_from() -> None:
    for family in FAMILIES.values():
        for row in family.row:
            assert row.any or row.all or row.pattern or row.about_helo or row.codes or row.enhanced, row.id
            assert row.source or family.source, row.id


def test_samples_are_made_up() -> None:
    for sample in [row.sample for row in ROWS] + [frame.sample for frame in FRAMES]:
        assert not NO_ADDRESS_OF_OTHERS.search(sample), sample


def test_every_helo_cause_has_a_row() -> None:
    by_name_alone = {Cause.HELO_ADDRESS_LITERAL, Cause.HELO_LOCALHOST}
    wanted = {cause for cause in Cause if cause.startswith("helo-")} - by_name_alone
    assert wanted <= {row.cause for row in ROWS}


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame.id)
def test_the_sample_of_a_shape_has_it(frame: frames.Frame) -> None:
    shape = frames.Shape(frame)
    sample = frame.sample.replace("\\r\\n", "\n")
    assert shape.wanted(sample)
    assert shape.pattern.search(sample) or shape.pattern.search(_unwrapped(sample))


def _unwrapped(text: str) -> str:
    from helodoctor.bounce.cleaning import clean
    from helodoctor.bounce.text import Text
    from helodoctor.bounce.unwrap import unwrap

    return unwrap(clean(Text(text))).string


@pytest.mark.parametrize(
    "frame", [frame for frame in FRAMES if not frames.Shape(frame).hint], ids=lambda frame: frame.id
)
def test_a_shape_gives_its_facts(frame: frames.Frame) -> None:
    reports = bounce.read(frame.sample).reports
    assert any(report.reply_text for report in reports)
    if frame.reporter:
        assert frame.reporter in {report.reporter.software for report in reports}
    if frame.receiver:
        assert frame.receiver in {report.receiver.software for report in reports}


def test_no_pattern_nests_unbounded_repeats() -> None:
    """Linear time: a repeat without an end never stands inside another repeat."""
    nested = re.compile(r"\([^()]*[^\\\[](?:\*|\+)[^()]*\)(?:\*|\+|\{\d+,\})")
    for pattern in [row.pattern for row in ROWS if row.pattern] + [frame.pattern for frame in FRAMES]:
        assert not nested.search(pattern), pattern
