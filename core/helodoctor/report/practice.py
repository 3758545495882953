"""One conversation of the practice server, for scripts (``practice --json``) and for people."""

from __future__ import annotations

from helodoctor.network.practice import Judged
from helodoctor.words import Words


def as_object(talk: Judged) -> dict[str, object]:
    """Who announced what, and what became of it."""
    return {
        "client": talk.client,
        "name": talk.name,
        "verb": talk.verb,
        "tls": talk.tls,
        "verdict": talk.verdict.value,
        "stage": talk.stage.value,
        "reply": talk.reply,
        "assumed": list(talk.assumed),
    }


def as_text(talk: Judged, words: Words) -> str:
    """The same in one sentence."""
    return words.sentence("trials", "practice", talk.verdict.value, name=talk.name, reply=talk.reply)
