"""What may go on the wire: a name or address that could smuggle a second command is refused before any connection."""

from __future__ import annotations

import ipaddress
import re

from helodoctor.model import InputProblem, TrialPlan

# RFC 5321 4.5.3.1.4: a command line is at most 512 octets, CRLF included; "EHLO " takes 5 of them.
_NAME_BOUND = 505
_LONGEST = 3600
_PRINTABLE = re.compile(r"[\x20-\x7e]*")
# RFC 5321 4.1.2 Mailbox, kept loose: local part as dot-string or quoted string, then a domain or an address literal.
_ADDRESS = re.compile(
    r"""(?:[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64} | "(?:[\x20\x21\x23-\x5b\x5d-\x7e] | \\[\x20-\x7e]){0,62}")
        (?:@(?:[A-Za-z0-9._-]{1,255} | \[[A-Za-z0-9:._-]{1,255}\]))?""",
    re.VERBOSE,
)


def check_name(name: str) -> None:
    """Let a HELO name pass that fits on one command line in printable ASCII; it may be as wrong as the user's own is.

    Raises:
        InputProblem: a control character, a non-ASCII character, or more than 505 characters.
    """
    if not _PRINTABLE.fullmatch(name):
        raise InputProblem("name-unsendable", name=ascii(name)[1:-1][:80])
    if len(name) > _NAME_BOUND:
        raise InputProblem("name-too-long-to-send", length=str(len(name)), bound=str(_NAME_BOUND))


def check_address(address: str) -> None:
    """Let a mailbox pass that fits between angle brackets (RFC 5321 4.1.2), without them.

    Raises:
        InputProblem: the text is no such address, or holds a character that may not be sent.
    """
    if len(address) > 320 or not _ADDRESS.fullmatch(address):
        raise InputProblem("address-unsendable", address=ascii(address)[1:-1][:80])


def _check_source(source: str) -> None:
    try:
        ipaddress.ip_address(source)
    except ValueError as fault:
        raise InputProblem("source-unusable", source=ascii(source)[1:-1][:80]) from fault


def check_plan(plan: TrialPlan) -> None:
    """Check everything of ``plan`` that would be sent.

    Raises:
        InputProblem: the name or an address may not be sent, RCPT is wanted and no recipient given, the source is no
            address, or the time limit is not between 0 and an hour.
    """
    if plan.source is not None:
        _check_source(plan.source)
    if not 0 < plan.timeout <= _LONGEST:
        raise InputProblem("timeout-unusable", bound=str(_LONGEST))
    check_name(plan.name)
    if plan.sender:
        check_address(plan.sender)
    if plan.recipient is not None:
        check_address(plan.recipient)
    elif plan.stop_after == "rcpt":
        raise InputProblem("recipient-missing")
