"""Undoing what mail programs, web pages and copying do to a text before it is read; the way back is kept."""

from __future__ import annotations

import html
import re

from helodoctor.bounce.text import Edit, Text

_QUOTE = re.compile(
    r"(?m)^[ \t]{0,3}(?:>[ \t]?){1,8}"
    r"(?!>|[ \t]*(?:(?:EHLO|HELO)[ \t]+\S+[ \t]*$|MAIL FROM|RCPT TO|DATA$|QUIT$|STARTTLS$|AUTH ))"
)
_QUOTED_LINE = re.compile(r"\n[ \t]{0,3}>(?!>>)")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f]")
_TERMINAL = re.compile(r"\x1b\[[0-9;]{0,20}[A-Za-z]")
_SMART = {
    "“": '"',
    "”": '"',
    "„": '"',
    "‘": "'",
    "’": "'",
    "‹": "<",
    "›": ">",
    "\u00a0": " ",
    "\u2009": " ",
    "\u202f": " ",
    "\u2011": "-",
    "\u2010": "-",
    "＜": "<",
    "＞": ">",
}
_SMART_SITE = re.compile("[" + "".join(_SMART) + "]")
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|apos|nbsp|l;t|g;t|#\d{2,5}|#x[0-9a-fA-F]{2,4}|shy|zwnj|ldquo|rdquo);?")
_TAG = re.compile(
    r"</?(?:a|b|br|blockquote|body|code|dd|div|dl|dt|em|font|h[1-6]|head|hr|html|i|img|li|meta|ol|p|pre|small|span|strong"
    r"|style|table|tbody|td|th|tr|tt|u|ul)(?:\s[^<>]{0,2000})?/?>|</[A-Za-z][A-Za-z0-9.-]{0,60}>",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"</?(?:br|p|div|li|tr|h[1-6]|pre|blockquote|dd|dt|table|hr)\b", re.IGNORECASE)
_MARKDOWN_LINK = re.compile(r"\[([^\]\[\n]{1,200})\]\((?:mailto:|https?://)[^)\s]{1,300}\)")
# Looking back only from one of its marks: begun with what stands before, it would be tried at every character.
# Between blanks, Exim's own "**" (delivery failed) stays.
_EMPHASIS = re.compile(
    r"[*_`](?:(?<=\*)\*(?:(?=\S)|(?<=\S\*\*))|(?<=_)_(?=[A-Za-z<])|(?<=[A-Za-z0-9>]_)_|(?<=`)(?:(?<!\w`)|(?!\w)))"
)
_STARRED = re.compile(r"\*([\"“][^\"“”\n*]{0,200}\*?[^\"“”\n*]{0,200}[\"”])\*")
_ESCAPES = re.compile(r"\\(?:r\\n|n|r(?!\w))")
_HMAILSERVER_BREAK = re.compile(r"\[nl\]")
_QMAIL_BLANKS = re.compile(r"(?m)delivery \d{1,12}: (?:failure|deferral|success): (?P<said>[^\s]{1,3000})$")
_JSON_ESCAPE = re.compile(r"\\u(00(?:3[cCeE]|2[267]))")
_JSON_END = re.compile(r'"\}{1,3}[ \t]*$', re.MULTILINE)
_ESCAPED_QUOTE = re.compile(r"\\(?=[\"'])")
_DOCKER = re.compile(r"(?m)^[A-Za-z0-9_.-]{1,60}[ \t]{1,20}\|[ \t]")
_GLUED_GREETING = re.compile(r"(?m)(?<=;)(?=(?:HELO|EHLO)[ \t]+\S{1,255}[ \t]*$)")


def clean(text: Text) -> Text:
    """``text`` as the machine wrote it, as far as that can be told: quoting, tags, entities, odd characters undone."""
    string = text.string
    if "\x1b" in string:
        text = text.substitute(_TERMINAL, "")
    if not string.isascii():
        text = text.substitute(_INVISIBLE, "")
        text = text.edit(_smart(text.string))
    elif _CONTROL.search(string):
        text = text.substitute(_CONTROL, "")
    if "\\" in text.string:
        text = text.edit(_unescaped(text.string))
        text = text.substitute(_ESCAPES, "\n").substitute(_ESCAPED_QUOTE, "")
    if '{"' in text.string:
        text = text.substitute(_JSON_END, "")
    if "[nl]" in text.string:  # hMailServer's way to log a reply of several lines
        text = text.substitute(_HMAILSERVER_BREAK, "\n")
    if "delivery " in text.string and "_" in text.string:
        text = text.edit(_qmail_blanks(text.string))
    text = _markup(text.with_newlines())
    if ">" in text.string and _quoted(text.string):
        text = text.substitute(_QUOTE, "")
    if "|" in text.string:
        text = text.substitute(_DOCKER, "")
    return text.substitute(_GLUED_GREETING, "\n") if "HELO" in text.string or "EHLO" in text.string else text


def _smart(string: str) -> list[Edit]:
    return [(*found.span(), _SMART[found[0]]) for found in _SMART_SITE.finditer(string)]


def _unescaped(string: str) -> list[Edit]:
    """JSON logs write brackets as ``\\u003c`` so that they may stand in a web page."""
    return [(*found.span(), chr(int(found[1], 16))) for found in _JSON_ESCAPE.finditer(string)]


def _qmail_blanks(string: str) -> list[Edit]:
    """qmail-send logs what the other side said with ``_`` for every blank."""
    edits: list[Edit] = []
    for line in _QMAIL_BLANKS.finditer(string):
        edits += [(at, at + 1, " ") for at in range(*line.span("said")) if string[at] == "_"]
    return edits


def _quoted(string: str) -> bool:
    """Quoting is a habit of most lines; a single ``>`` may as well be a transcript's mark."""
    quoted = len(_QUOTED_LINE.findall(f"\n{string}"))
    return quoted > 0 and quoted * 2 >= sum(1 for line in string.splitlines() if line.strip())


def _markup(text: Text) -> Text:
    for _ in range(2 if "&amp;" in text.string else 1 if "&" in text.string else 0):  # some pages escape twice
        text = text.edit((*found.span(), _entity(found[0])) for found in _ENTITY.finditer(text.string))
    if "</" in text.string or "<br" in text.string.lower():
        text = text.edit((*tag.span(), "\n" if _BLOCK.match(tag[0]) else "") for tag in _TAG.finditer(text.string))
    if "](" in text.string:
        text = text.edit(_inner(_MARKDOWN_LINK, text.string))
    if "**" in text.string or "__" in text.string or "`" in text.string:
        text = text.substitute(_EMPHASIS, "")
    if '*"' in text.string or "*“" in text.string:
        text = text.edit(_inner(_STARRED, text.string))
    return text


def _inner(pattern: re.Pattern[str], string: str) -> list[Edit]:
    """Leave only the first group of every match."""
    edits: list[Edit] = []
    for found in pattern.finditer(string):
        start, end = found.span(1)
        edits += [
            (found.start(), start, ""),
            (end, found.end(), " " if string[found.end() : found.end() + 1].isalnum() else ""),
        ]
    return edits


def _entity(entity: str) -> str:
    broken = {"&l;t": "<", "&g;t": ">", "&l;t;": "<", "&g;t;": ">"}
    return broken.get(entity) or html.unescape(entity if entity.endswith(";") else entity + ";")
