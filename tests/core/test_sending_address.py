"""Which address the mail comes from: the text shows it, it is typed, or one service is asked, never untold."""

from __future__ import annotations

import asyncio

import pytest
from tests.core.network.nameserver import Handler, NameServer, failing, silent

from helodoctor import steps
from helodoctor.guides.facts import facts_of
from helodoctor.model import Case, InputProblem, NetworkProblem
from helodoctor.network import dns_source
from helodoctor.network.dns_source import AddressService

TEXT = """Jul 3 10:00:00 mx postfix/smtpd[7]: NOQUEUE: reject: RCPT from unknown[203.0.113.10]: 504 5.5.2 <www>: \
Helo command rejected: need fully-qualified hostname; from=<a@kolibri.example> to=<b@fink.example> proto=ESMTP \
helo=<www>
"""
HEADERS = """Received: from www (mail.kolibri.example [203.0.113.77])
\tby mx.fink.example (Postfix) with ESMTP id 4Abc; Thu, 3 Jul 2025 10:00:00 +0200
From: a@kolibri.example
To: b@fink.example
Subject: hello

"""


def case_of(text: str = TEXT) -> Case:
    return steps.judge(steps.read(Case(), text))


def service(server: NameServer, kind: str = "A") -> AddressService:
    return AddressService(
        id="test", title="Test", server=server.address, question="myip.example", kind=kind, source="this test"
    )


def told(answer: list[str] | Handler, kind: str = "A") -> str:
    async def asked() -> str:
        async with NameServer({f"myip.example {kind}": answer}) as server:
            return await dns_source.own_address(service(server, kind), patience=0.5)

    return asyncio.run(asked())


@pytest.mark.parametrize(("text", "address"), [(TEXT, "203.0.113.10"), (HEADERS, "203.0.113.77")])
def test_the_text_shows_it(text: str, address: str) -> None:
    case = case_of(text)
    assert (case.sending_address, case.client_ip_source) == (address, None)


def test_a_typed_one_counts_before_the_texts_and_is_judged_with() -> None:
    case = steps.come_from(case_of(), " 198.51.100.7 ")
    assert (case.sending_address, case.client_ip_source) == ("198.51.100.7", "typed")
    assert case.judgement is not None
    literal = steps.come_from(steps.judge(steps.announce(case_of(), "[198.51.100.7]")), "198.51.100.7")
    assert literal.judgement is not None
    before = steps.judge(steps.announce(case_of(), "[198.51.100.7]")).judgement
    assert before is not None
    assert literal.judgement.findings != before.findings


def test_an_empty_field_is_the_texts_again() -> None:
    case = steps.come_from(steps.come_from(case_of(), "2001:DB8::7"), "")
    assert (case.sending_address, case.client_ip) == ("203.0.113.10", None)


def test_the_same_address_changes_nothing() -> None:
    case = case_of()
    assert steps.come_from(case, "203.0.113.10") is case
    assert steps.come_from(case, "") is case


@pytest.mark.parametrize("text", ["my server", "300.1.2.3", "203.0.113.0/24", "a" * 500, "203.0.113.10 evil"])
def test_what_is_no_address_is_told_and_nothing_is_lost(text: str) -> None:
    with pytest.raises(InputProblem, match="address-unreadable"):
        steps.come_from(case_of(), text)


def test_another_text_starts_without_it() -> None:
    moved = steps.come_from(case_of(), "198.51.100.7")
    assert steps.read(moved, HEADERS).sending_address == "203.0.113.77"
    assert steps.read(moved, TEXT).sending_address == "198.51.100.7"


def test_the_fix_speaks_of_it() -> None:
    from helodoctor.knowledge.senders import all_systems

    case = steps.come_from(case_of(), "2001:db8::7")
    assert {key: facts_of(case, all_systems()["postfix"])[key] for key in ("ip", "record")} == {
        "ip": "2001:db8::7", "record": "AAAA",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "kind", "address"),
    [
        (["203.0.113.9"], "A", "203.0.113.9"),
        (['"203.0.113.9"'], "TXT", "203.0.113.9"),
        (['"edns0-client-subnet 198.51.100.0/24"', '"2001:db8::9"'], "TXT", "2001:db8::9"),
    ],
)
def test_the_service_tells_the_address_of_this_machine(answer: list[str], kind: str, address: str) -> None:
    assert told(answer, kind) == address


@pytest.mark.parametrize("answer", [[], ['"no address here"'], silent, failing(2)])
def test_a_service_that_does_not_answer_with_an_address_is_told(answer: list[str] | Handler) -> None:
    with pytest.raises(NetworkProblem) as fault:
        told(answer, "TXT")
    assert fault.value.id == "own-address-unanswered"


def test_what_was_asked_for_is_kept_as_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    async def asked() -> Case:
        async with NameServer({"myip.example A": ["203.0.113.9"]}) as server:
            monkeypatch.setattr(dns_source, "usual_service", lambda: service(server))
            found = await steps.ask_own_address(case_of())
            assert server.asked == ["myip.example A"]  # one question, to that server
            return found

    case = asyncio.run(asked())
    assert (case.sending_address, case.client_ip_source) == ("203.0.113.9", "asked")
