"""Where a host is: asked of a real name server on this machine, which answers as the test tells it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any

import dns.asyncresolver
import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest
from msgspec.structs import replace
from tests.core.network.scripted import Scripted, polite

from helodoctor.model import Target as ModelTarget
from helodoctor.model import TrialPlan, TrialVerdict
from helodoctor.network import dns_questions, resolve
from helodoctor.network.probe import probe
from helodoctor.network.replies import Obstacle

Zone = dict[tuple[str, str], list[str] | int | None]


class NameServer(asyncio.DatagramProtocol):
    """Answers from ``zone``: (name, type) -> records, a response code, or ``None`` for silence; else NXDOMAIN."""

    def __init__(self, zone: Zone) -> None:
        self.zone = zone

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, address: Any) -> None:
        query = dns.message.from_wire(data)
        question = query.question[0]
        name, kind = question.name.to_text(omit_final_dot=True), dns.rdatatype.to_text(question.rdtype)
        known = any(key[0] == name for key in self.zone)
        found = self.zone.get((name, kind), [] if known else int(dns.rcode.NXDOMAIN))
        if found is None:
            return
        response = dns.message.make_response(query)
        response.flags |= dns.flags.RA
        if isinstance(found, int):
            response.set_rcode(dns.rcode.Rcode(found))
        elif found:
            response.answer.append(dns.rrset.from_text(question.name, 60, "IN", kind, *found))
        self.transport.sendto(response.to_wire(), address)  # type: ignore[attr-defined]


def with_zone(zone: Zone, monkeypatch: pytest.MonkeyPatch, question: Coroutine[Any, Any, Any]) -> Any:
    """The answer to ``question`` when the system's only name server holds ``zone``, and the hosts file nothing."""

    async def asked() -> Any:
        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_datagram_endpoint(lambda: NameServer(zone), ("127.0.0.1", 0))
        resolver = dns.asyncresolver.Resolver(configure=False)
        resolver.nameservers, resolver.port = ["127.0.0.1"], transport.get_extra_info("sockname")[1]
        monkeypatch.setattr(dns_questions, "system_resolver", lambda: resolver)
        monkeypatch.setattr(resolve, "_by_the_system", lambda _: [])  # an empty hosts file
        monkeypatch.setattr(resolve, "_SECONDS", 0.3)
        try:
            return await question
        finally:
            transport.close()

    return asyncio.run(asked())


BOTH: Zone = {("mx.receiver.example", "A"): ["192.0.2.1"], ("mx.receiver.example", "AAAA"): ["2001:db8::1"]}


def test_both_kinds_of_address_ipv4_first(monkeypatch: pytest.MonkeyPatch) -> None:
    found = with_zone(BOTH, monkeypatch, resolve.addresses("mx.receiver.example"))
    assert found == ["192.0.2.1", "2001:db8::1"]


def test_one_kind_is_enough_when_the_other_question_gets_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    zone: Zone = BOTH | {("mx.receiver.example", "AAAA"): None}
    assert with_zone(zone, monkeypatch, resolve.addresses("mx.receiver.example")) == ["192.0.2.1"]


def test_at_most_four_addresses_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    zone: Zone = {("mx.receiver.example", "A"): [f"192.0.2.{n}" for n in range(1, 30)]}
    assert len(with_zone(zone, monkeypatch, resolve.addresses("mx.receiver.example"))) == 4


@pytest.mark.parametrize(
    ("zone", "obstacle"),
    [
        ({}, "host-not-found"),
        ({("mx.receiver.example", "TXT"): ["x"]}, "host-not-found"),
        ({("mx.receiver.example", "A"): None, ("mx.receiver.example", "AAAA"): None}, "dns-unanswered"),
        ({("mx.receiver.example", "A"): 2, ("mx.receiver.example", "AAAA"): 2}, "dns-unanswered"),
    ],
)
def test_no_address_and_why(zone: Zone, obstacle: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Obstacle) as raised:
        with_zone(zone, monkeypatch, resolve.addresses("mx.receiver.example"))
    assert raised.value.id == obstacle


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1"])
def test_an_address_is_not_asked_for(host: str) -> None:
    assert asyncio.run(resolve.addresses(host)) == [host]


def test_a_name_without_a_dot_is_this_systems_affair() -> None:
    assert set(asyncio.run(resolve.addresses("localhost"))) <= {"127.0.0.1", "::1"}


def test_the_hosts_file_is_asked_where_the_name_service_knows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async def addresses() -> Any:
        known = {"mx.inside.example": ["127.0.0.9"]}
        monkeypatch.setattr(resolve, "_by_the_system", lambda host: known.get(host, []))
        return await resolve.addresses("mx.inside.example")

    assert with_zone({}, monkeypatch, addresses()) == ["127.0.0.9"]


def test_stop_does_not_wait_for_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, go_on = threading.Event(), threading.Event()

    def stuck(_: str) -> list[str]:
        asked.set()
        go_on.wait(60)
        return []

    async def stopped() -> None:
        looking = asyncio.create_task(resolve.addresses("localhost"))
        while not asked.is_set():
            await asyncio.sleep(0.01)
        looking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await looking

    monkeypatch.setattr(resolve, "_by_the_system", stuck)
    asyncio.run(stopped())  # would hang here if the thread were waited for
    go_on.set()


@pytest.mark.parametrize(
    ("records", "hosts"),
    [
        (["20 b.receiver.example.", "10 a.receiver.example."], ["a.receiver.example", "b.receiver.example"]),
        ([], ["receiver.example"]),
        ([f"{n} mx{n}.receiver.example." for n in range(30)], [f"mx{n}.receiver.example" for n in range(10)]),
    ],
)
def test_the_mail_servers_of_a_domain(records: list[str], hosts: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    zone: Zone = {("receiver.example", "MX"): records}
    assert with_zone(zone, monkeypatch, resolve.mail_hosts("receiver.example")) == hosts


@pytest.mark.parametrize(
    ("answer", "obstacle"),
    [(["0 ."], "null-mx"), (3, "host-not-found"), (2, "dns-unanswered"), (None, "dns-unanswered")],
)
def test_no_mail_servers_and_why(answer: Any, obstacle: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Obstacle) as raised:
        with_zone({("receiver.example", "MX"): answer}, monkeypatch, resolve.mail_hosts("receiver.example"))
    assert raised.value.id == obstacle


# --- the whole way, from a mail domain to a trial --------------------------------------------------------------------

DOMAIN: Zone = {
    ("receiver.example", "MX"): ["10 gone.receiver.example.", "20 deaf.receiver.example.", "30 mx.receiver.example."],
    ("deaf.receiver.example", "A"): ["127.0.0.2"],
    ("mx.receiver.example", "A"): ["127.0.0.1"],
}


def test_the_mail_servers_of_a_domain_are_tried_in_order_until_one_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    async def trial() -> Any:
        async with Scripted(polite) as server:
            target = ModelTarget(host="receiver.example", port=server.port)
            return await probe(server.plan(target=target, mx=True))

    result = with_zone(DOMAIN, monkeypatch, trial())
    assert result.verdict is TrialVerdict.ACCEPTED
    assert (result.plan.target.host, result.address) == ("mx.receiver.example", "127.0.0.1")


def test_when_no_mail_server_answers_the_last_reason_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = TrialPlan(target=ModelTarget(host="receiver.example", port=1), name="www", stop_after="ehlo", mx=True)
    result = with_zone(DOMAIN, monkeypatch, probe(plan))
    assert (result.verdict, result.obstacle) == (TrialVerdict.UNREACHABLE, "connection-refused")


def test_all_mail_servers_silent_on_port_25_means_it_is_blocked_here(monkeypatch: pytest.MonkeyPatch) -> None:
    async def swallowed(*_: object, **__: object) -> None:
        await asyncio.sleep(60)

    monkeypatch.setattr("asyncio.open_connection", swallowed)
    target = ModelTarget(host="receiver.example")
    plan = TrialPlan(target=target, name="www", stop_after="ehlo", mx=True, timeout=0.3)
    zone: Zone = {**DOMAIN, ("receiver.example", "MX"): ["1 mx.receiver.example.", "2 deaf.receiver.example."]}
    result = with_zone(zone, monkeypatch, probe(plan))
    assert (result.verdict, result.obstacle) == (TrialVerdict.BLOCKED, "port-25-blocked")
    assert result.plan.target.host == "receiver.example"
    single_host = replace(plan, target=ModelTarget(host="mx.receiver.example"), mx=False)
    single = with_zone(zone, monkeypatch, probe(single_host))
    assert (single.verdict, single.obstacle) == (TrialVerdict.UNREACHABLE, "connect-timeout")
