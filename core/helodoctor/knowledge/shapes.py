"""The data behind detection: by what a system's texts are known, and which of their settings holds the name."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Format = Literal[
    "assign", "code", "exim", "headers", "ini", "master", "plain",
    "postfix", "records", "rows", "text", "toml", "xml", "yaml",
]  # fmt: skip
Source = Literal["file", "command", "machine", "headers", "bounce"]


class Rung(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One setting that may hold the announced name; a shape's rungs stand in order of precedence.

    ``key`` is a glob over the keys its format yields (lower case); for format ``text`` a ``pattern`` is searched
    instead, line by line, whose groups make the value. ``pick`` tells which counts where several match (``only``: the
    first, and no other is told). ``beside`` demands other settings of the same record (key -> pattern). ``means``
    maps patterns of the whole value to the id of a default (``""``: such a value says nothing); ``located`` is false
    where the line read does not decide then (a lookup at run time, another file). ``take`` is a pattern whose first
    group cuts the name out of the value. ``url`` takes the host of a URL, or its query parameter ``suffix``;
    otherwise ``suffix`` is the key of a domain to append to a short name. ``scope`` tells what the setting holds for
    (``key``: the first part of the key), ``""`` everything.
    """

    key: str = ""
    pattern: str = ""
    pick: Literal["first", "last", "only"] = "last"
    beside: dict[str, str] = {}
    take: str = ""
    means: dict[str, str] = {}
    url: Literal["", "host", "query"] = ""
    suffix: str = ""
    scope: str = ""
    located: bool = True


class Shape(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind of text of a system: a file, or what a command prints.

    ``files`` are globs over the path or its end (lower case, forward slashes); ``marks`` are patterns, each of which
    speaks for this shape where it is found. ``default`` is the id of what is announced when no rung is set, ``None``
    the system's own; ``weight`` is added to the score, to prefer a shape over a more general one.
    """

    format: Format
    source: Source = "file"
    files: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    names: tuple[Rung, ...] = ()
    default: str | None = None
    weight: int = 0
