"""How old the embedded knowledge is, for ``--version``, reports and the window's About."""

from __future__ import annotations

from importlib.metadata import version

from helodoctor.knowledge.files import load


def knowledge_date() -> str:
    """The date the data files were last reviewed as a whole (ISO 8601)."""
    return load("knowledge.toml", dict[str, str])["date"]


def public_suffix_date() -> str:
    """The date of the embedded public suffix list (ISO 8601), from the package that carries it."""
    stamp = version("publicsuffixlist").rsplit(".", 1)[-1]
    return f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:]}" if len(stamp) == 8 else stamp
