"""A mail message or a bare text: which parts are read by which reader, and how what they found is put together."""

from __future__ import annotations

import re

from helodoctor.bounce import mime, plain
from helodoctor.bounce.facts import Facts
from helodoctor.bounce.merging import merge
from helodoctor.bounce.mime import Part
from helodoctor.bounce.readers import dsn
from helodoctor.bounce.text import Text
from helodoctor.model import BounceKind, Role

_LINE_END = re.compile(r"\r+\n?")
_STATUS_TYPES = ("message/delivery-status", "message/global-delivery-status")
_NESTED = ("message/rfc822", "message/global")
_RETURNED = ("text/rfc822-headers", "message/rfc822-headers", "message/feedback-report", "message/disposition-notification")
_DEEPEST = 4


def read(text: Text, depth: int = 0) -> list[Facts]:
    """Everything ``text`` reports, in order; never empty."""
    if "\r" in text.string:
        text = text.substitute(_LINE_END, "\n")
    if not mime.is_message(text.string):
        return plain.read(text)
    return _message(text, depth)


def _message(text: Text, depth: int) -> list[Facts]:
    parts = list(mime.parts(text))
    status = [facts for part in parts if part.type in _STATUS_TYPES for facts in dsn.read(part.body)]
    spoken = [part for part in parts if part.type in ("text/plain", "text", "")] or [
        part for part in parts if part.type == "text/html"
    ]
    told = [facts for part in spoken[:8] for facts in _told(part, bool(status))]
    found = merge(status, told)
    if any(facts.reply_code or facts.enhanced_code or facts.refused for facts in found) or depth >= _DEEPEST:
        return found
    nested = [facts for part in parts if part.type in _NESTED for facts in read(part.body, depth + 1)]
    replied = [facts for facts in nested if facts.refused]
    return replied or found or nested or plain.read(text)


def _told(part: Part, beside_status: bool) -> list[Facts]:
    found = plain.read(part.body, returned=not beside_status)
    for facts in found:
        if facts.kind is BounceKind.UNKNOWN:
            facts.kind = BounceKind.NDR
            if facts.role is Role.UNKNOWN:
                facts.role = Role.SENDER
    return found
