"""Readers of configuration texts, few and general; the data says which one reads what. None runs or opens anything."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from helodoctor.detect.settings import Setting

Reader = Callable[[str], list[Setting]]

_READERS = {
    "assign": "lines.assign",
    "code": "code.read",
    "exim": "exim.read",
    "headers": "lines.headers",
    "ini": "lines.ini",
    "master": "postfix.master",
    "plain": "lines.plain",
    "postfix": "postfix.main",
    "records": "records.records",
    "rows": "records.rows",
    "text": "lines.nothing",
    "toml": "structured.read_toml",
    "xml": "structured.read_xml",
    "yaml": "structured.read_yaml",
}


def reader(name: str) -> Reader:
    """The reader of format ``name``; its module (and the library it rests on) is loaded on first use."""
    module, function = _READERS[name].split(".")
    found: Reader = getattr(import_module(f"helodoctor.detect.formats.{module}"), function)
    return found
