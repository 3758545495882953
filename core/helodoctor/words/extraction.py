"""How Babel finds our messages: in Python by its grammar, in TOML every string. Never used at run time."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import IO, Any

import tomli

Message = tuple[int, str | None, str | tuple[str | None, ...], list[str]]


def _called(call: ast.Call) -> str:
    """The last part of a called name: ``tr`` for ``tr(...)`` and ``words.tr(...)``."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _literal(argument: ast.expr) -> str | None:
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None


def extract_python(
    fileobj: IO[bytes],
    keywords: Mapping[str, Any],
    comment_tags: Iterable[str],  # noqa: ARG001 - Babel's interface
    options: Mapping[str, str],  # noqa: ARG001
) -> Iterator[Message]:
    """Yield every call of a function named in ``keywords``, with its literal arguments.

    Babel's own reader works on tokens, and before Python 3.12 an f-string is one token: what is called inside is lost.
    """
    calls = [node for node in ast.walk(ast.parse(fileobj.read())) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        if (name := _called(call)) in keywords:
            yield call.lineno, name, tuple(map(_literal, call.args)), []


def _strings(value: object) -> Iterator[str]:
    """Every string in ``value``, in the order of the file; empty ones are no messages."""
    match value:
        case str() if value:
            yield value
        case dict():
            yield from chain.from_iterable(map(_strings, value.values()))
        case list():
            yield from chain.from_iterable(map(_strings, value))
        case _:
            pass


def _line_of(text: str, lines: list[str]) -> int:
    """Where a message stands (its first 20 characters decide); 1 where escapes hide it."""
    start = text.strip().splitlines()[0][:20] if text.strip() else text
    return next((number for number, line in enumerate(lines, 1) if start in line), 1)


def extract_toml(
    fileobj: IO[bytes],
    keywords: Mapping[str, Any],  # noqa: ARG001 - Babel's interface; TOML has no calls
    comment_tags: Iterable[str],  # noqa: ARG001
    options: Mapping[str, str],  # noqa: ARG001
) -> Iterator[Message]:
    """Yield every string of a word file: each is a sentence a user may read."""
    source = fileobj.read().decode()
    lines = source.splitlines()
    for text in _strings(tomli.loads(source)):
        yield _line_of(text, lines), None, text, []
