"""Exim: options of the main section and of transports, macros, or what ``exim -bP`` printed (Exim spec 6, 14, 30)."""

from __future__ import annotations

import re

from helodoctor.detect.settings import Setting, lines_of

_MACRO = re.compile(r"([A-Z]\w*)\s*==?\s*(.*)$")
_OPTION = re.compile(r"\s*(?:hide\s+)?([a-z][a-z0-9_]*)\s*=\s*(.*)$")
_BEGIN = re.compile(r"\s*begin\s+(\w+)")
_BLOCK = re.compile(r"([A-Za-z]\w*):\s*$")
_PRINTED = re.compile(r"([A-Za-z]\w*) transport:\s*$")
_CONDITION = re.compile(r"\.(ifdef|ifndef|else|elifdef|endif)\b\s*(\S*)")
_WORD = re.compile(r"\b[A-Z]\w*\b")
_REFERENCE = re.compile(r"\$(?:\{(\w+)\}|(\w+))")


class _Reading:
    """One pass over a configuration: which macros are known, which part is being read, what was set."""

    def __init__(self) -> None:
        self.found: list[Setting] = []
        self._macros: dict[str, Setting] = {}
        self._skipping: list[bool] = []
        self._part = ""
        self._block = ""

    def line(self, number: int, line: str) -> None:
        """Take in one line."""
        if condition := _CONDITION.match(line.strip()):
            self._condition(condition[1], condition[2])
        elif any(self._skipping) or not line.strip() or line.lstrip().startswith("#"):
            return
        elif begun := _BEGIN.match(line):
            self._part, self._block = begun[1], ""
        elif printed := _PRINTED.match(line):
            self._part, self._block = "transports", printed[1].lower()
        elif self._part == "transports" and (block := _BLOCK.match(line)):
            self._block = block[1].lower()
        else:
            self._setting(number, line)

    def _condition(self, word: str, macro: str) -> None:
        if word in ("ifdef", "ifndef"):
            self._skipping.append((macro in self._macros) != (word == "ifdef"))
        elif word == "endif" and self._skipping:
            self._skipping.pop()
        elif self._skipping:
            self._skipping[-1] = not self._skipping[-1] if word == "else" else macro not in self._macros

    def _setting(self, number: int, line: str) -> None:
        macro = _MACRO.match(line) if not self._part else None
        if macro:
            self._macros[macro[1]] = Setting(macro[1].lower(), macro[2].strip(), number)
            self.found.append(self._macros[macro[1]])
        elif (option := _OPTION.match(line)) and self._part in ("", "transports"):
            value, stated = option[2].strip(), self._macros.get(option[2].strip())
            filled = _WORD.sub(lambda word: self._filled(word[0]), value)
            key = f"{self._block}.{option[1]}" if self._block else option[1]
            self.found.append(Setting(key, filled[:1024], stated.line if stated else number))

    def _filled(self, word: str) -> str:
        return self._macros[word].value if word in self._macros else word


def _followed(setting: Setting, known: dict[str, Setting]) -> Setting:
    """A value that is just ``$primary_hostname`` is that setting's, with its line."""
    reference = _REFERENCE.fullmatch(setting.value)
    other = known.get((reference[1] or reference[2]).lower()) if reference else None
    return Setting(setting.key, other.value, other.line) if other and other.key != setting.key else setting


def read(text: str) -> list[Setting]:
    """Options of the main section (``primary_hostname``), of transports (``remote_smtp.helo_data``), and macros."""
    reading = _Reading()
    for number, line in lines_of(text):
        reading.line(number, line)
    known = {setting.key: setting for setting in reading.found}
    return [_followed(setting, known) for setting in reading.found]
