"""Texts as people paste them (``texts.toml``): cause, name and the facts around the reply."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from core.bounce.reads import first, name_of
from helodoctor.model import Diagnosis

TEXTS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "texts.toml").read_text(encoding="utf-8"))["text"]


def facts_of(found: Diagnosis) -> dict[str, Any]:
    report = found.report
    return {
        "cause": found.cause,
        "name": name_of(found),
        "stage": report.stage,
        "code": report.reply_code,
        "enhanced": report.enhanced_code,
        "receiver": report.receiver.host,
        "role": report.role,
    }


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: f"{text['cause']}: {text['said'][:50]}")
def test_a_pasted_text_is_read(text: dict[str, Any]) -> None:
    found = facts_of(first(text["said"]))
    assert {key: found[key] for key in text if key != "said"} == {key: text[key] for key in text if key != "said"}
