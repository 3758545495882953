"""Blocks of a report in three formats. Every text is data: escaped for Markdown and for HTML, never taken as markup."""

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


class Chapter(Struct, frozen=True, kw_only=True):
    """A heading and what stands under it."""

    title: str
    blocks: tuple[Block, ...]


# Marks of CommonMark that could turn a text from outside into markup.
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~!])")
_TICKS = {"done": "[x] ", "open": "[ ] ", "none": ""}


def as_plain(chapters: Iterable[Chapter], language: str) -> str:
    """Plain text: headings underlined, fixed-width text indented."""
    del language
    return "\n\n".join("\n".join(_plain_lines(chapter)) for chapter in chapters) + "\n"


def _plain_lines(chapter: Chapter) -> Iterator[str]:
    yield chapter.title
    yield "=" * len(chapter.title)
    for block in chapter.blocks:
        if block.kind == "code":
            yield from (f"    {line}" for line in block.text.splitlines())
        else:
            lead = "- " if block.kind == "item" else ""
            yield f"{lead}{_TICKS[block.mark]}{block.text}"


def as_markdown(chapters: Iterable[Chapter], language: str) -> str:
    """CommonMark with task lists."""
    del language
    return "\n\n".join("\n\n".join(_markdown_blocks(chapter)) for chapter in chapters) + "\n"


def _markdown_blocks(chapter: Chapter) -> Iterator[str]:
    yield f"## {_markdown(chapter.title)}"
    for block in chapter.blocks:
        if block.kind == "code":
            yield "\n".join(f"    {line}" for line in block.text.splitlines())
        else:
            lead = "- " if block.kind == "item" else ""
            yield f"{lead}{_TICKS[block.mark]}{_markdown(block.text)}"


def _markdown(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}"
    "pre{padding:.6rem .8rem;border:1px solid;border-radius:.5rem;white-space:pre-wrap;overflow-wrap:anywhere}"
    "h2{font-size:1.2rem;margin-top:2rem}ul{padding-left:1.4rem}@media print{body{margin:0}}"
)


def as_html(chapters: Iterable[Chapter], language: str) -> str:
    """One HTML page that fetches nothing: no script, no picture, no link."""
    body = "\n".join(part for chapter in chapters for part in _html_parts(chapter))
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>HELO Doctor</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>HELO Doctor</h1>\n{body}\n"
        "</body>\n</html>\n"
    )


_BOXES = {"done": "&#9745; ", "open": "&#9744; ", "none": ""}


def _html_parts(chapter: Chapter) -> Iterator[str]:
    yield f"<h2>{escape(chapter.title)}</h2>"
    in_list = False
    for block in chapter.blocks:
        if (block.kind == "item") != in_list:
            in_list = not in_list
            yield "<ul>" if in_list else "</ul>"
        yield _html_block(block)
    if in_list:
        yield "</ul>"


def _html_block(block: Block) -> str:
    tag = {"paragraph": "p", "item": "li", "code": "pre"}[block.kind]
    return f"<{tag}>{_BOXES[block.mark]}{escape(block.text)}</{tag}>"
