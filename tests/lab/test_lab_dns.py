"""Our questions to a real name server (BIND): each awkward name of the lab's zones is read right."""

from __future__ import annotations

import asyncio

import pytest

from helodoctor.model import DnsReport
from helodoctor.network.dns import examine
from labkit.box import wait_until
from labkit.dialogue import CLIENT
from labkit.lab import Lab
from labkit.servers import TREES

GOOD = "mail.example.test"
CHECKS_SIGNATURES, IN_CHARGE_OF_NOTHING = "203.0.113.54", "203.0.113.55"


def examined(lab: Lab, name: str, ip: str | None = CLIENT, resolver: str | None = None) -> DnsReport:
    return lab.desk.call(lambda: asyncio.run(examine(name, ip, resolver, patience=4)))


def told(report: DnsReport) -> dict[str, str]:
    return {finding.id: finding.reason or finding.status.value for finding in report.findings}


def test_a_good_name_and_address_pass_every_check(lab: Lab) -> None:
    assert set(told(examined(lab, GOOD)).values()) == {"pass"}


@pytest.mark.parametrize(
    ("name", "check", "outcome"),
    [
        ("nonexistent.example.test", "name-address", "fail"),
        ("txtonly.example.test", "name-address", "fail"),
        ("mxonly.example.test", "name-address", "warn"),
        ("v6only.example.test", "name-address", "pass"),
        ("alias.example.test", "name-alias", "warn"),
        ("dangling.example.test", "name-alias", "fail"),
        ("loopa.example.test", "alias-loop", "fail"),
        ("other.example.test", "name-matches-address", "warn"),
        ("lo.example.test", "public-answer", "fail"),
        ("priv.example.test", "public-answer", "fail"),
        ("x.wild.example.test", "wildcard-name", "warn"),
        ("tc.example.test", "name-address", "pass"),
        ("my_server.example.test", "name-address", "pass"),
        ("xn--mlaut-jva.example.test", "name-address", "pass"),
        ("x.broken.test", "dns-server-failure", "fail"),
        ("x.swallow.example.test", "name-address", "dns-timeout"),
        ("spffail.example.test", "helo-spf", "fail"),
        ("spfsoft.example.test", "helo-spf", "warn"),
        ("www", "name-address", "not-a-full-name"),
    ],
)
def test_each_awkward_name_is_read_right(lab: Lab, name: str, check: str, outcome: str) -> None:
    assert told(examined(lab, name))[check] == outcome


@pytest.mark.parametrize(
    ("ip", "check", "outcome"),
    [
        ("203.0.113.11", "reverse-name", "fail"),
        ("203.0.113.12", "reverse-confirmed", "pass"),
        ("203.0.113.13", "reverse-confirmed", "fail"),
        ("203.0.113.14", "reverse-name", "dns-timeout"),
        ("2001:db8::10", "reverse-confirmed", "pass"),
        ("2001:db8::10", "name-matches-address", "pass"),
    ],
)
def test_each_reverse_name_is_read_right(lab: Lab, ip: str, check: str, outcome: str) -> None:
    assert told(examined(lab, GOOD, ip))[check] == outcome


def test_a_domain_whose_servers_do_not_exist_is_not_a_missing_name(lab: Lab) -> None:
    report = told(examined(lab, "x.dead.test"))
    assert report["name-address"] in ("dns-timeout", "dns-lame", "dns-server-failure")


@pytest.fixture(scope="module")
def strict(session_lab: tuple[Lab, object, object]) -> Lab:
    """The lab with one more name server, which has two sides."""
    lab = session_lab[0]
    box = lab.add(
        "dns-strict", "strict.lab.test", ("dns",), (CHECKS_SIGNATURES, IN_CHARGE_OF_NOTHING), TREES / "dns-strict"
    )
    wait_until(lambda: "running" in box.read("/var/log/console.log"), "the strict name server")
    return lab


@pytest.mark.own_network
def test_signatures_that_do_not_fit_are_not_a_missing_name(strict: Lab) -> None:
    report = told(examined(strict, GOOD, resolver=CHECKS_SIGNATURES))
    assert (report["dnssec-broken"], report["name-address"]) == ("fail", "dnssec-broken")
    assert report["reverse-name"] == "pass"


@pytest.mark.own_network
def test_a_name_server_that_refuses_is_not_a_missing_name(strict: Lab) -> None:
    report = told(examined(strict, GOOD, resolver=IN_CHARGE_OF_NOTHING))
    assert (report["dns-refused"], report["name-address"]) == ("warn", "dns-refused")
    assert report["same-everywhere"] == "one-side-silent"
