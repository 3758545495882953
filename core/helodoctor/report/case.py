"""A whole case as a report, to read or to hand on: text, Markdown, a self-contained HTML page, or JSON."""

from __future__ import annotations

import json
from typing import Literal

from helodoctor.model import Case, Proof
from helodoctor.report.chapters import Length, as_data, chapters, guide_chapters
from helodoctor.report.layout import as_html, as_markdown, as_plain
from helodoctor.words import Words

Format = Literal["text", "md", "html", "json"]

_LAYOUTS = {"text": as_plain, "md": as_markdown, "html": as_html}


def render(
    case: Case,
    format: Format,  # noqa: A002 - the option's word
    words: Words,
    code: str | None = None,
    length: Length = "full",
) -> str:
    """The report of ``case``: what happened, the proof, the name, the trials, the steps, the two facts.

    The four formats say the same; a ``short`` one leaves out conversations, checks, steps and letters (JSON is always
    whole). Texts from outside are escaped for the format they stand in. ``code`` is the case's support code, where it
    has one.
    """
    proof = Proof.of(case)
    if format == "json":
        return json.dumps(as_data(case, proof, words, code), ensure_ascii=False, indent=2)
    return _LAYOUTS[format](chapters(case, proof, words, code, length), words.language)


def guide_page(case: Case, words: Words) -> str:
    """The steps and the letters of ``case`` alone, as a self-contained HTML page to print."""
    return as_html(guide_chapters(case, words), words.language)
