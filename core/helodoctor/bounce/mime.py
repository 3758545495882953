"""The parts of a mail message (RFC 2045, 2046) that tell of a delivery, each leading back to the user's text.

The stdlib's parser loses where a part stood; highlights need it, so the few rules are applied here on offsets.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from itertools import islice

from msgspec import Struct

from helodoctor.bounce import secrets
from helodoctor.bounce.decode import charset
from helodoctor.bounce.text import Text

_FIELD = re.compile(r"(?P<name>[!-9;-~]{1,76}):[ \t]*(?P<value>[^\n]*(?:\n(?:[ \t]|(?:boundary|charset)=)[^\n]*)*)\n?")
_BLANK = re.compile(r"[ \t]*\n")
_ENVELOPE = re.compile(r"(?:>?From [^\n]{1,500}\n)?")
_MESSAGE = re.compile(
    r"\s{0,40}(?:>?From [^\n]{1,500}\n)?(?:[!-9;-~]{1,76}:[^\n]*\n(?:[ \t][^\n]*\n){0,200}){2}", re.ASCII
)
_TOLD_BY_MAIL = re.compile(
    r"(?im)^(?:content-type|mime-version|received|return-path|subject|from|to|date|message-id|auto-submitted)[ \t]?:"
)
_BOUNDARY = re.compile(r"boundary[ \t\n]*=[ \t\n]*(?:\"([^\"\n]{1,200})\"|([^\s;\"]{1,200}))", re.IGNORECASE)
_CHARSET = re.compile(r"charset[ \t\n]*=[ \t\n]*\"?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_DEEPEST, _MOST_PARTS = 8, 100

Header = tuple[dict[str, str], int]


class Part(Struct, frozen=True):
    """A leaf of the message: its type in lower case, its header fields (names in lower case), its characters."""

    type: str
    fields: dict[str, str]
    body: Text
    depth: int


def is_message(string: str) -> bool:
    """Whether ``string`` begins with a header of a mail message."""
    found = _MESSAGE.match(string)
    if found is None:
        return False
    told = _TOLD_BY_MAIL.finditer(string, 0, found.end() + 1500)
    return len(list(islice(told, 2))) == 2


def parts(message: Text, head: Header) -> Iterator[Part]:
    """The leaves of ``message`` in order, transfer encodings undone; a damaged structure gives what can be had.

    ``head`` is the message's :func:`header`, which the caller reads too.
    """
    numbers = iter(range(1, _MOST_PARTS + 1))
    yield from _walk(message, head, 0, numbers)


def header(text: Text) -> Header:
    """The first value of each header field, and the offset where the body begins."""
    string = text.string
    lead = len(string) - len(string.lstrip("\n\t "))
    envelope = _ENVELOPE.match(string, lead)
    position = envelope.end() if envelope else lead
    fields: dict[str, str] = {}
    while found := _FIELD.match(string, position):
        name, value = found.groups()
        fields.setdefault(name.lower(), value)
        position = found.end()
    blank = _BLANK.match(string, position)
    return fields, blank.end() if blank else position


def _walk(entity: Text, head: Header, depth: int, numbers: Iterator[int]) -> Iterator[Part]:
    number = next(numbers, None)
    if number is None or depth > _DEEPEST:
        return
    fields, start = head
    kind = fields.get("content-type", "text/plain").split(";")[0].strip().lower()
    body = entity.cut(start, len(entity.string))
    boundary = _boundary(fields, kind, body.string)
    if boundary:
        for first, last in islice(_split(body.string, boundary), _MOST_PARTS):
            part = body.cut(first, last)
            yield from _walk(part, header(part), depth + 1, numbers)
    else:
        yield Part(kind, fields, _decoded(body, fields, number), depth)


def _boundary(fields: dict[str, str], kind: str, body: str) -> str | None:
    if not kind.startswith("multipart/"):
        return None
    found = _BOUNDARY.search(fields["content-type"])
    boundary = (found[1] or found[2]) if found else None
    return boundary if boundary and f"--{boundary}" in body else None


def _split(body: str, boundary: str) -> Iterator[tuple[int, int]]:
    """The ranges between the boundary's lines (RFC 2046 5.1.1); the newline before a boundary belongs to it."""
    mark = f"--{boundary}"
    start = -1
    at = 0 if body.startswith(mark) else body.find(f"\n{mark}") + 1
    while at or (start < 0 and body.startswith(mark)):
        if start >= 0:
            yield start, max(start, at - 1)
        line = body.find("\n", at)
        if body.startswith("--", at + len(mark)) or line < 0:
            return
        start = line + 1
        at = body.find(f"\n{mark}", line) + 1
        if not at:
            yield start, len(body)
            return


def _decoded(body: Text, fields: dict[str, str], number: int) -> Text:
    encoding = fields.get("content-transfer-encoding", "").strip().lower()
    if encoding not in ("base64", "quoted-printable"):
        return body
    if encoding == "quoted-printable" and "=" not in body.string:
        return body
    raw = body.string.encode("latin-1", "replace")
    data = _base64(raw) if encoding == "base64" else binascii.a2b_qp(raw)
    if data is None:
        return body
    found = _CHARSET.search(fields.get("content-type", ""))
    text = (charset(data, found[1]) if found else None) or charset(data, "utf-8") or data.decode("latin-1")
    return Text(secrets.mask(text.replace("\r\n", "\n").replace("\r", "\n")), of=f"part {number}")


def _base64(raw: bytes) -> bytes | None:
    """As much as decodes: a truncated paste loses its last group, not the rest."""
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", raw.split(b"=")[0])
    try:
        return binascii.a2b_base64(
            letters[: len(letters) // 4 * 4] if len(letters) % 4 == 1 else letters + b"=" * (-len(letters) % 4)
        )
    except binascii.Error:
        return None
