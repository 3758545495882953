"""What a text means as a HELO name, and where it departs from the grammar."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from helodoctor.model import NameKind
from helodoctor.names import AddressLiteral, BareAddress, DomainName, NoName, parse

FQDN, SINGLE, BARE, LITERAL, INVALID, EMPTY = (
    NameKind.FQDN, NameKind.SINGLE_LABEL, NameKind.BARE_IP, NameKind.ADDRESS_LITERAL, NameKind.INVALID, NameKind.EMPTY
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind", "normalized", "deviations"),
    [
        ("mail.kolibri.ch", FQDN, "mail.kolibri.ch", []),
        ("Mail.Kolibri.CH", FQDN, "mail.kolibri.ch", []),
        ("mail.kolibri.ch.", FQDN, "mail.kolibri.ch", [("trailing-dot", 15, 16)]),
        ("mail.kolibri.ch..", INVALID, "mail.kolibri.ch", [("trailing-dot", 16, 17), ("empty-label", 16, 17)]),
        ("www", SINGLE, "www", []),
        ("foo.", SINGLE, "foo", [("trailing-dot", 3, 4)]),
        ("my_server.kolibri.ch", INVALID, "my_server.kolibri.ch", [("underscore", 2, 3)]),
        ("a..kolibri.ch", INVALID, "a..kolibri.ch", [("empty-label", 2, 3)]),
        (".kolibri.ch", INVALID, ".kolibri.ch", [("empty-label", 0, 1)]),
        ("-bad.kolibri.ch", INVALID, "-bad.kolibri.ch", [("edge-hyphen", 0, 4)]),
        ("mail kolibri.ch", INVALID, "mail kolibri.ch", [("blank", 4, 5)]),
        ("m(a)il.ch", INVALID, "m(a)il.ch", [("bad-character", 1, 2), ("bad-character", 3, 4)]),
        ("münchen.ch", INVALID, "xn--mnchen-3ya.ch", [("non-ascii", 1, 2)]),
        ("xn--mnchen-3ya.ch", FQDN, "xn--mnchen-3ya.ch", []),
        ("xn--zzzzzzz99.ch", FQDN, "xn--zzzzzzz99.ch", [("bad-a-label", 0, 13)]),
        ("1.2.3.321", INVALID, "1.2.3.321", [("all-numeric", 0, 9)]),
        ("  mail.kolibri.ch\n", FQDN, "mail.kolibri.ch", [("edge-blank", 0, 2), ("edge-blank", 17, 18)]),
        ("<mail.kolibri.ch>", FQDN, "mail.kolibri.ch", [("wrapper", 0, 1), ("wrapper", 16, 17)]),
        ("EHLO  www", SINGLE, "www", [("wrapper", 0, 6)]),
        ("mail\u200b.kolibri.ch", FQDN, "mail.kolibri.ch", [("invisible", 4, 5)]),
        ("mail\u200b.kol_ibri.ch", INVALID, "mail.kol_ibri.ch", [("invisible", 4, 5), ("underscore", 9, 10)]),
        ("https://mail.kolibri.ch/owa", INVALID, "mail.kolibri.ch", [("url", 0, 8), ("url", 23, 27)]),
        ("root@mail.kolibri.ch", INVALID, "mail.kolibri.ch", [("mailbox", 0, 5)]),
        ("mail.kolibri.ch:25", INVALID, "mail.kolibri.ch", [("port", 15, 18)]),
        ("203.0.113.10", BARE, "203.0.113.10", []),
        ("203.0.113.10.", BARE, "203.0.113.10", [("trailing-dot", 12, 13)]),
        ("203.0.113.10:25", INVALID, "203.0.113.10", [("port", 12, 15)]),
        ("127.000.000.001", BARE, "127.0.0.1", [("odd-address", 0, 15)]),
        ("0x7F.0.0.1", BARE, "127.0.0.1", [("odd-address", 0, 10)]),
        ("3232235777", BARE, "192.168.1.1", [("odd-address", 0, 10)]),
        ("127.1", INVALID, "127.1", [("odd-address", 0, 5)]),
        ("2001:DB8::1", BARE, "2001:db8::1", []),
        ("IPv6:2001:db8::1", BARE, "2001:db8::1", [("odd-address", 0, 16)]),
        ("fe80::1%eth0", BARE, "fe80::1", [("odd-address", 0, 12)]),
        ("[203.0.113.10]", LITERAL, "[203.0.113.10]", []),
        ("[IPV6:2001:DB8:0::1]", LITERAL, "[IPv6:2001:db8::1]", []),
        ("[203.0.113.10]:25", INVALID, "[203.0.113.10]", [("port", 14, 17)]),
        ("[203.0.113.10] My PC", INVALID, "[203.0.113.10]", [("comment", 14, 20)]),
        ("[203.0.113.10", INVALID, "[203.0.113.10]", [("open-bracket", 0, 1)]),
        ("[2001:db8::1]", INVALID, "[IPv6:2001:db8::1]", [("untagged-ipv6", 0, 13)]),
        ("[x400:c=ch]", LITERAL, "[x400:c=ch]", [("unknown-tag", 0, 11)]),
        ("[localhost]", INVALID, "[localhost]", [("bad-address", 0, 11)]),
        ("", EMPTY, "", []),
        ("<>", EMPTY, "", [("wrapper", 0, 2)]),
    ],
)  # fmt: skip
def test_a_text_is_read(text: str, kind: NameKind, normalized: str, deviations: list[tuple[str, int, int]]) -> None:
    read = parse(text)
    assert (read.given, read.kind, read.normalized) == (text, kind, normalized)
    assert [(found.id, found.start, found.end) for found in read.deviations] == deviations


@pytest.mark.parametrize(
    ("text", "variant"),
    [
        ("www", DomainName),
        ("203.0.113.10", BareAddress),
        ("[203.0.113.10]", AddressLiteral),
        ("", NoName),
        ("]", DomainName),
    ],
)
def test_each_sort_of_name_has_its_type(text: str, variant: type) -> None:
    assert type(parse(text)) is variant


@pytest.mark.parametrize("text", ["127.1", "0x7f000001", "2130706433", "127.0.0.1", "[127.0.0.1]", "::ffff:127.0.0.1"])
def test_an_address_is_known_in_every_writing(text: str) -> None:
    read = parse(text)
    assert isinstance(read, BareAddress | AddressLiteral)
    assert read.address in (ip_address("127.0.0.1"), ip_address("::ffff:127.0.0.1"))


def test_a_name_at_the_limits_of_length_is_a_name() -> None:
    longest = ".".join(["a" * 63, "b" * 63, "c" * 63, "d" * 58, "ch"])
    assert len(longest) == 253
    assert parse(longest).deviations == ()
    assert [found.id for found in parse(longest.replace("ch", "info")).deviations] == ["long-name"]


@pytest.mark.parametrize(
    "text", ["a" * 10_000_000, "< " * 5_000_000, "." * 10_000_000, "é" * 10_000_000, "[" * 10_000_000]
)
def test_a_huge_text_is_read_as_far_as_a_name_can_reach(text: str) -> None:
    assert len(parse(text).normalized) <= 512
