"""Every rule against examples that pass and examples that do not; most are those of the RFC text the rule rests on."""

from __future__ import annotations

import pytest

from helodoctor.model import Finding, Status
from helodoctor.names import check
from helodoctor.names.rules import ONLINE, RULES
from helodoctor.words import speak
from helodoctor.words.findings import fix, message, reason, title, why

PASS, WARN, FAIL = Status.PASS, Status.WARN, Status.FAIL
GOOD_NAMES = ("mail.kolibri.ch", "mx1.mail.kolibri.co.uk", "3com.kolibri.com", "a-1.kolibri.net", "xn--mnchen-3ya.de")
PUBLIC = "185.125.25.1"

# rule -> (texts that pass, texts that do not with the status). "ip>" before a text: the server sends from that address.
TABLE: dict[str, tuple[tuple[str, ...], dict[str, Status]]] = {
    "empty-name": (GOOD_NAMES, {"": FAIL, "  \t ": FAIL, "<>": FAIL}),
    "localhost": (
        (*GOOD_NAMES, "localhost.kolibri.ch", "mylocalhost"),
        {"localhost": FAIL, "LocalHost.": FAIL, "localhost.localdomain": FAIL, "localhost6": FAIL, "x.localhost": FAIL},
    ),
    "bare-ip": (
        (*GOOD_NAMES, "[203.0.113.10]", "12345", "1.2.3.4.5"),
        {"203.0.113.10": FAIL, "2001:db8::1": FAIL, "::ffff:192.0.2.1": FAIL, "IPv6:2001:db8::1": FAIL,
         "0x7f.0.0.1": FAIL, "2130706433": FAIL, "127.1": FAIL, "fe80::1%eth0": FAIL, "203.0.113.10.": FAIL},
    ),
    "bad-literal": (
        ("[192.0.2.1]", "[IPv6:2001:db8::1]", "[ipv6:2001:DB8:0:0:8:800:200C:417A]", "[IPv6:::ffff:192.0.2.1]"),
        {"[256.1.1.1]": FAIL, "[1.2.3]": FAIL, "[localhost]": FAIL, "[192.0.2.1": FAIL, "[]": FAIL,
         "[[192.0.2.1]]": FAIL,
         "[IPv6:1:2:3:4:5:6:7::]": FAIL, "[IPv6:192.0.2.1]": FAIL, "[IPv4:192.0.2.1]": FAIL, "[x400:c=ch]": FAIL},
    ),
    "untagged-ipv6": (("[192.0.2.1]", "[IPv6:2001:db8::1]"), {"[2001:db8::1]": FAIL, "[::]": FAIL}),
    "space-in-name": (
        (*GOOD_NAMES, " mail.kolibri.ch "),
        {"my server": FAIL, "My Company Ltd": FAIL, "[203.0.113.10] My PC": FAIL, "mail.kolibri.ch\tx": FAIL},
    ),
    "bad-character": (
        (*GOOD_NAMES, "mail_1.kolibri.ch", "münchen.de"),
        {"mail!.kolibri.ch": FAIL, "*.kolibri.ch": FAIL, "mail,kolibri.ch": FAIL,
         "mail\x07.kolibri.ch": FAIL, "]": FAIL},
    ),
    "underscore": (GOOD_NAMES, {"mail_1.kolibri.ch": FAIL, "_": FAIL, "my_server": FAIL}),
    "non-ascii": (GOOD_NAMES, {"münchen.de": FAIL, "почта.рф": FAIL, "mail\udc80.kolibri.ch": FAIL}),
    "bad-a-label": (GOOD_NAMES, {"xn--zzzzzzz99.ch": WARN, "ab--c.kolibri.ch": WARN, "xn--.ch": WARN}),
    "empty-label": (GOOD_NAMES, {"a..b.ch": FAIL, ".mail.kolibri.ch": FAIL, "mail.kolibri.ch..": FAIL, ".": FAIL}),
    "edge-hyphen": (GOOD_NAMES, {"-a.kolibri.ch": FAIL, "a-.kolibri.ch": FAIL, "srv1-": FAIL}),
    "trailing-dot": (GOOD_NAMES, {"mail.kolibri.ch.": FAIL, "foo.": FAIL, "203.0.113.10.": FAIL}),
    "too-long": (
        (f"{'a' * 63}.ch", ".".join(["a" * 49] * 5 + ["ch"])),
        {f"{'a' * 64}.ch": FAIL, ".".join(["a" * 50] * 5 + ["ch"]): FAIL, "a" * 300: FAIL},
    ),
    "numeric-tld": (GOOD_NAMES, {"mail.kolibri.123": FAIL, "1.2.3.4.5": FAIL, "1.2.3.321": FAIL}),
    "pasted-extras": (
        (*GOOD_NAMES, " mail.kolibri.ch\n"),
        {"<mail.kolibri.ch>": WARN, "“mail.kolibri.ch”": WARN,
         "EHLO mail.kolibri.ch": WARN, "mail.\u200bkolibri.ch": WARN,
         "mail.kolibri.ch:25": FAIL, "https://mail.kolibri.ch/owa": FAIL, "postmaster@kolibri.ch": FAIL,
         "[203.0.113.10]:25": FAIL},
    ),
    "single-label": (
        GOOD_NAMES,
        {"mailserver": FAIL, "www": FAIL, "servidor": FAIL, "foo.": FAIL, "0391926cb167": FAIL},
    ),
    "private-address": (
        (f"[{PUBLIC}]", PUBLIC, "[IPv6:2a02:1210::1]"),
        {"[10.0.0.1]": FAIL, "172.16.3.4": FAIL, "[192.168.1.2]": FAIL, "127.0.0.1": FAIL,
         "[IPv6:fc00::1]": FAIL, "[IPv6:::1]": FAIL, "[IPv6:::ffff:10.0.4.47]": FAIL, "[100.64.0.1]": FAIL,
         "169.254.9.9": FAIL, "0.0.0.0": FAIL,
         "[192.0.2.1]": WARN, "203.0.113.10": WARN, "[IPv6:2001:db8::1]": WARN},
    ),
    "literal-not-client": (
        (f"{PUBLIC}>[{PUBLIC}]", "2a02::1>[IPv6:2a02::1]", f"::ffff:{PUBLIC}>[{PUBLIC}]"),
        {f"{PUBLIC}>[203.0.113.10]": FAIL, f"{PUBLIC}>[IPv6:2a02::1]": FAIL},
    ),
    "big-provider": (
        (*GOOD_NAMES, "gmail.kolibri.ch", "notgmail.com"),
        {"gmail.com": FAIL, "GMX.de": FAIL, "yahoo.co.jp": FAIL, "smtp.gmail.com": WARN, "mail.yahoo.co.uk": WARN},
    ),
    "receiver-own-name": ((), {}),  # tested below: it takes the receiver's name
    "placeholder-domain": (
        (*GOOD_NAMES, "mydomain.kolibri.ch", "example.ch"),
        {"mail.example.com": FAIL, "example.org": FAIL, "mail.yourdomain.com": FAIL, "host.domain.tld": FAIL},
    ),
    "cloud-internal": (
        (*GOOD_NAMES, "ec2-203-0-113-10.compute-1.amazonaws.com"),
        {"ip-10-0-0-1.ec2.internal": FAIL, "ip-10-0-0-1.eu-west-1.compute.internal": FAIL,
         "vm.europe-west6-a.c.kolibri-1.internal": FAIL,
         "2a4f42ace6b6.54lmmen3tjkeznyei24tec2hmf.gx.internal.cloudapp.net": FAIL},
    ),
    "special-use-suffix": (
        (*GOOD_NAMES, "local.kolibri.ch"),
        {"srv.corp.local": FAIL, "srv.lan": FAIL, "a.internal": FAIL, "nas.home.arpa": FAIL, "x.alt": FAIL,
         "x.onion": FAIL,
         "mail.x.invalid": FAIL, "a.localdomain": FAIL, "mail.kolibri.example": WARN, "mail.kolibri.test": WARN},
    ),
    "unknown-tld": (
        (*GOOD_NAMES, "mail.kolibri.example", "mail.xn--fiqs8s", "fakedomain.xyz"),
        {"csmtpout1.frontal.correo": FAIL, "mail.kolibri.cmo": FAIL, "mail.xn--zzzzzzz99": FAIL},
    ),
    "public-suffix-only": (GOOD_NAMES, {"co.uk": WARN, "github.io": WARN, "kobe.jp": WARN}),
    "factory-name": (
        (*GOOD_NAMES, "www.kolibri.ch", "mail.kolibri.ch"),
        {"WIN-9QL4SDRB93L": WARN, "DESKTOP-N7L10I2.kolibri.ch": WARN, "0391926cb167.kolibri.ch": WARN, "www": WARN,
         "ubuntu": WARN, "raspberrypi.kolibri.ch": WARN},
    ),
    "generic-name": (
        (*GOOD_NAMES, "mail.1-2-3-4.kolibri.ch", "server12.kolibri.ch", "pooling.kolibri.ch", "deadbeef.kolibri.ch"),
        {"static.5.113.0.203.clients.your-server.de": WARN, "10-113-0-203.dyn.kolibri.ch": WARN,
         "dsl-189-150-1-2.prod.kolibri.com": WARN, "p4fc12345.dip0.t-ipconnect.de": WARN, "a.pool.kolibri.ch": WARN,
         "vps-1a2b3c4d.vps.ovh.net": WARN, "cpe12ab34.kolibri.ch": WARN, "1a2b3c4d.kolibri.ch": WARN},
    ),
    "encodes-client-ip": (
        (*(f"{PUBLIC}>{name}" for name in GOOD_NAMES), f"{PUBLIC}>h-185-125-25-2.kolibri.ch"),
        {f"{PUBLIC}>185-125-25-1.kolibri.ch": WARN, f"{PUBLIC}>1.25.125.185.dyn.kolibri.ch": WARN,
         f"{PUBLIC}>h185125025001.kolibri.ch": WARN, f"{PUBLIC}>hb97d1901.kolibri.ch": WARN,
         "2a02:1210::7>2a02-1210--7.kolibri.ch": WARN},
    ),
    "odd-address": (
        (PUBLIC, f"[{PUBLIC}]", "::1"),
        {"0x7f.0.0.1": WARN, "010.0.0.1": WARN, "[010.0.0.1]": WARN, "fe80::1%eth0": WARN, "IPv6:::1": WARN},
    ),
    "address-literal": (("[256.1.1.1]", "[2001:db8::1]"), {f"[{PUBLIC}]": WARN, "[IPv6:2a02::1]": WARN}),
    "sending-address": (
        (f"{PUBLIC}>mail.kolibri.ch", "203.0.113.10>mail.kolibri.ch"),
        {"10.0.0.7>mail.kolibri.ch": WARN, "fe80::1>mail.kolibri.ch": WARN},
    ),
}  # fmt: skip

PASSING = [(rule, text) for rule, (passing, _) in TABLE.items() for text in passing]
FAILING = [(rule, text, status) for rule, (_, failing) in TABLE.items() for text, status in failing.items()]


def finding_of(rule: str, text: str, receiver: str | None = None) -> Finding:
    ip, _, name = text.rpartition(">") if text.count(">") and not text.startswith("<") else (None, "", text)
    found = {finding.id: finding for finding in check(name, ip=ip, receiver=receiver).findings}
    return found[rule]


def test_the_table_holds_every_rule() -> None:
    assert set(TABLE) == {rule.id for rule in RULES}


@pytest.mark.parametrize(("rule", "text"), PASSING)
def test_a_rule_passes_what_it_allows(rule: str, text: str) -> None:
    assert finding_of(rule, text).status is PASS


@pytest.mark.parametrize(("rule", "text", "status"), FAILING)
def test_a_rule_finds_what_it_is_about(rule: str, text: str, status: Status) -> None:
    found = finding_of(rule, text)
    assert found.status is status
    assert found.source


@pytest.mark.parametrize(("rule", "text", "status"), FAILING)
def test_what_a_rule_found_can_be_said(rule: str, text: str, status: Status) -> None:
    words = speak("en")
    found = finding_of(rule, text)
    told = [message(words, found, text), why(words, found), fix(words, found) or ""]
    assert all(text.isprintable() for text in told)
    assert not any("{" in sentence for sentence in told)


@pytest.mark.parametrize("name", ["mx.infomaniak.ch", "MX.infomaniak.ch.", "infomaniak.ch"])
def test_the_receivers_own_name_is_a_forgers(name: str) -> None:
    assert finding_of("receiver-own-name", name, receiver="mx.infomaniak.ch").status is FAIL


def test_a_neighbour_of_the_receiver_is_not_the_receiver() -> None:
    assert finding_of("receiver-own-name", "mail.infomaniak.ch", receiver="mx.infomaniak.ch").status is PASS


@pytest.mark.parametrize(
    ("rule", "text", "reason_id"),
    [
        ("receiver-own-name", "mail.kolibri.ch", "receiver-unknown"),
        ("literal-not-client", "[192.0.2.1]", "address-unknown"),
        ("literal-not-client", "mail.kolibri.ch", "no-brackets"),
        ("single-label", "[192.0.2.1]", "not-a-domain-name"),
        ("unknown-tld", "www", "not-a-full-name"),
        ("private-address", "www", "not-an-address"),
        ("bare-ip", "", "nothing-given"),
        *((finding.id, "mail.kolibri.ch", "offline") for finding in ONLINE),
    ],
)
def test_what_was_not_checked_says_why(rule: str, text: str, reason_id: str) -> None:
    found = finding_of(rule, text)
    assert (found.status, found.reason) == (Status.SKIPPED, reason_id)
    assert reason(speak("en"), found) in message(speak("en"), found, text)


def test_every_check_that_waits_for_more_has_a_title() -> None:
    found_of = [found for name in ("mail.kolibri.ch", "[192.0.2.1]") for found in check(name).findings]
    waiting = [found for found in found_of if found.reason in ("offline", "address-unknown", "receiver-unknown")]
    assert waiting
    for found in waiting:
        assert title(speak("en"), found)


def test_every_rule_and_outcome_names_its_source() -> None:
    assert all(rule.source.startswith("RFC ") for rule in RULES)
    assert all(finding.source.startswith("RFC ") for finding in ONLINE)


def test_ids_are_used_once() -> None:
    ids = [rule.id for rule in RULES] + [finding.id for finding in ONLINE]
    assert len(ids) == len(set(ids))
