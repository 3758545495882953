"""Every situation of the name service, made by a real name server on this machine, and read right."""

from __future__ import annotations

import asyncio
from typing import Any

import dns.message
import dns.rcode
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.network.nameserver import (
    Handler,
    NameServer,
    badly_signed,
    endless_aliases,
    failing,
    garbage,
    referral,
    silent,
    truncated,
)  # fmt: skip

from helodoctor.model import DnsReport, Finding, InputProblem, NetworkProblem, Status
from helodoctor.network import dns as examined
from helodoctor.network import dns_questions
from helodoctor.report.dns import as_text
from helodoctor.words import speak
from helodoctor.words.findings import fix, message, reason, title, why

IP, OTHER = "203.0.113.10", "203.0.113.99"
REVERSE = "10.113.0.203.in-addr.arpa PTR"
NAME = "mail.kolibri.example"
SERVFAIL, REFUSED = dns.rcode.SERVFAIL, dns.rcode.REFUSED
Zone = dict[str, "list[str] | Handler"]

GOOD: Zone = {
    f"{NAME} A": [IP],
    f"{NAME} TXT": ['"v=spf1 a -all"'],
    REVERSE: [f"{NAME}."],
    "kolibri.example NS": ["ns1.kolibri.example."],
}


def ask(
    zone: Zone, name: str = NAME, ip: str | None = IP, *, delay: float = 0.0, patience: float = 0.6,
    system: Zone | None = None,
) -> DnsReport:  # fmt: skip
    """The report about ``name`` and ``ip`` where the chosen name server holds ``zone``, the system's ``system``."""

    async def run() -> DnsReport:
        async with NameServer(zone, delay=delay) as chosen, NameServer(zone if system is None else system) as own:
            with pytest.MonkeyPatch.context() as patch:
                resolver = dns_questions.chosen_resolver(own.address)
                patch.setattr(examined, "system_resolver", lambda: resolver)
                return await examined.examine(name, ip, chosen.address, patience=patience)

    return asyncio.run(run())


def found(report: DnsReport, check: str) -> Finding:
    return {finding.id: finding for finding in report.findings}[check]


def evidence(finding: Finding) -> dict[str, str]:
    return {value.name: value.value for value in finding.evidence}


def told(report: DnsReport) -> None:
    """Every finding can be said, whatever happened."""
    words = speak("en")
    for finding in report.findings:
        sentences = [message(words, finding, report.name), why(words, finding), fix(words, finding) or ""]
        if finding.status is Status.SKIPPED:
            sentences += [reason(words, finding), title(words, finding)]
        assert all("{" not in sentence for sentence in sentences)


def statuses(report: DnsReport) -> dict[str, str]:
    return {finding.id: finding.status.value for finding in report.findings}


def test_a_good_name_passes_every_check() -> None:
    report = ask(GOOD)
    assert set(statuses(report).values()) == {"pass"}, statuses(report)
    assert evidence(found(report, "name-address")) == {"addresses": IP, "minutes": "40"}
    assert evidence(found(report, "reverse-matches-name"))["grade"] == "same"
    assert evidence(found(report, "helo-spf")) == {"result": "pass", "record": "v=spf1 a -all"}
    told(report)


def test_every_question_and_answer_is_kept_with_its_time_to_live() -> None:
    answers = {answer.question: answer for answer in ask(GOOD).answers if answer.server is None}
    assert (answers[f"{NAME} A"].answer, answers[f"{NAME} A"].rcode, answers[f"{NAME} A"].ttl) == (
        (IP,),
        "NOERROR",
        2400,
    )
    assert answers[REVERSE].answer == (NAME,)
    assert all(answer.ms is not None for answer in answers.values())


def test_no_question_is_asked_twice() -> None:
    async def run() -> list[str]:
        async with NameServer(GOOD) as chosen:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(examined, "system_resolver", lambda: dns_questions.chosen_resolver(chosen.address))
                await examined.examine(NAME, IP, patience=1)
            return chosen.asked

    asked = asyncio.run(run())
    assert sorted(set(asked)) == sorted(asked)


# --- the name ---------------------------------------------------------------------------------------------------------


def test_a_name_that_does_not_exist_is_told_with_the_time_a_change_takes() -> None:
    report = ask({REVERSE: [f"{NAME}."]})
    assert found(report, "name-address").status is Status.FAIL
    assert evidence(found(report, "name-address")) == {"minutes": "5", "rcode": "NXDOMAIN"}
    assert "5 min" in message(speak("en"), found(report, "name-address"), NAME)
    told(report)


def test_a_name_with_a_mail_server_but_no_address_is_a_warning() -> None:
    report = ask({f"{NAME} MX": ["10 mx.kolibri.example."]})
    assert found(report, "name-address").status is Status.WARN
    assert evidence(found(report, "name-address"))["mx"] == "10 mx.kolibri.example"
    told(report)


def test_an_ipv6_address_is_an_address_too() -> None:
    zone: Zone = {
        f"{NAME} AAAA": ["2001:db8::10"],
        "0.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa PTR": [f"{NAME}."],
    }
    report = ask(zone, ip="2001:db8::10")
    for check in ("name-address", "name-matches-address", "reverse-name", "reverse-confirmed", "reverse-matches-name"):
        assert found(report, check).status is Status.PASS, check


def test_an_alias_in_the_way_is_a_warning() -> None:
    report = ask({f"{NAME} CNAME": ["real.kolibri.example."], "real.kolibri.example A": [IP]})
    assert (found(report, "name-alias").status, evidence(found(report, "name-alias"))) == (
        Status.WARN, {"target": "real.kolibri.example"},
    )  # fmt: skip
    assert found(report, "name-address").status is Status.PASS


def test_an_alias_that_leads_nowhere_is_a_fault() -> None:
    report = ask({f"{NAME} CNAME": ["gone.kolibri.example."]})
    assert found(report, "name-alias").status is Status.FAIL
    assert found(report, "name-address").status is Status.FAIL
    told(report)


def test_a_name_that_leads_elsewhere_is_a_warning_never_a_fault() -> None:
    report = ask({**GOOD, f"{NAME} A": [OTHER]})
    assert found(report, "name-matches-address").status is Status.WARN
    assert evidence(found(report, "name-matches-address")) == {"addresses": OTHER, "client": IP}
    told(report)


@pytest.mark.parametrize(("records", "status"), [(["10.0.0.5"], Status.FAIL), ([IP, "127.0.0.1"], Status.WARN)])
def test_a_private_address_in_public_is_found(records: list[str], status: Status) -> None:
    report = ask({**GOOD, f"{NAME} A": records})
    assert found(report, "public-answer").status is status
    told(report)


def test_an_answer_that_every_name_gets_is_noticed() -> None:
    report = ask({"*.kolibri.example A": [IP], REVERSE: [f"{NAME}."]})
    assert found(report, "wildcard-name").status is Status.WARN
    told(report)


def test_a_parked_domain_is_noticed() -> None:
    report = ask({**GOOD, "kolibri.example NS": ["ns1.sedoparking.com.", "ns2.sedoparking.com."]})
    assert (found(report, "parked-domain").status, evidence(found(report, "parked-domain"))) == (
        Status.WARN, {"company": "Sedo"},
    )  # fmt: skip
    told(report)


def test_inside_and_outside_are_compared() -> None:
    report = ask(GOOD, system={f"{NAME} A": ["10.0.0.5"]})
    assert evidence(found(report, "same-everywhere")) == {"chosen": IP, "system": "10.0.0.5"}
    assert found(report, "same-everywhere").status is Status.WARN
    told(report)


def test_a_silent_side_is_not_compared() -> None:
    report = ask(GOOD, system={f"{NAME} A": silent, f"{NAME} AAAA": silent})
    assert found(report, "same-everywhere").reason == "one-side-silent"
    told(report)


@pytest.mark.parametrize(
    "name", ["www", "localhost", "", "[203.0.113.10]", "a..b", "x" * 300, "mail\x00.kolibri.example"]
)
def test_what_cannot_be_asked_about_is_skipped_and_the_address_examined_all_the_same(name: str) -> None:
    report = ask(GOOD, name=name)
    assert found(report, "name-address").reason == "not-a-full-name"
    assert found(report, "reverse-name").status is Status.PASS
    told(report)


def test_an_address_announced_as_a_name_is_examined() -> None:
    report = ask(GOOD, name=f"[{IP}]", ip=None)
    assert report.ip == IP
    assert found(report, "reverse-confirmed").status is Status.PASS


# --- the address ------------------------------------------------------------------------------------------------------


def test_without_an_address_what_depends_on_it_is_skipped() -> None:
    report = ask(GOOD, ip=None)
    for check in ("name-matches-address", "reverse-name", "reverse-confirmed", "reverse-matches-name", "helo-spf"):
        assert found(report, check).reason == "address-unknown", check
    told(report)


def test_an_address_without_a_name_tag_is_a_fault() -> None:
    report = ask({f"{NAME} A": [IP]})
    assert found(report, "reverse-name").status is Status.FAIL
    assert found(report, "reverse-confirmed").reason == "no-reverse-name"
    told(report)


def test_a_name_tag_that_does_not_lead_back_is_a_fault() -> None:
    report = ask({f"{NAME} A": [OTHER], REVERSE: [f"{NAME}."]})
    assert (found(report, "reverse-confirmed").status, evidence(found(report, "reverse-confirmed"))) == (
        Status.FAIL, {"reverse": NAME, "client": IP, "leads": OTHER},
    )  # fmt: skip
    told(report)


@pytest.mark.parametrize(
    ("reverse", "status", "grade"),
    [
        ("mx1.kolibri.example", Status.PASS, "related"),
        (NAME, Status.PASS, "same"),
        ("10-113-0-203.dyn.provider.example", Status.WARN, None),
    ],
)
def test_how_name_tag_and_name_agree_is_graded(reverse: str, status: Status, grade: str | None) -> None:
    report = ask({f"{NAME} A": [IP], f"{reverse} A": [IP], REVERSE: [f"{reverse}."]})
    finding = found(report, "reverse-matches-name")
    assert (finding.status, evidence(finding).get("grade")) == (status, grade)
    told(report)


def test_several_name_tags_are_all_followed() -> None:
    report = ask({**GOOD, REVERSE: ["other.example.", f"{NAME}."]})
    assert evidence(found(report, "one-reverse-name")) == {"count": "2"}
    assert found(report, "one-reverse-name").status is Status.WARN
    assert found(report, "reverse-confirmed").status is Status.PASS
    told(report)


def test_a_name_tag_that_is_an_alias_is_noticed() -> None:
    zone: Zone = {REVERSE: ["alias.kolibri.example."], "alias.kolibri.example CNAME": [f"{NAME}."], f"{NAME} A": [IP]}
    report = ask(zone)
    assert evidence(found(report, "reverse-alias")) == {"reverse": "alias.kolibri.example", "target": NAME}
    told(report)


@pytest.mark.parametrize("ip", ["192.168.1.5", "10.0.0.1", "127.0.0.1", "fe80::1", "100.64.0.9"])
def test_an_address_of_an_inner_network_is_not_blamed_for_what_the_world_does_not_know_of_it(ip: str) -> None:
    report = ask(GOOD, ip=ip)
    for check in ("name-matches-address", "reverse-name", "helo-spf"):
        assert found(report, check).reason == "address-not-public", check
    told(report)


def test_a_name_tag_inside_counts_where_there_is_one() -> None:
    zone: Zone = {f"{NAME} A": ["10.0.0.5"], "5.0.0.10.in-addr.arpa PTR": [f"{NAME}."]}
    report = ask(zone, ip="10.0.0.5")
    for check in ("name-matches-address", "reverse-name", "reverse-confirmed"):
        assert found(report, check).status is Status.PASS, check


def test_a_name_that_takes_no_mail_has_no_mail_server() -> None:
    report = ask({f"{NAME} MX": ["0 ."]})
    assert found(report, "name-address").status is Status.FAIL
    told(report)


# --- oddities that are none ---


@pytest.mark.parametrize(
    "zone",
    [
        {**GOOD, REVERSE: [f"{NAME.upper()}."]},
        {**GOOD, f"{NAME} AAAA": failing(dns.rcode.NXDOMAIN)},
        {**GOOD, "*.kolibri.example A": [OTHER]},
        {**GOOD, "10.113.0.203.in-addr.arpa CNAME": ["10.0-25.113.0.203.in-addr.arpa."],
         "10.0-25.113.0.203.in-addr.arpa PTR": [f"{NAME}."]},
    ],
    ids=["capitals", "no such name for AAAA only", "another wildcard", "delegated reverse zone (RFC 2317)"],
)  # fmt: skip
def test_what_is_odd_but_right_passes(zone: Zone) -> None:
    if any(key.endswith("in-addr.arpa CNAME") for key in zone):
        zone = {key: value for key, value in zone.items() if key != REVERSE}
    assert set(statuses(ask(zone)).values()) == {"pass"}


# --- the name service itself ------------------------------------------------------------------------------------------


def broken(handler: Handler) -> Zone:
    return {**GOOD, f"{NAME} A": handler, f"{NAME} AAAA": handler}


@pytest.mark.parametrize(
    ("handler", "trouble", "status"),
    [
        (silent, "dns-timeout", Status.WARN),
        (failing(SERVFAIL), "dns-server-failure", Status.FAIL),
        (failing(SERVFAIL, 22), "dns-lame", Status.FAIL),
        (failing(SERVFAIL, 6), "dnssec-broken", Status.FAIL),
        (failing(REFUSED), "dns-refused", Status.WARN),
        (badly_signed(IP), "dnssec-broken", Status.FAIL),
        (referral, "dns-lame", Status.FAIL),
        (truncated(None), "dns-tcp-blocked", Status.WARN),
        (truncated(garbage), "dns-malformed", Status.FAIL),
        (garbage, "dns-timeout", Status.WARN),  # over UDP anybody could have sent it, so the true answer is waited for
        (endless_aliases, "alias-loop", Status.FAIL),
    ],
)
def test_each_trouble_is_told_from_a_name_that_does_not_exist(handler: Any, trouble: str, status: Status) -> None:
    report = ask(broken(handler))
    assert (found(report, trouble).status, found(report, trouble).fix is not None) == (status, True)
    assert (found(report, "name-address").status, found(report, "name-address").reason) == (Status.SKIPPED, trouble)
    assert examined.unanswered(report) == trouble.startswith("dns")
    told(report)


def test_aliases_that_lead_back_are_found_where_the_server_only_fails() -> None:
    """BIND answers SERVFAIL for such a name, and its CNAME records when asked for them."""
    report = ask(
        {
            **broken(failing(SERVFAIL)),
            f"{NAME} CNAME": ["b.kolibri.example."],
            "b.kolibri.example CNAME": [f"{NAME}."],
        }
    )
    assert found(report, "alias-loop").status is Status.FAIL
    assert found(report, "name-address").reason == "alias-loop"


def test_a_truncated_answer_is_fetched_over_tcp() -> None:
    report = ask({**GOOD, f"{NAME} A": truncated([IP])})
    assert found(report, "name-address").status is Status.PASS


def test_a_reverse_zone_that_does_not_answer_is_not_a_missing_name_tag() -> None:
    report = ask({**GOOD, REVERSE: silent})
    for check in ("reverse-name", "reverse-confirmed", "reverse-matches-name"):
        assert (found(report, check).status, found(report, check).reason) == (Status.SKIPPED, "dns-timeout"), check
    told(report)


HOSTILE_NAMES = (
    r"\027[31m\007.evil.example.", r"a\ b.example.", r"\255\254.example.", "<script>.example.", r"in\.one.example.",
    f"{'a' * 63}.{'b' * 63}.{'c' * 63}.{'d' * 59}.", "*.", "-.example.", "xn--zzzzzz99.example.",
)  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_tag_is_shown_as_plain_text(name: str) -> None:
    report = ask({**GOOD, REVERSE: [name]})
    assert found(report, "reverse-confirmed").status is Status.FAIL
    assert as_text(report, speak("en")).replace("\n", "").isprintable()
    told(report)


def test_a_name_tag_that_is_the_root_is_none() -> None:
    assert found(ask({**GOOD, REVERSE: ["."]}), "reverse-name").status is Status.FAIL


def test_a_flood_of_name_tags_is_followed_only_so_far() -> None:
    report = ask({**GOOD, REVERSE: truncated([f"n{number}.example." for number in range(2000)])}, patience=2)
    assert found(report, "one-reverse-name").status is Status.WARN
    assert len(report.answers) < 60


@given(st.binary(max_size=300), st.booleans())
@settings(max_examples=60)
def test_no_bytes_from_a_name_server_raise(data: bytes, over_tcp: bool) -> None:
    def handler(query: dns.message.Message, _response: dns.message.Message, _tcp: bool) -> bytes:
        return query.to_wire()[:2] + data

    report = ask(broken(truncated(handler) if over_tcp else handler), patience=0.05)
    assert found(report, "name-address").status is Status.SKIPPED
    told(report)


# --- SPF of the HELO identity -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("record", "result", "status"),
    [
        ("v=spf1 a -all", "pass", Status.PASS),
        ("v=spf1 ip4:203.0.113.0/28 -all", "pass", Status.PASS),
        ("v=spf1 include:spf.kolibri.example -all", "pass", Status.PASS),
        ("v=spf1 mx -all", "fail", Status.FAIL),
        ("v=spf1 -all", "fail", Status.FAIL),
        ("v=spf1 ~all", "softfail", Status.WARN),
        ("v=spf1 ?all", "neutral", Status.PASS),
        ("v=spf1 nonsense -all", "permerror", Status.WARN),
        ("v=spf1 a:gone1.example a:gone2.example a:gone3.example -all", "permerror", Status.WARN),
        ("v=spf1 include:loop.kolibri.example -all", "permerror", Status.WARN),
        ("v=spf1 a:dead.example -all", "temperror", Status.WARN),
        ("v=spf1 ip4:203.0.113.10\\010 -all", "permerror", Status.WARN),
        ("no record at all", "none", Status.PASS),
    ],
)
def test_spf_of_the_name_is_evaluated(record: str, result: str, status: Status) -> None:
    zone: Zone = {
        **GOOD, f"{NAME} TXT": [f'"{record}"'],
        "spf.kolibri.example TXT": ['"v=spf1 ip4:203.0.113.10 -all"'],
        "loop.kolibri.example TXT": ['"v=spf1 include:loop.kolibri.example -all"'],
        "dead.example A": silent,
    }  # fmt: skip
    report = ask(zone)
    assert (evidence(found(report, "helo-spf"))["result"], found(report, "helo-spf").status) == (result, status)
    told(report)


# --- input ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ip", "resolver"), [("nowhere", None), (IP, "ns.example"), (IP, "300.1.1.1"), (IP, "1.2.3.4:0")]
)
def test_an_address_that_is_none_is_told(ip: str, resolver: str | None) -> None:
    with pytest.raises(InputProblem):
        asyncio.run(examined.examine(NAME, ip, resolver))


def test_a_machine_without_name_servers_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    import dns.asyncresolver
    import dns.resolver

    def unconfigured(*_: object, **__: object) -> None:
        raise dns.resolver.NoResolverConfiguration

    monkeypatch.setattr(dns.asyncresolver, "Resolver", unconfigured)
    with pytest.raises(NetworkProblem) as told_of:
        asyncio.run(examined.examine(NAME, IP))
    assert told_of.value.id == "no-name-server"
