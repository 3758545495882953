"""Our questions to name servers other than BIND (Knot, NSD, Unbound): each situation is read right."""

from __future__ import annotations

import asyncio
import time
from functools import partial
from typing import NamedTuple

import pytest

from helodoctor.model import DnsReport, Finding
from helodoctor.network.dns import examine
from labkit.box import Box, wait_until
from labkit.dialogue import CLIENT
from labkit.lab import Lab
from labkit.servers import TREES

GOOD = "mail.example.test"
ADDRESSES = {
    "knot": ("203.0.113.57", "2001:db8::57"),
    "nsd": ("203.0.113.58",),
    "unbound": ("203.0.113.59", "2001:db8::59"),
}
READY = {"knot": "server started", "nsd": "nsd started", "unbound": "start of service"}
pytestmark = pytest.mark.own_network


class Servers(NamedTuple):
    """The lab, and its three more name servers by name."""

    lab: Lab
    boxes: dict[str, Box]


@pytest.fixture(scope="module")
def servers(session_lab: tuple[Lab, object, object]) -> Servers:
    """The lab with three more name servers."""
    lab, boxes = session_lab[0], {}
    for name, addresses in ADDRESSES.items():
        trees = (TREES / "dns", TREES / f"dns-{name}")
        box = boxes[name] = lab.add(f"dns-{name}", f"{name}.lab.test", ("more-dns",), addresses, *trees)
        wait_until(partial(_is_ready, name, box), name)
    return Servers(lab, boxes)


def _is_ready(name: str, box: Box) -> bool:
    return READY[name] in box.read("/var/log/console.log")


def examined(servers: Servers, name: str, resolver: str, ip: str | None = CLIENT) -> DnsReport:
    return servers.lab.desk.call(lambda: asyncio.run(examine(name, ip, resolver, patience=4)))


def told(report: DnsReport) -> dict[str, str]:
    return {finding.id: finding.reason or finding.status.value for finding in report.findings}


def finding(report: DnsReport, check: str) -> Finding:
    return next(one for one in report.findings if one.id == check)


def seconds(report: DnsReport) -> int:
    """How long the answer about the name's address stays true."""
    left = next(answer.ttl for answer in report.answers if answer.question == f"{report.name} A")
    assert left is not None
    return left


def minutes(report: DnsReport) -> int:
    return next(int(value.value) for value in finding(report, "name-address").evidence if value.name == "minutes")


AWKWARD = [
    (GOOD, "name-address", "pass"),
    (GOOD, "name-matches-address", "pass"),
    (GOOD, "reverse-matches-name", "pass"),
    ("nonexistent.example.test", "name-address", "fail"),
    ("txtonly.example.test", "name-address", "fail"),
    ("mxonly.example.test", "name-address", "warn"),
    ("v6only.example.test", "name-address", "pass"),
    ("alias.example.test", "name-alias", "warn"),
    ("dangling.example.test", "name-alias", "fail"),
    ("loopa.example.test", "alias-loop", "fail"),
    ("other.example.test", "name-matches-address", "warn"),
    ("lo.example.test", "public-answer", "fail"),
    ("x.wild.example.test", "wildcard-name", "warn"),
    ("my_server.example.test", "name-address", "pass"),
    ("big.example.test", "name-matches-address", "pass"),
    ("x.dead.test", "name-address", "dns-lame"),
    ("x.broken.test", "dns-server-failure", "fail"),
]


@pytest.mark.parametrize("server", ["knot", "nsd"])
@pytest.mark.parametrize(("name", "check", "outcome"), AWKWARD)
def test_a_server_in_charge_of_the_zones(servers: Servers, server: str, name: str, check: str, outcome: str) -> None:
    assert told(examined(servers, name, ADDRESSES[server][0]))[check] == outcome


@pytest.mark.parametrize("server", ["knot", "nsd"])
@pytest.mark.parametrize(
    ("ip", "check", "outcome"),
    [
        ("203.0.113.11", "reverse-name", "fail"),
        ("203.0.113.13", "reverse-confirmed", "fail"),
        ("2001:db8::10", "reverse-confirmed", "pass"),
        ("2001:db8::99", "reverse-name", "fail"),
    ],
)
def test_its_reverse_names(servers: Servers, server: str, ip: str, check: str, outcome: str) -> None:
    assert told(examined(servers, GOOD, ADDRESSES[server][0], ip))[check] == outcome


@pytest.mark.parametrize("server", ["knot", "unbound"])
def test_a_name_server_is_asked_over_ipv6(servers: Servers, server: str) -> None:
    report = told(examined(servers, "v6only.example.test", f"[{ADDRESSES[server][1]}]:53", "2001:db8::10"))
    assert (report["name-address"], report["name-matches-address"], report["reverse-name"]) == ("pass",) * 3


@pytest.mark.parametrize(
    ("name", "check", "outcome"),
    [
        ("nonexistent.example.test", "name-address", "fail"),
        ("alias.example.test", "name-alias", "warn"),
        ("loopa.example.test", "name-address", "alias-loop"),
        ("mx-postfix.rcpt.test", "name-address", "dnssec-broken"),
        ("x.refused.test", "name-address", "dns-refused"),
        ("x.silent.test", "name-address", "dns-timeout"),
        ("x.catchall.test", "wildcard-name", "warn"),
        ("x.catchall.test", "parked-domain", "warn"),
        (GOOD, "same-everywhere", "warn"),
        (GOOD, "public-answer", "fail"),
        ("other.example.test", "same-everywhere", "pass"),
        ("big.example.test", "name-matches-address", "pass"),
    ],
)
def test_a_resolver_with_checks_and_an_inside_view(servers: Servers, name: str, check: str, outcome: str) -> None:
    assert told(examined(servers, name, ADDRESSES["unbound"][0]))[check] == outcome


@pytest.mark.parametrize("name", ["x.away.test", "x.lame.test"])
def test_nobody_in_charge_is_not_a_missing_name(servers: Servers, name: str) -> None:
    reason = told(examined(servers, name, ADDRESSES["unbound"][0]))["name-address"]
    assert reason in ("dns-lame", "dns-server-failure", "dns-timeout")


def test_the_minutes_told_are_those_the_resolver_keeps_the_answer(servers: Servers) -> None:
    assert minutes(examined(servers, "long.changing.test", ADDRESSES["knot"][0])) == 40
    first = seconds(examined(servers, "long.changing.test", ADDRESSES["unbound"][0]))
    time.sleep(2)
    later = seconds(examined(servers, "long.changing.test", ADDRESSES["unbound"][0]))
    assert first - 4 <= later < first <= 2400


def test_after_the_time_told_the_new_answer_is_there(servers: Servers) -> None:
    """The record is changed at the server in charge; the resolver gives the old one as long as we said, not longer."""
    name, resolver = "mail.changing.test", ADDRESSES["unbound"][0]
    before = examined(servers, name, resolver)
    assert told(before)["name-matches-address"] == "warn"
    zone, box = "/lab/changing.zone", servers.boxes["knot"]
    box.write(zone, box.read(zone).replace("203.0.113.99", CLIENT).replace(" 1 3600", " 2 3600"))
    box.run(["knotc", "-c", "/etc/knot/knot.conf", "zone-reload", "changing.test"])
    assert told(examined(servers, name, resolver))["name-matches-address"] == "warn"
    time.sleep(seconds(before) + 1)
    assert told(examined(servers, name, resolver))["name-matches-address"] == "pass"
