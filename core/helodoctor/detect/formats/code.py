"""Settings written as program text (PHP, Ruby, JavaScript, Python, Perl, Lua, Java, C#): read as text, never run."""

from __future__ import annotations

import re

from helodoctor.detect.settings import Setting, lines_of

_LITERAL = r"""(?:"((?:[^"\\\n]|\\.){0,500})"|'((?:[^'\\\n]|\\.){0,500})'|`([^`\n]{0,500})`)"""
_KEY = r"""["'\[{>:.$@]*([A-Za-z_][\w.-]{0,80})["'\]}]*"""
_ASSIGNMENT = re.compile(rf"{_KEY}\s*(?:=>|:=|=|:|,)\s*(?:new\s+\w+\(|\w+\(|f|r|b|u)?{_LITERAL}")
_CALL = re.compile(rf"\.?([A-Za-z_]\w{{0,80}})\s*\(\s*{_LITERAL}\s*\)")
_PAIR = re.compile(rf"\(\s*{_LITERAL}\s*,\s*{_LITERAL}\s*\)")
_LINE_COMMENT = re.compile(r"^\s*(?:#|//|--|;|\*|/\*|<!--)")
_END_COMMENT = re.compile(r"\s(?:#|//)\s.*$")


def _literal(match: re.Match[str], first: int) -> str:
    return next((group for group in match.groups()[first - 1 : first + 2] if group is not None), "")


def _of_line(number: int, line: str) -> list[Setting]:
    found = [Setting(match[1].lower(), _literal(match, 2), number) for match in _ASSIGNMENT.finditer(line)]
    found += [Setting(match[1].lower(), _literal(match, 2), number) for match in _CALL.finditer(line)]
    found += [Setting(_literal(match, 1).lower(), _literal(match, 4), number) for match in _PAIR.finditer(line)]
    return found


def read(text: str) -> list[Setting]:
    """Every ``key: "v"``, ``key => 'v'``, ``key = "v"``, ``key("v")`` and ``define("key", "v")`` outside comments."""
    found: list[Setting] = []
    for number, line in lines_of(text):
        if not _LINE_COMMENT.match(line):
            found += _of_line(number, _END_COMMENT.sub("", line[:2000]))
    return found
