"""Filling ``{places}``: in sentences as they are, in commands quoted for the shell that will read them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Mapping

from helodoctor.knowledge.senders import Shell

Places = Mapping[str, str]

_PLACE = re.compile(r"\{([a-z_]+)\}")

# A word of the template: quoted parts and plain characters up to white space or an operator of the shell.
_WORD = re.compile(r"""(?:'[^']*'|"[^"]*"|\{[a-z_]+\}|[^\s'"|&;<>()])+""")

# PowerShell takes four typographic marks for a single quote as well (about_Quoting_Rules).
_POWERSHELL_QUOTES = re.compile("(['\u2018\u2019\u201a\u201b])")

# Inside double quotes cmd.exe still expands %VAR% and ends at the next double quote; nothing escapes either.
_CMD_UNQUOTABLE = re.compile(r'["%!]')


class UnquotableError(ValueError):
    """The value cannot stand in a command of that shell, however it is quoted."""


def fill(template: str, places: Places) -> str:
    """``template`` with every known place filled; braces that name no place stay as they are."""
    return _PLACE.sub(lambda found: places.get(found[1], found[0]), template)


def named_in(template: str) -> set[str]:
    """The places ``template`` has."""
    return set(_PLACE.findall(template))


def _quote_sh(word: str) -> str:
    return shlex.quote(word)


def _quote_powershell(word: str) -> str:
    return "'" + _POWERSHELL_QUOTES.sub(r"\1\1", word) + "'"


def _quote_cmd(word: str) -> str:
    if _CMD_UNQUOTABLE.search(word):
        raise UnquotableError(word)
    return f'"{word}"'


_QUOTE: dict[Shell, Callable[[str], str]] = {"sh": _quote_sh, "powershell": _quote_powershell, "cmd": _quote_cmd}


def _unquote(word: str) -> str:
    """The template's own word without its quotes, so that it can be quoted anew around the filled value."""
    return re.sub(r"""'([^']*)'|"([^"]*)\"""", lambda found: found[1] or found[2] or "", word)


def command(template: str, places: Places, shell: Shell) -> str:
    """``template``, a command of ``shell``, with its places filled so that each value is data and never code.

    Raises:
        UnquotableError: a value holds a control character, or one that this shell cannot quote.
    """

    def filled(found: re.Match[str]) -> str:
        word = found[0]
        if not named_in(word) & places.keys():
            return word
        home, text = ("~/", word[2:]) if word.startswith("~/") else ("", word)
        value = fill(_unquote(text), places)
        if not value.isprintable():
            raise UnquotableError(value)
        return home + _QUOTE[shell](value)

    return _WORD.sub(filled, template)
