"""One small text per system: the system is recognised, and the name, the default and the line are right."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import tomli

from helodoctor.detect import detect
from helodoctor.knowledge.senders import all_systems
from helodoctor.words import speak

SAMPLES: list[dict[str, Any]] = tomli.loads(Path(__file__).with_name("samples.toml").read_text(encoding="utf-8"))[
    "sample"
]


def label(sample: dict[str, Any]) -> str:
    return f"{sample['system']}:{sample['path']}"


@pytest.mark.parametrize("sample", SAMPLES, ids=label)
@pytest.mark.parametrize("told", [False, True], ids=["recognised", "told"])
def test_a_small_text_tells_its_name_and_line(sample: dict[str, Any], told: bool) -> None:
    found = detect(sample["text"], path=sample["path"], system=sample["system"] if told else None)
    first = found.candidates[0]
    assert (first.system, first.name or "", first.line) == (sample["system"], sample["name"], sample.get("line"))
    assert bool(first.default) == (first.name is None)


def test_every_default_has_its_words() -> None:
    words = speak("en")
    used = {system.default for system in all_systems().values()}
    for system in all_systems().values():
        for shape in system.shape:
            used |= {shape.default or system.default}
            used |= {default for rung in shape.names for default in rung.means.values()} - {""}
    assert [default for default in sorted(used) if not words.has("defaults", default)] == []


def test_no_mark_runs_over_the_ends_of_lines_from_a_line_s_beginning() -> None:
    marks = [mark for system in all_systems().values() for shape in system.shape for mark in shape.marks]
    assert [mark for mark in marks if re.search(r"\^(?:[;#]\?)?\\[sW][*+]", mark)] == []
