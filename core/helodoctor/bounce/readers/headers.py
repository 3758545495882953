"""Header lines of a message that arrived (Received, Received-SPF, Authentication-Results), and single log facts."""

from __future__ import annotations

import re

from helodoctor.bounce.facts import Facts
from helodoctor.bounce.text import Text
from helodoctor.model import BounceKind
from helodoctor.wire import received

# The last server writes its own fields above them; a whole message that begins so may as well be a bounce.
_FIRST = re.compile(
    r"(?i)(?P<above>(?:(?:Delivered-To|Return-Path|Envelope-To|Delivery-Date|X-[\w-]{1,60})[ \t]?:[^\n]*+\n)*+)"
    r"[ \t]*(?:Received|Received-SPF|Authentication-Results|X-Received)[ \t]?:[ \t]"
)


def read(text: Text) -> list[Facts]:
    """One note of an accepted delivery per hop that shows a HELO name, the newest first."""
    first = _FIRST.match(text.string.strip())
    if not first or (first["above"] and "\n\n" in first.string):
        return []
    facts = Facts(text, BounceKind.HEADERS, accepted=True)
    for hop in received.hops(text.string):
        if hop.helo:
            facts.note("helo_name", hop.helo, *hop.helo_at)
            facts.client_ip = hop.ip
            facts.note("receiver_host", hop.by, *hop.by_at, "receiver") if hop.by else None
            break
    return [facts]
