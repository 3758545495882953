"""Line by line formats: ``key = value``, ``key: value``, ``key value``, with or without sections; and a lone value."""

from __future__ import annotations

import re

from helodoctor.detect.settings import Setting, is_prompt, lines_of, unquoted

_SECTION = re.compile(r"\s*\[\[?\s*([^\]]*?)\s*\]\]?\s*(?:[#;].*)?$")
_BLOCK = re.compile(r"\s*([\w.-]+)(?:\s[^{}=]*)?\{\s*$")
_ASSIGNMENT = re.compile(
    r"""\s*(?:export\s+|set\s+|declare\s+-x\s+|ENV\s+|Environment=["']?)?   # shell, mutt, Docker, systemd say so first
    ["']?([\w.$()\[\]/*-]+?)["']?                  # the key
    (?!\s*=>)\s*(?::=|\?=|=|:(?=\s|$|["'])|[ \t])\s*   # what stands between, no arrow of program text
    (.*?)\s*$""",
    re.VERBOSE,
)
_COMMENT = re.compile(r"\s*(?:[#;]|//|--\s)")
_FIELD = re.compile(r"(?:> ?)*([A-Za-z][\w-]{0,60}):(.*)$")
_LONGEST_FIELD, _DEEPEST = 4000, 20
_PLAIN = re.compile(r"\s*[\w.:/\[\]*-]+\s*")
_AFTER_VALUE = re.compile(r"\s+[#;].*$")


def _value(text: str) -> str:
    text = text.strip()
    if text[:1] in ("'", '"') and (end := text.find(text[0], 1)) > 0:
        return text[1:end]
    return unquoted(_AFTER_VALUE.sub("", text).rstrip(",;"))


def assign(text: str) -> list[Setting]:
    """Every ``key``/``value`` line, without sections; comment lines and a shell's prompt lines are passed over."""
    found: list[Setting] = []
    for number, line in lines_of(text):
        if _COMMENT.match(line) or is_prompt(line):
            continue
        if match := _ASSIGNMENT.match(line):
            found.append(Setting(match[1].lower(), _value(match[2]), number))
    return found


def ini(text: str) -> list[Setting]:
    """Like :func:`assign`, each key led by its section or ``{}`` blocks: ``mailer.helo_hostname``."""
    found: list[Setting] = []
    inside, record = list[str](), 0
    for number, line in lines_of(text):
        if _COMMENT.match(line):
            continue
        if match := _SECTION.match(line):
            inside, record = [match[1].lower()], record + 1
        elif match := _BLOCK.match(line):
            inside, record = [*inside[:_DEEPEST], match[1].lower()], record + 1
        elif line.strip() == "}":
            inside, record = inside[:-1], record + 1
        elif match := _ASSIGNMENT.match(line):
            found.append(Setting(".".join([*inside, match[1].lower()]), _value(match[2]), number, record))
    return found


def plain(text: str) -> list[Setting]:
    """The first line that could be a name, as the value of ``value``: control files hold nothing else."""
    for number, line in lines_of(text):
        if _PLAIN.fullmatch(line) and not _COMMENT.match(line) and not is_prompt(line):
            return [Setting("value", line.strip(), number)]
    return []


def headers(text: str) -> list[Setting]:
    """Header fields, unfolded, their white space collapsed (RFC 5322 2.2.3); the line is the field's first."""
    found: list[Setting] = []
    for number, line in lines_of(text):
        if line[:1] in (" ", "\t") and found:
            last = found[-1]
            if len(last.value) < _LONGEST_FIELD:
                found[-1] = Setting(last.key, f"{last.value} {' '.join(line.split())}", last.line, last.record)
        elif match := _FIELD.match(line):
            found.append(Setting(match[1].lower(), " ".join(match[2].split()), number, len(found)))
    return found


def nothing(_text: str) -> list[Setting]:
    """No settings: shapes of format ``text`` bring their own patterns."""
    return []
