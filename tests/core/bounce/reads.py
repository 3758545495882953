"""What the tests of this folder share: reading a text and looking at the first diagnosis."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import pytest

import shared
from helodoctor import bounce
from helodoctor.model import Diagnosis

CORPUS = shared.CORPUS
needs_corpus = pytest.mark.skipif(not CORPUS.exists(), reason="the shared corpus is not on this machine")


def all_of(text: str | bytes) -> tuple[Diagnosis, ...]:
    return bounce.diagnose(bounce.read(text))


def first(text: str | bytes) -> Diagnosis:
    return all_of(text)[0]


def name_of(diagnosis: Diagnosis) -> str | None:
    return diagnosis.helo_name if diagnosis.helo_name is not None else diagnosis.report.helo_name


def table(relative: str) -> Iterator[dict[str, str]]:
    """The rows of a tab-separated corpus file, which knows no quoting."""
    csv.field_size_limit(10**8)
    with (CORPUS / relative).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
