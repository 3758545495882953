"""The chapters of a case's report, as blocks that every format lays out, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator

from helodoctor.model import Case, Step
from helodoctor.report import guide
from helodoctor.report.layout import Block, Chapter
from helodoctor.words import Words
from helodoctor.words import guides as sentences


def as_data(case: Case, words: Words) -> dict[str, object]:
    """The case as one JSON object, its parts in the forms of ``contract.md``."""
    return {"guide": guide.as_object(case.guide, words) if case.guide else None, "ticks": list(case.ticks)}


def chapters(case: Case, words: Words) -> tuple[Chapter, ...]:
    """Every chapter there is something to say in."""
    blocks = tuple(_guide(case, words))
    return (Chapter(title=words.sentence("report", "chapter", "guide"), blocks=blocks),) if blocks else ()


def _guide(case: Case, words: Words) -> Iterator[Block]:
    for step in case.guide.steps if case.guide else ():
        yield from _step(step, step.id in case.ticks, words)


def _step(step: Step, done: bool, words: Words) -> Iterator[Block]:
    title = sentences.phrase(words, step.title)
    yield Block(kind="item", mark="done" if done else "open", text=f"{step.number} {title}")
    yield Block(text=sentences.phrase(words, step.do) or "")
    if step.command:
        yield Block(kind="code", text=step.command)
