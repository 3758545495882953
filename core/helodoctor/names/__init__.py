"""One HELO name, offline: its grammar, the rules, what is true of it."""

from helodoctor.names.faults import fault
from helodoctor.names.grammar import parse
from helodoctor.names.heloname import AddressLiteral, BareAddress, Deviation, DomainName, HeloName, NoName
from helodoctor.names.judge import check, verdict_of

__all__ = [
    "AddressLiteral",
    "BareAddress",
    "Deviation",
    "DomainName",
    "HeloName",
    "NoName",
    "check",
    "fault",
    "parse",
    "verdict_of",
]
