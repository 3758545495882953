"""Delivery status notifications (RFC 3464): the machine-readable part, whole or pasted in pieces."""

from __future__ import annotations

import re

from helodoctor.bounce.facts import Facts
from helodoctor.bounce.text import Text
from helodoctor.model import BounceKind, Permanence, Role

_FIELD = re.compile(
    r"(?im)^[ \t]*(?P<name>Reporting-MTA|Received-From-MTA|X-Postfix-Queue-ID|X-Postfix-Sender|Final-Recipient"
    r"|Original-Recipient|Action|Status|Remote-MTA|Diagnostic-Code|X-Actual-Recipient)[ \t]?:[ \t]*"
    r"(?P<value>[^\n]{0,4000}(?:\n[ \t]+[^\n]{0,4000}){0,60})"
)
# Looking back only from a blank: a pattern that begins with a set of characters is searched several times faster.
_INLINE = re.compile(r"[ \t](?<=[^\s][ \t])[ \t]{0,19}(?=(?:Diagnostic-Code|Remote-MTA|Action|Final-Recipient)[ \t]?:)")
_TYPED = re.compile(r"(?P<type>[A-Za-z0-9-]{1,40})[ \t]*;[ \t\n]*")
_ENHANCED = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_HOST = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}")
_ADDRESS = re.compile(r"<?(?P<address>[^\s<>;]{1,320})>?")
_MOST_RECIPIENTS = 60
_MOST_READ = 128 * 1024
_PER_MESSAGE = ("reporting-mta", "received-from-mta", "x-postfix-queue-id", "x-postfix-sender")
_RECIPIENTS = ("original-recipient", "final-recipient", "x-actual-recipient")


def read(text: Text) -> list[Facts]:
    """One note per recipient of the status fields in ``text``; empty where there are none."""
    if "tatus:" not in text.string and "iagnostic-" not in text.string and "ecipient:" not in text.string:
        return []
    if len(text.string) > _MOST_READ:
        text = text.cut(0, _MOST_READ)
    string = text.string
    if _INLINE.search(string):
        text = text.substitute(_INLINE, "\n")
    shared, recipients = Facts(text, BounceKind.DSN), list[Facts]()
    seen: set[str] = set()
    for field in _FIELD.finditer(text.string):
        name = field["name"].lower()
        if name in _PER_MESSAGE:
            _message_field(shared, name, field)
            continue
        if not recipients or name in seen:
            if len(recipients) >= _MOST_RECIPIENTS:
                break
            recipients.append(Facts(text, BounceKind.DSN, role=Role.SENDER))
            seen = set()
        seen.add(name)
        _recipient_field(recipients[-1], name, field)
    for facts in recipients:
        facts.absorb(shared)
    return recipients


def _value(field: re.Match[str]) -> tuple[str, int]:
    """The field's value without its type (``smtp;``, ``dns;``, ``rfc822;``), and where it begins."""
    value, start = field["value"], field.start("value")
    typed = _TYPED.match(value)
    at = typed.end() if typed else 0
    return value[at:].rstrip(), start + at


def _message_field(shared: Facts, name: str, field: re.Match[str]) -> None:
    value, start = _value(field)
    if name == "x-postfix-queue-id":
        shared.note("queue_id", value, start, start + len(value))
        shared.reporter_software = "Postfix"
    elif name == "x-postfix-sender" and (found := _ADDRESS.match(value)):
        shared.note("sender", found["address"], start + found.start("address"), start + found.end("address"))
    elif name == "reporting-mta" and (found := _HOST.match(value)):
        shared.note("reporter_host", found[0], start, start + found.end(), "reporter")


def _recipient_field(facts: Facts, name: str, field: re.Match[str]) -> None:
    value, start = _value(field)
    if name in _RECIPIENTS:
        if (found := _ADDRESS.match(value)) and "@" in found["address"]:
            _addressee(facts, name, found["address"])
            facts.note("recipient", found["address"], start + found.start("address"), start + found.end("address"))
    elif name == "action":
        _action(facts, value.lower())
    elif name == "remote-mta":
        if (found := _HOST.match(value)) and not value.startswith("["):
            facts.note("receiver_host", found[0], start, start + found.end(), "receiver")
    elif name == "diagnostic-code":
        _diagnostic(facts, value, start)
    elif name == "status":
        _status(facts, value, start)


def _addressee(facts: Facts, name: str, address: str) -> None:
    """Another domain in the second of these fields: the mail was forwarded there (RFC 3464 2.3.1)."""
    known = facts.recipient
    if known and known.rpartition("@")[2].lower() != address.rpartition("@")[2].lower():
        facts.forwarded_from = address if name == "original-recipient" else known


def _action(facts: Facts, value: str) -> None:
    if value.startswith("failed"):
        facts.refused = True
    elif value.startswith("delayed"):
        facts.permanence = Permanence.TEMPORARY
    elif value.startswith(("delivered", "relayed", "expanded")):
        facts.accepted = True


def _status(facts: Facts, value: str, start: int) -> None:
    """The status counts where the reply itself carries no enhanced code."""
    found = _ENHANCED.search(value)
    if not found:
        return
    if found[0][0] == "2":
        facts.accepted = not facts.refused
    facts.refused = facts.refused or (found[0][0] == "5")
    if facts.enhanced_code is None:
        facts.note("enhanced_code", found[0], start + found.start(), start + found.end())


def _diagnostic(facts: Facts, value: str, start: int) -> None:
    if not re.search(r"[^\W\d_]{2}", value):
        return
    status, facts.enhanced_code = facts.enhanced_code, None
    spans = [span for span in facts.spans if span.what == "enhanced-code"]
    facts.spans = [span for span in facts.spans if span.what != "enhanced-code"]
    facts.reply(start, start + len(value))
    if facts.enhanced_code is None:
        facts.enhanced_code = status
        facts.spans += spans
    facts.refused = facts.refused or facts.reply_code is not None
