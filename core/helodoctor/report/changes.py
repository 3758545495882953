"""What changed in a case, or happened to it, as rows for a table, as text, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from helodoctor.casefile.difference import Change
from helodoctor.words import Words, changes
from helodoctor.words.forms import labelled, moment
from helodoctor.words.guides import phrase


class Row(Struct, frozen=True, kw_only=True):
    """One change in words; ``time`` is on this computer's clock, to the minute."""

    time: str
    page: str
    what: str
    before: str
    after: str


def rows(found: Iterable[Change], words: Words) -> list[Row]:
    """A row for each change, in their order."""
    return [_row(change, words) for change in found]


def _row(change: Change, words: Words) -> Row:
    before, after = change.before, changes.value(words, change.what, change.after)
    if change.what == "trial":  # the name that was said, and what came of it
        before, after = "", labelled(words, before, after)
    elif change.said is not None:
        after = f"{after} {phrase(words, change.said)}"
    return Row(
        time=moment(words, change.time) if change.time else "",
        page=changes.page(words, change.page) if change.page else "",
        what=changes.label(words, change.what),
        before=changes.value(words, change.what, before),
        after=after,
    )


def as_text(found: Iterable[Change], words: Words) -> str:
    """The changes as lines below the pages they are on; one sentence where there are none."""
    told = rows(found, words)
    if not told:
        return words.sentence("changes", "tell", "none") + "\n"
    lines: list[str] = []
    for row in told:
        if row.page and (not lines or row.page not in lines):
            lines.append(row.page)
        lines.append(f"    {_told(row, words)}")
    return "\n".join(lines) + "\n"


def _told(row: Row, words: Words) -> str:
    part = "change" if row.before else "new"
    told = words.sentence("changes", "tell", part, what=row.what, before=row.before, after=row.after)
    return " ".join(f"{row.time} {told}".split()).removesuffix(":")
