"""Settings written as program text (PHP, Ruby, JavaScript, Python, Perl, Lua, Java, C#): read as text, never run."""

from __future__ import annotations

import re
from collections.abc import Iterator

from helodoctor.detect.settings import Setting, lines_of

_LITERAL = r"""(?:"((?:[^"\\\n]|\\.){0,500})"|'((?:[^'\\\n]|\\.){0,500})'|`([^`\n]{0,500})`)"""
_KEY = r"""["'\[{>:.$@]*([A-Za-z_][\w.-]{0,80})["'\]}]*"""
_ASSIGNMENT = re.compile(rf"{_KEY}\s*(?:=>|:=|=|:|,)\s*(?:new\s+\w+\(|\w+\(|f|r|b|u)?{_LITERAL}")
_CALL = re.compile(rf"\.?([A-Za-z_]\w{{0,80}})\s*\(\s*{_LITERAL}\s*\)")
_PAIR = re.compile(rf"\(\s*{_LITERAL}\s*,\s*{_LITERAL}\s*\)")
_LINE_COMMENT = re.compile(r"^\s*(?:#|//|--|;|\*|/\*|<!--)")
_END_COMMENT = re.compile(r"\s(?:#|//)\s.*$")
_BLOCK_COMMENTS = {
    "/*": "*/", "<#": "#>", "--[[": "]]", "=begin": "=end", "=pod": "=cut", '"""': '"""',
}  # fmt: skip
_ENVIRONMENT = re.compile(  # what counts where it is set; the literal that follows counts where it is not
    r"""\b(?:env|getenv|ENV\.fetch|environ\.get)\(\s*["']\w+["']\s*(?:,\s*)?|\bprocess\.env\.\w+\s*(?:\|\||\?\?)\s*"""
)
_BRACKET = re.compile(rf"{_LITERAL}|([\[{{(])|([\]}})])")
_OPENER = re.compile(r"""([A-Za-z_]\w{0,60})["'\]]*\s*(?:=>|[:=(])?\s*(?:array\s*)?$""")
_OPENER_LENGTH, _DEEPEST = 80, 50


class _Blocks:
    """In which pair of brackets the reading is: the word in front of it, and its number."""

    def __init__(self) -> None:
        self._open: list[tuple[str, int]] = [("", 0)]
        self._count = 0

    def take_in(self, line: str) -> Iterator[tuple[int, str, int]]:
        """From which column of ``line`` on which block counts: its word (its parent's if it has none), its number."""
        yield 0, *self._open[-1]
        for match in _BRACKET.finditer(line):
            if match[4] and len(self._open) < _DEEPEST:
                word = _OPENER.search(line[max(0, match.start() - _OPENER_LENGTH) : match.start()])
                self._count += 1
                self._open.append((word[1].lower() if word else self._open[-1][0], self._count))
            elif match[5] and len(self._open) > 1:
                self._open.pop()
            else:
                continue
            yield match.end(), *self._open[-1]


def _literal(match: re.Match[str], first: int) -> str:
    return next((group for group in match.groups()[first - 1 : first + 2] if group is not None), "")


def _pairs(line: str) -> Iterator[tuple[str, str, int]]:
    """Keys, values, and the column where each key begins."""
    yield from ((match[1], _literal(match, 2), match.start(1)) for match in _ASSIGNMENT.finditer(line))
    yield from ((match[1], _literal(match, 2), match.start(1)) for match in _CALL.finditer(line))
    yield from ((_literal(match, 1), _literal(match, 4), match.start()) for match in _PAIR.finditer(line))


def _of_line(number: int, line: str, blocks: _Blocks) -> Iterator[Setting]:
    """Every setting under its own key and, in brackets that have a word in front, under ``word/key`` too."""
    inside = list(blocks.take_in(line))
    for key, value, column in _pairs(line):
        word, record = next(block[1:] for block in reversed(inside) if block[0] <= column)
        yield Setting(key.lower(), value, number, record)
        if word:
            yield Setting(f"{word}/{key.lower()}", value, number, record)


def _comment_end(line: str) -> str:
    """What ends the comment that ``line`` begins and does not end itself; nothing where it begins none."""
    begun = ((start, stop) for start, stop in _BLOCK_COMMENTS.items() if line.startswith(start))
    return next((stop for start, stop in begun if stop not in line[len(start) :]), "")


def _told(text: str) -> Iterator[tuple[int, str]]:
    """The lines outside comments, without what stands in an environment."""
    end = ""
    for number, line in lines_of(text):
        bare = line.strip()
        if end:
            end = "" if end in bare else end
            continue
        end = _comment_end(bare)
        if not end and not _LINE_COMMENT.match(line):
            yield number, _ENVIRONMENT.sub("", _END_COMMENT.sub("", line[:2000]))


def read(text: str) -> list[Setting]:
    """Every ``key: "v"``, ``key => 'v'``, ``key = "v"``, ``key("v")`` and ``define("key", "v")`` outside comments.

    What stands in the same pair of brackets has the same record, and is there as ``word/key`` too, where a word stands
    in front of the brackets.
    """
    blocks = _Blocks()
    return [setting for number, line in _told(text) for setting in _of_line(number, line, blocks)]
