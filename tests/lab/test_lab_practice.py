"""The practice server beside the software it plays: the same name meets the same refusal, to the letter."""

from __future__ import annotations

import asyncio

import pytest

from helodoctor.network.practice import PracticeServer
from helodoctor.receivers import Facts
from labkit.dialogue import CLIENT, Outcome, ask
from labkit.lab import Lab
from labkit.names import Named, listed
from labkit.observing import Observations
from labkit.truth import facts

ME = "mx-postfix.rcpt.test"
# Names on the lists that the lab's servers keep beside what the policy plays, or refused for their SPF record.
QPSMTPD_LIST = {"fakedomain.xyz", "gmail.com"}
SPF_FAILS = {"gmail.com"}
PAIRS: list[tuple[str, str, str, set[str]]] = [
    ("postfix-hardened", "postfix", "203.0.113.75", set()),
    ("postfix-early", "postfix", "203.0.113.95", set()),
    ("exim", "exim", "203.0.113.66", set()),
    ("exim-verify", "exim", "203.0.113.76", set()),
    ("haraka-strict", "haraka", "203.0.113.31", set()),
    ("courier-bofh", "courier", "203.0.113.29", SPF_FAILS),
    ("qpsmtpd-strict", "qpsmtpd", "203.0.113.30", QPSMTPD_LIST),
]
MARKED = [pytest.param(*pair, id=pair[0], marks=pytest.mark.server(pair[1])) for pair in PAIRS]


class Informed(PracticeServer):
    """A practice server that is told all the lab's name server knows, where the user would give a few facts."""

    told: Facts

    def facts_of(self, client_ip: str) -> Facts:
        return self.told


def play(lab: Lab, policy: str, names: list[Named]) -> list[Outcome]:
    """What the practice server answers to each name, from the client's desk."""
    told = facts(lab.desk, [name.text or "" for name in names], CLIENT)

    async def serve() -> list[Outcome]:
        server = Informed(policy, CLIENT, 25)
        server.told = told
        async with server:
            return await asyncio.to_thread(ask, lab.desk, CLIENT, names)

    return lab.desk.call(lambda: asyncio.run(serve()))


@pytest.mark.parametrize(("policy", "server", "address", "apart"), MARKED)
def test_the_practice_server_refuses_as_the_real_one(
    lab: Lab, observations: Observations, policy: str, server: str, address: str, apart: set[str]
) -> None:
    names = list(listed(ME))
    real = observations.elsewhere({pair[2]: pair[1] for pair in PAIRS}, names)[address]
    different = [
        f"{name.label}: practised {ours}, real {theirs}"
        for name, ours, theirs in zip(names, play(lab, policy, names), real, strict=True)
        if name.label not in apart
        and ours != theirs
        and (ours.stage, theirs.stage) != ("accept", "accept")
        and theirs.code != "timeout"
    ]
    assert not different, "\n".join(different)
    assert sum(outcome.stage != "accept" for outcome in real) >= 7


def test_the_policy_that_accepts_all_accepts_all(lab: Lab) -> None:
    outcomes = play(lab, "accept-all", [name for name in listed(ME) if name.text])
    assert {outcome.stage for outcome in outcomes} == {"accept"}
