"""A pseudo-language made of the English messages: it shows what is not translated, and what has no room to spare."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from catalogues import DOMAIN, template, texts

LANGUAGE = "qps"  # the code Windows uses for its own pseudo-languages

_ACCENTED = str.maketrans("aceinouyACEINOUY", "àçéîñöûýÀÇÉÎÑÖÛÝ")
_PLACE = re.compile(r"(\{[^{}]*\}|\{\{|\}\})")


def pseudo(text: str) -> str:
    """``text`` accented, a third longer and in brackets; its ``{places}`` stay as they are."""
    parts = _PLACE.split(text)
    accented = "".join(part if index % 2 else part.translate(_ACCENTED) for index, part in enumerate(parts))
    return f"⟦{accented}{'~~~~~~~ ' * (len(text) // 24)}{'~' * (len(text) % 24 // 3)}⟧"  # in pieces: lines break there


def write_catalogue(folder: Path) -> None:
    """Write ``qps/LC_MESSAGES/helodoctor.mo`` below ``folder``."""
    catalogue = Catalog(charset="utf-8", fuzzy=False)
    for message in template():
        if message.id:
            sources = texts(message)
            catalogue.add(message.id, pseudo(sources[0]) if len(sources) == 1 else tuple(map(pseudo, sources)))
    target = folder / LANGUAGE / "LC_MESSAGES" / f"{DOMAIN}.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as stream:
        write_mo(stream, catalogue)
