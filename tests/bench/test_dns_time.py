"""All questions to the name service are under way at once: as long as the longest chain of answers, and little more."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import pytest
from tests.core.network.nameserver import NameServer

from helodoctor.model import Status
from helodoctor.network import dns, dns_questions

DELAY = 0.1
CHAIN = 3  # SPF: the record of the name, the record it includes, the address that one names
ZONE = {
    "mail.kolibri.example A": ["203.0.113.10"],
    "mail.kolibri.example TXT": ['"v=spf1 include:spf.kolibri.example -all"'],
    "spf.kolibri.example TXT": ['"v=spf1 a:out.kolibri.example -all"'],
    "out.kolibri.example A": ["203.0.113.10"],
    "10.113.0.203.in-addr.arpa PTR": ["mx1.kolibri.example.", "mx2.kolibri.example."],
    "mx1.kolibri.example A": ["203.0.113.10"],
    "mx2.kolibri.example A": ["203.0.113.10"],
    "kolibri.example NS": ["ns1.kolibri.example."],
}


async def seconds(patch: pytest.MonkeyPatch) -> float:
    async with NameServer(dict(ZONE), delay=DELAY) as server:
        patch.setattr(dns, "system_resolver", lambda: dns_questions.chosen_resolver(server.address))
        begun = time.perf_counter()
        report = await dns.examine("mail.kolibri.example", "203.0.113.10", server.address, patience=3)
        elapsed = time.perf_counter() - begun
    assert {finding.id: finding.status for finding in report.findings}["helo-spf"] is Status.PASS
    return elapsed


@pytest.mark.timeout(60)
def test_all_questions_take_no_longer_than_the_longest_chain(
    told: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    asyncio.run(seconds(monkeypatch))  # loads what is loaded late
    taken = min(asyncio.run(seconds(monkeypatch)) for _ in range(5))
    chain = CHAIN * DELAY
    told(f"all questions {taken * 1000:.0f} ms, the chain {chain * 1000:.0f} ms: {taken / chain:.2f} (at most 1.10)")
    assert taken <= 1.1 * chain
