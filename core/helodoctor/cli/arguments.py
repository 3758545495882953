"""argparse's own words in the user's language: it asks two functions of gettext, which look into ours instead."""

from __future__ import annotations

import argparse
import re

from helodoctor.words import Words

_CODE = re.compile(r"%(?:\((\w+)\))?[rs]")


def _in_our_words(words: Words, text: str) -> str:
    """What stands for a text of argparse, with the same codes (``%(value)r``) to be filled; else the text itself."""
    if not words.has("arguments", text):
        return text
    codes = {code[1] or "value": code[0] for code in _CODE.finditer(text)}
    return words.sentence("arguments", text, **codes) + text[len(text.rstrip()) :]


def speak_through_argparse(words: Words) -> None:
    """Let every parser speak with ``words`` from now on.

    argparse imports ``gettext`` and ``ngettext`` by name, and offers no other way to its words: a text domain of the
    process would be the whole program's, and would follow the environment instead of ``--lang``.
    """
    vars(argparse).update(
        _=lambda text: _in_our_words(words, text),
        ngettext=lambda one, many, count: _in_our_words(words, one if count == 1 else many),
    )
