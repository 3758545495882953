"""One greeting per case, with the facts that make it that case: the client is 1.2.3.4 unless said."""

from __future__ import annotations

from msgspec.structs import replace

from helodoctor.receivers import Facts, Host
from helodoctor.receivers.facts import NO_HOST
from helodoctor.receivers.schema import NameCase, Row

CLIENT = Facts(ip="1.2.3.4")
V6_CLIENT = Facts(ip="2001:db8::1")
OWN_NAME = "mx.receiver.example"


def _with(name: str, host: Host) -> tuple[str, Facts]:
    return name, replace(CLIENT, hosts={name: host})


SAMPLES: dict[NameCase, tuple[str, Facts]] = {
    NameCase.EMPTY: ("", CLIENT),
    NameCase.BARE_IP: ("1.2.3.4", CLIENT),
    NameCase.LITERAL_V4: ("[1.2.3.4]", CLIENT),
    NameCase.LITERAL_V6: ("[IPv6:2001:db8::1]", V6_CLIENT),
    NameCase.LITERAL_BAD: ("[256.1.1.1]", CLIENT),
    NameCase.LITERAL_V6_UNTAGGED: ("[2001:db8::1]", V6_CLIENT),
    NameCase.LITERAL_MISMATCH: ("[203.0.113.99]", CLIENT),
    NameCase.LOCALHOST: ("localhost", CLIENT),
    NameCase.NON_ASCII: ("ümlaut.example.com", CLIENT),
    NameCase.INVALID_CHARS: ("mail*.example.com", CLIENT),
    NameCase.PORT_IN_NAME: ("mail.example.com:25", CLIENT),
    NameCase.SINGLE_LABEL: ("mailserver", CLIENT),
    NameCase.UNDERSCORE: ("mail_server.example.com", CLIENT),
    NameCase.TRAILING_DOT: ("mail.example.com.", CLIENT),
    NameCase.SPECIAL_TLD: ("server.local", CLIENT),
    NameCase.UNRESOLVABLE: _with("nowhere.example.com", NO_HOST),
    NameCase.IP_MISMATCH: _with("mail.example.com", Host(addresses=("198.51.100.7",))),
    NameCase.SPF_HELO_FAIL: _with("mail.example.com", Host(addresses=("1.2.3.4",), spf="fail")),
    NameCase.PTR_BAD: ("mail.example.com", replace(CLIENT, ptr="")),
    NameCase.OWN_NAME: (OWN_NAME, CLIENT),
    NameCase.DYNAMIC: ("1-2-3-4.dsl.example.net", CLIENT),
    NameCase.BLOCKLISTED: ("mail.example.com", replace(CLIENT, listed=True)),
    NameCase.GOOD: ("mail.example.com", CLIENT),
}


def sample_of(row: Row) -> tuple[str, Facts] | None:
    """The greeting that shows the row; ``None`` for cases that no greeting shows by itself."""
    if row.case not in SAMPLES and row.example.name is None:
        return None
    name, facts = SAMPLES.get(row.case, ("", CLIENT))
    example = row.example
    if example.ip is not None:
        facts = replace(facts, ip=example.ip)
    if example.ptr is not None:
        facts = replace(facts, ptr=example.ptr)
    return example.name if example.name is not None else name, facts
