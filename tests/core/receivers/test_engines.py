"""The engines in detail: what the servers' code says, and what runs of generated names against the servers showed."""

from __future__ import annotations

import pytest

from described import as_answered, expected
from helodoctor.receivers import Facts, Host, predict
from helodoctor.receivers.engines import exim, postfix


@pytest.mark.parametrize(
    ("name", "valid"),
    [
        ("mail.example.com", True),
        ("_mail_.example.com", True),
        ("1.2.3.4", False),
        ("1.2.3.a", True),
        ("mail.example.com.", False),
        (".mail", False),
        ("a..b", False),
        ("-a.b", False),
        ("a-.b", False),
        ("a--b.c", True),
        (f"{'x' * 63}.y", True),
        (f"{'x' * 64}.y", False),
        (".".join(["x" * 49] * 5) + ".yyyyy", True),  # 255 characters
        (".".join(["x" * 49] * 5) + ".yyyyyy", False),
        ("*.example.com", False),
        ("mail.example.com:25", False),
        ("münchen.example", False),
        ("", False),
    ],
)
def test_postfix_valid_hostname(name: str, valid: bool) -> None:
    assert postfix.valid_hostname(name) is valid


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("1.2.3.4", True),
        ("001.002.003.004", True),
        ("0.0.0.0", True),
        ("0.1.2.3", False),
        ("256.1.1.1", False),
        ("1.2.3", False),
        ("1.2.3.4.", False),
        ("::1", True),
        ("::", True),
        ("2001:db8::1", True),
        ("1:2:3:4:5:6:7:8", True),
        ("1:2:3:4:5:6:7:8:9", False),
        ("1::2::3", False),
        ("1:2:3", True),  # no groups are counted
        (":1:2", False),
        ("1:2:", False),
        ("12345::1", False),
        ("::ffff:1.2.3.4", True),
        ("::ffff:256.2.3.4", False),
        ("1:2:3:4:5:6:7:1.2.3.4", False),
        ("::g", False),
        ("", False),
        (f"{'9' * 5000}.1.1.1", False),
    ],
)
def test_postfix_valid_hostaddr(text: str, valid: bool) -> None:
    assert postfix.valid_address(text) is valid


def test_postfix_cuts_a_reply_at_510_octets() -> None:
    outcome = expected("postfix", "ü" * 400)
    assert len(outcome.reply[0].encode()) <= 510 + 2  # half a character at the cut shows as one sign
    assert outcome.reply[0].startswith("501 5.5.2 <üü")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("x" * 75, ["x" * 75]),
        ("x" * 100, ["x" * 100]),
        (f"{'x' * 70} {'y' * 20}", ["x" * 70, "y" * 20]),
        (f"{'x' * 40}: {'y' * 30} {'z' * 30}", [f"{'x' * 40}:", f"{'y' * 30} {'z' * 30}"]),
        (f"short {'x' * 100} tail", [f"short {'x' * 100}", "tail"]),
    ],
)
def test_exim_breaks_a_message_behind_a_colon_or_at_the_last_blank(text: str, lines: list[str]) -> None:
    assert exim.wrapped(text) == lines


FORGED = "550 Forged HELO: {} does not match 203.0.113.10"
CLOSED = "421 4.7.1 Bad HELO name"
NOT_FOUND = "450 4.7.1 <{}>: Helo command rejected: Host not found"
INVALID = "501 5.5.4 Invalid command arguments: Invalid domain name"
BOGUS = "550 5.7.1 <user@rcpt.test>... bogus HELO name used: {}"
GONE = "517 HELO {} does not exist."
LATER = "417 DNS lookup on HELO {} failed.  Try again later."
ELSEWHERE = "517 HELO {} does not match ::ffff:203.0.113.10"


@pytest.mark.parametrize(
    ("listener", "name", "stage", "reply"),
    [
        ("postfix", f"{'b.' * 119}cc.wild.example.test"[-254:], "rcpt", NOT_FOUND),
        ("exim", "203.0.113.025", "rcpt", "550 Helo name contains a ip address (HELO was {}) and not is valid"),
        ("exim", "[01.2.3.4]", "helo", "501 Syntactically invalid EHLO argument(s)"),
        ("exim", "[IPv6:::ffff:203.0.113.10]", "accept", ""),
        ("exim-verify", "-7oen.wild.example.test", "rcpt", FORGED),
        ("exim-verify", "wr9-.wild.example.test", "rcpt", FORGED),
        ("exim-verify", "wr9.wild.example.test", "accept", ""),
        ("opensmtpd", "al\\ias.example.test", "accept", ""),
        ("opensmtpd", "ww\\w", "rcpt", CLOSED),
        ("opensmtpd", "my_server.example\\.test", "helo", INVALID),
        ("opensmtpd", "mail.example.test ", "helo", INVALID),
        ("opensmtpd", "a-.wild.example.test", "accept", ""),
        ("sendmail", "IPv6:::1]", "accept", ""),
        ("sendmail", "IPv6:::1", "rcpt", BOGUS),
        ("sendmail", "ipv6:2001:db8::10", "accept", ""),
        ("sendmail", "[IPv6:::ffff:203.0.113.10]", "accept", ""),
        ("sendmail", "a.", "rcpt", BOGUS),
        ("courier", ".", "mail", GONE),
        ("courier", "xn--q7v3.wild.example.test", "accept", ""),
        ("courier", "xn--tu-q-unt.wild.example.test", "mail", GONE),
        ("courier", "xn--8kd.wild.example.test", "accept", ""),
        ("courier", "xn--oe-yfv.wild.example.test", "mail", GONE),
        ("courier", "xn--é.wild.example.test", "mail", LATER),
        ("courier", "Müller.wild.example.test", "accept", ""),
        ("courier", "ΣΙΓΜΑ.wild.example.test", "mail", GONE),
        ("courier", "other.example.test,x", "mail", ELSEWHERE),
        ("courier", "[1.2]", "mail", ELSEWHERE),
        ("courier", "[1.2.3.4.5]", "mail", GONE),
        ("courier", f"{'x' * 64}.wild.example.test", "mail", LATER),
        ("qpsmtpd", ".", "helo", "550 That HELO hostname fails FCrDNS"),
        ("qpsmtpd", "fakedomain..xyz", "accept", ""),
        ("qpsmtpd", "localhost.localdomain..", "helo", "550 HELO hostname does not exist"),
        ("qpsmtpd", "lo.example.test..", "accept", ""),
        ("qpsmtpd", f"{'a' * 64}.example.test", "accept", ""),
        ("qpsmtpd", "0", "helo", "501 ehlo requires domain/address - see RFC-2821 4.1.1.1"),
        ("haraka", "[203.0.113.10 ]", "helo", "550 HELO host name invalid"),
        ("haraka", "10-113-0-2#03.dyn.example.test", "accept", ""),
        ("haraka", "10-113-0-203.dyn.e@xample.test", "helo", "550 HELO is dynamic"),
        ("haraka", "xn--mlaut-jva.ex\\mple.test", "helo", "550 HELO host name invalid"),
        ("haraka", "xn--m#laut-jva.example.test", "accept", ""),
        ("haraka", "[203.0.113.77]", "accept", ""),
        ("haraka", "203.0.113.025", "helo", "550 Invalid address format in HELO"),
        ("haraka-defaults", "ümlaut.example.test", "accept", ""),
    ],
)
def test_generated_names_are_answered_as_the_real_server_did(
    listener: str, name: str, stage: str, reply: str
) -> None:
    found = as_answered(expected(listener, name, host="mx.rcpt.test"))
    assert (found[0], found[2]) == (stage, reply.replace("{}", name))


def test_rspamd_takes_the_higher_of_name_and_reverse_name() -> None:
    facts = Facts(
        ip="198.51.7.9", ptr="9-7.dsl.example.net", hosts={"9-7.dsl.example.net": Host(addresses=("198.51.7.9",))}
    )
    names = ("mail.example.com", "www", "a.user.example.com")
    found = {name: predict(name, facts, "rspamd")[0].symbols for name in names}
    assert found == {
        "mail.example.com": ("HFILTER_HOSTNAME_4",),
        "www": ("HFILTER_HELO_5",),
        "a.user.example.com": ("HFILTER_HOSTNAME_4",),
    }
