"""The senders corpus: name or default, deciding line, and the system recognised without being told."""

from __future__ import annotations

import csv

import pytest

import shared
from helodoctor.detect import detect
from helodoctor.model import Detection

CORPUS = shared.CORPUS / "senders"
pytestmark = pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not beside this clone")


def rows() -> list[dict[str, str]]:
    if not CORPUS.exists():
        return []
    with (CORPUS / "EXPECTED.tsv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


def fits(found: Detection, row: dict[str, str]) -> bool:
    if not found.candidates:
        return False
    first = found.candidates[0]
    line = str(first.line) if first.line else "-"
    if row["helo_name"].startswith("default:"):
        return first.name is None and first.default is not None and line == row["line"]
    return first.name == row["helo_name"] and line == row["line"]


def text_of(row: dict[str, str]) -> str:
    return (CORPUS / row["file"]).read_text(encoding="utf-8", errors="replace")


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["file"])
def test_with_the_system_told_every_sample_is_right(row: dict[str, str]) -> None:
    assert fits(detect(text_of(row), path=row["file"], system=row["system"]), row)


def test_the_system_is_recognised_by_itself_in_at_least_95_percent() -> None:
    wrong = [
        row["file"]
        for row in rows()
        if (found := detect(text_of(row), path=row["file"])).system != row["system"] or not fits(found, row)
    ]
    assert len(wrong) <= len(rows()) * 0.05, wrong
