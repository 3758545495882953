"""YAML (and JSON, which it contains), TOML and XML by their libraries' parsers, which keep or can be told the line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import Any
from xml.parsers import expat

from helodoctor.detect.settings import Setting, lines_of, without_prompts

_DEEPEST = 40
_MOST = 20_000
_LONGEST_LINE = 4000
_VARIABLE = re.compile(r"[A-Za-z_]\w{1,80}")  # environment variables stand in lists as NAME=value, or as name and value


def read_yaml(text: str) -> list[Setting]:
    """Every scalar of every document under its dotted path; items of a list share their parent's key.

    Settings of one mapping have the same record.
    A text the parser refuses yields nothing. Nothing is constructed: tags and aliases are never followed.
    """
    import yaml

    found: list[Setting] = []
    mappings = count(1)

    def walk(node: yaml.Node | None, path: str, depth: int, record: int = 0) -> None:
        if depth > _DEEPEST or len(found) >= _MOST:
            return
        if isinstance(node, yaml.ScalarNode):
            key, is_pair, value = str(node.value).partition("=")
            if is_pair and _VARIABLE.fullmatch(key):
                found.append(Setting(f"{path}.{key.lower()}", value, node.start_mark.line + 1, record))
            found.append(Setting(path, str(node.value), node.start_mark.line + 1, record))
        elif isinstance(node, yaml.SequenceNode):
            for item in node.value:
                walk(item, path, depth + 1, record)
        elif isinstance(node, yaml.MappingNode):
            record = next(mappings)
            parts = {str(key.value): value for key, value in node.value}
            if set(parts) == {"name", "value"} and isinstance(parts["name"], yaml.ScalarNode):
                walk(parts["value"], f"{path}.{str(parts['name'].value).lower()}", depth + 1, record)
            for key, value in node.value:
                if key.value == "<<":
                    walk(value, path, depth + 1)
                    continue
                name = str(key.value).lower() if isinstance(key, yaml.ScalarNode) else "?"
                walk(value, f"{path}.{name}" if path else name, depth + 1, record)

    try:
        for document in yaml.compose_all(without_prompts(text).expandtabs(), Loader=yaml.SafeLoader):
            walk(document, "", 0)
    except (yaml.YAMLError, RecursionError, ValueError):
        pass
    return found


def _flat(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(inner, f"{path}.{key.lower()}" if path else key.lower())
    elif isinstance(value, list):
        for inner in value:
            yield from _flat(inner, path)
    else:
        yield path, str(value)


def read_toml(text: str) -> list[Setting]:
    """Every value under its dotted key; the line is the first, from the last one found on, that shows key and value."""
    import tomli

    lines = list(lines_of(text))
    try:
        document = tomli.loads(without_prompts("\n".join(line for _, line in lines)))
    except (tomli.TOMLDecodeError, RecursionError):
        return []
    found: list[Setting] = []
    for path, value in _flat(document, ""):
        key = re.compile(rf"\s*[\"']?(?:[\w\"'-]+\s*\.\s*)*[\"']?{re.escape(path.rsplit('.', 1)[-1])}[\"']?\s*=", re.I)
        line = next((number for number, line in lines if key.match(line) and value in line), 1)
        found.append(Setting(path, value, line))
        if len(found) >= _MOST:
            break
    return found


class _Xml:
    """Elements and attributes under the path of their elements' names."""

    def __init__(self) -> None:
        self.found: list[Setting] = []
        self._path: list[str] = []
        self._text = ""
        self._line = 0
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.EntityDeclHandler = self._entity

    def parse(self, text: str) -> None:
        """Take in a document; a broken one keeps what stood before the break."""
        try:
            self._parser.Parse(text.encode("utf-8", "replace"), True)
        except (expat.ExpatError, ValueError):
            return

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._path) >= _DEEPEST:
            raise ValueError("a document that deep is not read on")
        self._path.append(name.lower().rsplit(":", 1)[-1])
        self._text, self._line = "", 0
        for key, value in attributes.items():
            self._add(".".join([*self._path, key.lower()]), value, self._line_of(value))

    def _line_of(self, value: str) -> int:
        """Attributes have no line of their own: the tag's, or the one below it that shows the value."""
        first: int = self._parser.CurrentLineNumber
        source = self._lines[first - 1 : first + 40]
        return next(
            (first + offset for offset, line in enumerate(source) if value and f'"{value}"' in line[:_LONGEST_LINE]),
            first,
        )

    def _end(self, _name: str) -> None:
        if self._text.strip():
            self._add(".".join(self._path), self._text.strip(), self._line)
        self._text = ""
        self._path.pop()

    def _characters(self, text: str) -> None:
        if not self._text.strip():
            self._line = self._parser.CurrentLineNumber
        self._text += text

    def _entity(self, *_declaration: object) -> None:
        raise ValueError("a document with entities of its own is not read")

    def _add(self, path: str, value: str, line: int) -> None:
        if len(self.found) < _MOST:
            self.found.append(Setting(path, value, line))

    def read(self, text: str) -> list[Setting]:
        """The settings of ``text``."""
        self._lines = [line for _, line in lines_of(text)]
        self.parse("\n".join(self._lines).lstrip())
        return self.found


def read_xml(text: str) -> list[Setting]:
    """Every element's text and every attribute under the dotted path of element names."""
    return _Xml().read(text)
