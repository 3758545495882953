"""The built-in sender: delivers to this machine and to nobody else, under the name it has."""

from __future__ import annotations

import asyncio

import pytest
from tests.core.network.scripted import Scripted, polite_until
from tests.core.network.test_hostile_servers import close, say

from helodoctor.model import InputProblem, Stage
from helodoctor.network.listener import Greeting, Listener
from helodoctor.network.practice import PracticeServer
from helodoctor.network.sender import Delivery, Sender


def deliver(sender: Sender, policy: str = "infomaniak") -> Delivery:
    async def delivery() -> Delivery:
        async with PracticeServer(policy) as server:
            return await sender.deliver(server.host, server.port)

    return asyncio.run(delivery())


def test_the_name_decides_and_can_be_changed() -> None:
    sender = Sender("www")
    refused = deliver(sender)
    assert not refused.accepted
    assert [line.text for line in refused.lines if line.stage is Stage.RCPT][-1].startswith("550 5.7.1")
    sender.name = "mail.sender.org"
    accepted = deliver(sender)
    assert accepted.accepted
    assert any(line.text == "EHLO mail.sender.org" for line in accepted.lines)


def test_the_listener_hears_it() -> None:
    heard: list[Greeting] = []

    async def delivery() -> Delivery:
        async with Listener(heard.append) as listener:
            return await Sender("www").deliver(listener.host, listener.port)

    assert not asyncio.run(delivery()).accepted
    assert [greeting.name for greeting in heard] == ["www"]


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "0.0.0.0"])
def test_it_talks_to_this_machine_only(host: str) -> None:
    with pytest.raises(InputProblem) as raised:
        asyncio.run(Sender("www").deliver(host, 25))
    assert raised.value.id == "sender-only-local"


@pytest.mark.parametrize(
    ("name", "addresses"),
    [("www\r\nDATA", {}), ("www", {"sender": "a>\r\nDATA"}), ("www", {"recipient": "ü@receiver.example"})],
)
def test_nothing_unsafe_is_sent(name: str, addresses: dict[str, str]) -> None:
    with pytest.raises(InputProblem):
        asyncio.run(Sender(name).deliver("127.0.0.1", 1, **addresses))  # type: ignore[arg-type]


@pytest.mark.parametrize("turn", range(4))
@pytest.mark.parametrize("script", [close, say(b"550 no\r\n")])
def test_a_server_that_gives_up_is_no_delivery(turn: int, script: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("helodoctor.network.conversation._GOODBYE_SECONDS", 0.1)

    async def delivery() -> Delivery:
        async with Scripted(polite_until(turn, script)) as server:  # type: ignore[arg-type]
            return await Sender("www").deliver("127.0.0.1", server.port)

    delivered = asyncio.run(delivery())
    assert not delivered.accepted
