"""How a mail system is pointed at the listener, in words: sentences, each with what is to be copied."""

from __future__ import annotations

from helodoctor.knowledge.senders import Pointing
from helodoctor.model import Target
from helodoctor.words.catalogue import Words

Line = tuple[str, str | None]


def pointing_lines(words: Words, known: Pointing | None, target: Target) -> list[Line]:
    """Sentences in their order, with the command or text that belongs to each (``None``: nothing to copy)."""
    if known is None:
        values = {"host": target.host, "port": target.port}
        return [(words.sentence("trials", "point", "anyhow", **values), None), _back(words)]
    if known.text is None:
        return [(words.sentence("trials", "point", "command"), known.sh), _back(words, known.back)]
    place = words.sentence("trials", "point", "file" if known.file else "program", file=known.file or "")
    after = [(words.sentence("trials", "point", "then"), known.sh)] if known.sh else []
    return [(place, known.text), *after, _back(words)]


def _back(words: Words, command: str | None = None) -> Line:
    return words.sentence("trials", "point", "back-command" if command else "back"), command
