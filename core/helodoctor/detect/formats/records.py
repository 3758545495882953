"""What Windows and database commands print: ``Format-List`` records and tables, in any language."""

from __future__ import annotations

import csv
import re

from msgspec.structs import replace

from helodoctor.detect.settings import Setting, lines_of, unquoted

_FIELD = re.compile(r"([^\s:][^:]{0,60}?)[ .]*\s*:(?: (.*))?$")
_RULER = re.compile(r"\s*-{2,}(?:\s+-{2,})+\s*$")
_CROSSED_RULER = re.compile(r"\s*\+?-{2,}(?:\+-{2,})+\+?\s*$")
_HEADER = re.compile(r'"?\w+"?([,;\t])"?\w+"?(?:\1"?\w+"?)*\s*$')
_LONGEST = 2000
_LEADING = re.compile(r"\(\w+\)\s+")


def records(text: str) -> list[Setting]:
    """``Name : value`` records set apart by empty lines; dots and blanks that lead to the colon belong to neither."""
    found: list[Setting] = []
    record = 0
    for number, line in lines_of(text):
        if not line.strip():
            record += 1
        elif (match := _FIELD.match(line.strip())) and ">" not in match[1]:
            value = _LEADING.sub("", (match[2] or "").strip(), count=1)
            found.append(Setting(match[1].strip(" .").lower(), unquoted(value), number, record))
        elif line[0] in " \t" and found and found[-1].record == record and len(found[-1].value) < _LONGEST:
            found[-1] = replace(found[-1], value=f"{found[-1].value} {line.strip()[:_LONGEST]}")
    return found


def _columns(ruler: str) -> list[slice]:
    starts = [match.start() for match in re.finditer(r"-+", ruler)]
    return [slice(start, end) for start, end in zip(starts, [*starts[1:], None], strict=True)]


def _table(lines: list[tuple[int, str]], at: int) -> list[Setting]:
    """A table whose header is underlined: every cell under its column's name, every row a record, and row by row."""
    columns = _columns(lines[at][1])
    header = [lines[at - 1][1][column].strip().lower() for column in columns]
    found: list[Setting] = []
    for record, (number, line) in enumerate(lines[at + 1 :], 1):
        if not line.strip():
            break
        cells = [line[column].strip() for column in columns]
        found += [Setting(name, cell, number, record) for name, cell in zip(header, cells, strict=True)]
        if len(cells) > 1:
            found.append(Setting(f"row.{cells[0].lower()}", cells[1], number, record))
    return found


def _with_header(lines: list[tuple[int, str]]) -> list[Setting]:
    """What ``Export-Csv`` and databases write: names, then cells; every cell under its column's name."""
    told = [(number, line) for number, line in lines if line.strip() and not line.startswith("#TYPE")]
    begin = _HEADER.match(told[0][1]) if told else None
    if begin is None:
        return []
    header, *body = csv.reader((line[:4000] for _, line in told), delimiter=begin[1])
    return [
        Setting(name.lower(), cell, number, record)
        for record, ((number, _), row) in enumerate(zip(told[1:], body, strict=False), 1)
        for name, cell in zip(header, row, strict=False)
    ]


def _barred(lines: list[tuple[int, str]]) -> list[Setting]:
    """What ``mysql`` and ``psql`` print: cells between bars, the column's names in the first row."""
    if not any(_CROSSED_RULER.match(line) for _, line in lines):
        return []
    header, *body = [(number, _cells(line, "|")) for number, line in lines if "|" in line] or [(0, [])]
    return [
        Setting(name.lower(), cell, number, record)
        for record, (number, cells) in enumerate(body, 1)
        for name, cell in zip(header[1], cells, strict=False)
    ]


def _cells(line: str, separators: str) -> list[str]:
    return [unquoted(cell.strip()) for cell in re.split(f"[{separators}]", line.strip().strip("|"))]


def rows(text: str) -> list[Setting]:
    """Tables: underlined columns, or cells between tabs, semicolons, commas or bars; ``row.KEY`` is the second cell."""
    lines = list(lines_of(text))
    for at, (_, line) in enumerate(lines):
        if at and _RULER.match(line):
            return _table(lines, at)
    found = _with_header(lines) or _barred(lines)
    for number, line in lines:
        cells = _cells(line, "\t;,|")
        if len(cells) > 1 and cells[0]:
            found.append(Setting(f"row.{cells[0].lower()}", cells[1], number))
    return found
