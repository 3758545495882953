"""Parts of a report in three formats. Every text is data: escaped for Markdown and for HTML, never taken as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import Literal

from msgspec import Struct

Mark = Literal["done", "open", "none"]


class Block(Struct, frozen=True, kw_only=True):
    """One piece of a report: a paragraph, a list item with its mark, or text in a fixed-width font."""

    text: str
    kind: Literal["paragraph", "item", "code"] = "paragraph"
    mark: Mark = "none"


class Table(Struct, frozen=True, kw_only=True):
    """Rows of cells, all of one length; the first column names the row, the first row may name the columns."""

    rows: tuple[tuple[str, ...], ...]
    header: bool = False


class Chapter(Struct, frozen=True, kw_only=True):
    """A heading and what stands under it."""

    title: str
    parts: tuple[Block | Table, ...]


_TICKS = {"done": "[x] ", "open": "[ ] ", "none": ""}


def _one_line(text: str) -> str:
    return " ".join(text.split())


# --- plain text ---


def as_plain(chapters: Iterable[Chapter], language: str) -> str:
    """Plain text: headings underlined, fixed-width text indented."""
    del language
    return "\n\n".join("\n".join(_plain_lines(chapter)) for chapter in chapters) + "\n"


def _plain_lines(chapter: Chapter) -> Iterator[str]:
    yield chapter.title
    yield "=" * len(chapter.title)
    for part in chapter.parts:
        if isinstance(part, Table):
            yield from _plain_rows(part)
        elif part.kind == "code":
            yield from (f"    {line}".rstrip() for line in part.text.splitlines())
        else:
            lead = "- " if part.kind == "item" else ""
            yield f"{lead}{_TICKS[part.mark]}{part.text}"


def _plain_rows(table: Table) -> Iterator[str]:
    widths = [max(len(_one_line(cell)) for cell in column) for column in zip(*table.rows, strict=True)]
    for row in table.rows:
        cells = (_one_line(cell).ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


# --- Markdown ---

# Signs of CommonMark that could turn a text from outside into markup.
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~!&])")


def as_markdown(chapters: Iterable[Chapter], language: str) -> str:
    """CommonMark with task lists and pipe tables (GitHub's)."""
    del language
    return "\n\n".join("\n\n".join(_markdown_parts(chapter)) for chapter in chapters) + "\n"


def _markdown_parts(chapter: Chapter) -> Iterator[str]:
    yield f"## {_markdown(chapter.title)}"
    for part in chapter.parts:
        if isinstance(part, Table):
            yield "\n".join(_markdown_rows(part))
        elif part.kind == "code":
            # A comment parts this from a list item above it, which would else swallow the indented text.
            yield "<!-- -->"
            yield "\n".join(f"    {line}".rstrip() for line in part.text.splitlines())
        else:
            lead = "- " if part.kind == "item" else ""
            yield f"{lead}{_TICKS[part.mark]}{_markdown(part.text)}"


def _markdown_rows(table: Table) -> Iterator[str]:
    width = len(table.rows[0])
    header, body = (table.rows[0], table.rows[1:]) if table.header else (("",) * width, table.rows)
    for row in (header, ("---",) * width, *body):
        cells = row if row == ("---",) * width else tuple(_markdown(cell) for cell in row)
        yield "| " + " | ".join(cells) + " |"


def _markdown(text: str) -> str:
    """One line in which nothing is markup; a number or dash at its start makes no list either."""
    line = _MARKDOWN.sub(r"\\\1", _one_line(text))
    return re.sub(r"^(\d+)([.)])|^([-+=])", lambda found: (found[1] or "") + "\\" + (found[2] or found[3]), line)


# --- HTML ---

_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}"
    "pre{padding:.6rem .8rem;border:1px solid;border-radius:.5rem;white-space:pre-wrap;overflow-wrap:anywhere}"
    "h2{font-size:1.2rem;margin-top:2rem}ul{padding-left:1.4rem}th{text-align:left;vertical-align:top}"
    "td{overflow-wrap:anywhere}td,th{padding:.2rem 1rem .2rem 0}@media print{body{margin:0}}"
)
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_BOXES = {"done": "☑ ", "open": "☐ ", "none": ""}


def as_html(chapters: Iterable[Chapter], language: str) -> str:
    """One HTML page that fetches nothing: no script, no picture, no link."""
    body = "\n".join(part for chapter in chapters for part in _html_parts(chapter))
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f"<title>HELO Doctor</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>HELO Doctor</h1>\n{body}\n"
        "</body>\n</html>\n"
    )


def _html_parts(chapter: Chapter) -> Iterator[str]:
    yield f"<h2>{escape(chapter.title)}</h2>"
    for part in chapter.parts:
        yield _html_table(part) if isinstance(part, Table) else _html_block(part)


def _html_block(block: Block) -> str:
    text = _BOXES[block.mark] + escape(block.text)
    if block.kind == "item":
        return f"<ul><li>{text}</li></ul>"
    return f"<pre>{text}</pre>" if block.kind == "code" else f"<p>{text}</p>"


def _html_table(table: Table) -> str:
    rows = "\n".join(_html_row(row, table.header and index == 0) for index, row in enumerate(table.rows))
    return f"<table>\n{rows}\n</table>"


def _html_row(row: tuple[str, ...], header: bool) -> str:
    first, *rest = (escape(cell) for cell in row)
    tag = "th" if header else "td"
    return f"<tr><th>{first}</th>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in rest) + "</tr>"
