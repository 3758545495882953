"""A mail message or a bare text: which parts are read by which reader, and how what they found is put together."""

from __future__ import annotations

import re

from helodoctor.bounce import mime, plain
from helodoctor.bounce.facts import Facts
from helodoctor.bounce.finish import finish
from helodoctor.bounce.merging import merge
from helodoctor.bounce.mime import Header, Part
from helodoctor.bounce.readers import dsn, mbox
from helodoctor.bounce.text import Text
from helodoctor.model import BounceKind, Role

_STATUS_TYPES = ("message/delivery-status", "message/global-delivery-status")
_NESTED = ("message/rfc822", "message/global")
_DAEMONS = ("mailer-daemon", "postmaster", "mail delivery", "mailerdaemon")
_ADDRESS = re.compile(r"[^\s<>,;:\"()]{1,64}@[^\s<>,;:\"()]{1,255}")
_DEEPEST = 4


def read(text: Text) -> list[Facts]:
    """Everything ``text`` reports, in order; never empty."""
    return [finish(facts) for message in mbox.messages(text.with_newlines()) for facts in _entity(message, 0)]


def _entity(text: Text, depth: int) -> list[Facts]:
    return _message(text, depth) if mime.is_message(text.string) else plain.read(text)


def _message(text: Text, depth: int) -> list[Facts]:
    head = mime.header(text)
    parts = list(mime.parts(text, head))
    status = [facts for part in parts if part.type in _STATUS_TYPES for facts in dsn.read(part.body)]
    spoken = [part for part in parts if part.type in ("text/plain", "text", "")] or [
        part for part in parts if part.type == "text/html"
    ]
    told = [facts for part in spoken[:8] for facts in _told(part, bool(status))]
    found = _addressed(merge(status, told), head[0])
    if any(facts.reply_code or facts.enhanced_code or facts.refused for facts in found) or depth >= _DEEPEST:
        return found
    nested = [facts for part in parts if part.type in _NESTED for facts in _entity(part.body, depth + 1)]
    replied = [facts for facts in nested if facts.refused]
    return replied or [*found, *_arrived(text, head)] or nested or plain.read(text)


def _arrived(text: Text, head: Header) -> list[Facts]:
    """An ordinary mail is no bounce, but its header shows the name its sender said."""
    fields, start = head
    if fields.get("content-type", "").lower().startswith("multipart/report") or _from_daemon(fields):
        return []
    return [facts for facts in plain.read(text.cut(0, start), returned=False) if facts.helo_name]


def _from_daemon(fields: dict[str, str]) -> bool:
    return "x-failed-recipients" in fields or any(word in fields.get("from", "").lower() for word in _DAEMONS)


def _addressed(found: list[Facts], fields: dict[str, str]) -> list[Facts]:
    """A non-delivery report goes back to the sender of the mail, and Exim names who could not be reached."""
    if not _from_daemon(fields):
        return found
    for facts in found:
        if facts.kind is BounceKind.TRANSCRIPT:
            facts.kind, facts.role = BounceKind.NDR, Role.SENDER
        for name, header in (("sender", "to"), ("recipient", "x-failed-recipients")):
            address = _ADDRESS.search(fields.get(header, ""))
            if address and getattr(facts, name) is None:
                setattr(facts, name, address[0])
    return found


def _told(part: Part, beside_status: bool) -> list[Facts]:
    found = plain.read(part.body, returned=not beside_status)
    for facts in found:
        if facts.kind is BounceKind.UNKNOWN:
            facts.kind = BounceKind.NDR
            if facts.role is Role.UNKNOWN:
                facts.role = Role.SENDER
    return found
