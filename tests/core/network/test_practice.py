"""The practice server: each policy's real replies at their real stages, and a server that nothing can hurt."""

from __future__ import annotations

import asyncio
import tracemalloc
from typing import Any

import pytest
from tests.core.network.client import Client

from helodoctor import receivers
from helodoctor.model import Answer, InputProblem, Stage, TrialVerdict
from helodoctor.network import server as servers
from helodoctor.network.practice import Judged, PracticeServer

SENDER, RECIPIENT = "office@sender.example", "user@receiver.example"
NAMES = (
    "www", "servidor", "localhost", "localhost.localdomain", "127.0.0.1", "[127.0.0.1]", "[192.0.2.9]",
    "fakedomain.xyz", "my_server.sender.org", "mail.sender.org", "mail.sender.org.", "", "server.local",
    "gmail.com", "ümlaut.org",
)  # fmt: skip


async def conversation(client: Client, verb: str, name: str) -> dict[Stage, str]:
    """The replies of one mail, as far as it gets."""
    steps = (
        (Stage.HELO, f"{verb} {name}".strip()),
        (Stage.MAIL, f"MAIL FROM:<{SENDER}>"),
        (Stage.RCPT, f"RCPT TO:<{RECIPIENT}>"),
        (Stage.DATA, "DATA"),
    )
    said: dict[Stage, str] = {}
    for stage, command in steps:
        said[stage] = await client.say(command)
        if said[stage][:1] not in ("2", "3"):
            return said
    said[Stage.DATA] = await client.say("Subject: x\r\n\r\n..\r\n.")
    return said


@pytest.mark.parametrize("verb", ["EHLO", "HELO"])
@pytest.mark.parametrize("policy", receivers.policies())
def test_every_policy_refuses_at_its_stage_in_its_words(policy: str, verb: str) -> None:
    async def compare() -> None:
        for name in NAMES:
            heard: list[Judged] = []
            async with PracticeServer(policy, on_conversation=heard.append) as server:
                async with Client(server.host, server.port) as client:
                    assert (await client.reply()).startswith("220 ")
                    said = await conversation(client, verb, name)
                    after = await client.say("QUIT")
                await asyncio.sleep(0.01)
            decision = receivers.decide(policy, name, receivers.Facts(ip="127.0.0.1"), verb=verb)
            last = list(said)[-1]
            if decision.refuses:
                assert last is decision.stage, name
                assert said[last] == "\n".join(decision.lines(sender=SENDER, recipient=RECIPIENT)), name
                assert (after == "") is decision.closes
                wanted = TrialVerdict.REFUSED if decision.answer is Answer.REJECT else TrialVerdict.TEMPFAIL
            else:
                assert (last, said[last][:3]) == (Stage.DATA, "250"), name
                wanted = TrialVerdict.ACCEPTED
            told = [(judged.verdict, judged.verb, judged.assumed) for judged in heard]
            assert told == [(wanted, verb, decision.assumed)], name

    asyncio.run(compare())


def talk(*commands: str, policy: str = "infomaniak", **options: Any) -> list[str]:
    """Banner and replies of one conversation."""

    async def speak() -> list[str]:
        async with PracticeServer(policy, **options) as server, Client(server.host, server.port) as client:
            return [await client.reply(), *[await client.say(command) for command in commands]]

    return asyncio.run(speak())


def test_the_default_speaks_as_the_first_real_case_does() -> None:
    assert talk("HELO www", "MAIL FROM: user123@infomaniak.ch", "RCPT TO: user123@infomaniak.ch") == [
        "220 mta-gw1.infomaniak.ch ESMTP Infomaniak Network Mail Servers;",
        "250 mta-gw1.infomaniak.ch Hello, pleased to meet you",
        "250 2.1.0 user123@infomaniak.ch... Sender ok",
        "550 5.7.1 user123@infomaniak.ch... Access denied - bogus HELO [1] ...",
    ]


@pytest.mark.parametrize("name", ["127.0.0.1", "[127.0.0.1]", "localhost", "www", "servidor", "fakedomain.xyz"])
def test_the_default_refuses_the_names_of_the_first_real_case_at_rcpt(name: str) -> None:
    said = talk(f"EHLO {name}", "MAIL FROM:<>", f"RCPT TO:<{RECIPIENT}>")
    assert [reply[:3] for reply in said] == ["220", "250", "250", "550"]


def test_a_good_name_is_taken() -> None:
    mail = f"MAIL FROM:<{SENDER}> SIZE=10 BODY=8BITMIME SMTPUTF8"
    said = talk("EHLO mail.sender.org", mail, f"RCPT TO:<{RECIPIENT}>")
    assert [reply[:3] for reply in said] == ["220", "250", "250", "250"]


def test_extensions_are_offered_as_the_receiver_does() -> None:
    offered = talk("EHLO mail.sender.org")[1]
    assert {"PIPELINING", "SMTPUTF8", "STARTTLS"} <= {line[4:] for line in offered.split("\n")}


def test_the_second_greeting_after_starttls_is_judged_anew() -> None:
    async def speak() -> list[str]:
        async with PracticeServer() as server, Client(server.host, server.port) as client:
            await client.reply()
            await client.say("EHLO mail.sender.org")
            await client.encrypt()
            said = [await client.say(f"MAIL FROM:<{SENDER}>"), await client.say("EHLO www")]
            return [*said, await client.say(f"MAIL FROM:<{SENDER}>"), await client.say(f"RCPT TO:<{RECIPIENT}>")]

    before_greeting, greeting, mail, rcpt = asyncio.run(speak())
    assert (before_greeting[:3], mail[:3], rcpt[:3]) == ("503", "250", "550")
    assert "STARTTLS" not in greeting


def test_plain_text_sent_ahead_of_tls_is_dropped() -> None:
    async def speak() -> list[str]:
        async with PracticeServer() as server, Client(server.host, server.port) as client:
            await client.reply()
            await client.say("EHLO mail.sender.org")
            await client.encrypt(followed_by=b"EHLO injected.sender.org\r\n")
            return [await client.say(f"MAIL FROM:<{SENDER}>")]

    assert asyncio.run(speak())[0].startswith("503")


def test_commands_may_come_all_at_once() -> None:
    async def speak() -> list[str]:
        async with PracticeServer() as server, Client(server.host, server.port) as client:
            await client.send(f"EHLO www\r\nMAIL FROM:<>\r\nRCPT TO:<{RECIPIENT}>\r\nQUIT\r\n".encode())
            return [(await client.reply())[:3] for _ in range(5)]

    assert asyncio.run(speak()) == ["220", "250", "250", "550", "221"]


def test_facts_decide_what_dns_would() -> None:
    names = {"mail.sender.org": receivers.Host(exists=False)}
    mail = ("EHLO mail.sender.org", "MAIL FROM:<>", f"RCPT TO:<{RECIPIENT}>")
    said = talk(*mail, policy="postfix-hardened", facts=names)
    assert said[-1] == "450 4.7.1 <mail.sender.org>: Helo command rejected: Host not found"


def test_an_unknown_policy_is_said_before_it_listens() -> None:
    with pytest.raises(InputProblem):
        PracticeServer("no-such-policy")


@pytest.mark.parametrize(
    ("command", "code"),
    [("MAIL FROM:<>", "503"), ("RCPT TO:<a@b>", "503"), ("DATA", "503"), ("AUTH PLAIN AGEAYg==", "50"), ("FOO", "500"),
     ("NOOP", "250"), ("RSET", "250"), ("", "500"), ("X" * 600, "500"), ("\0\xff", "500")],
)  # fmt: skip
def test_commands_out_of_order(command: str, code: str) -> None:
    assert talk(command)[1].startswith(code)


@pytest.mark.parametrize("command", ["MAIL", "MAIL FOO", "MAIL FROM", "RCPT TO:<>", "RCPT", "RCPT TO:"])
def test_commands_that_lack_an_address(command: str) -> None:
    before = ["EHLO mail.sender.org"] + (["MAIL FROM:<>"] if command.startswith("RCPT") else [])
    assert talk(*before, command)[-1].startswith("501")


def test_a_new_greeting_drops_the_mail_that_was_begun() -> None:
    assert talk("EHLO mail.sender.org", "MAIL FROM:<>", "EHLO mail.sender.org", "RCPT TO:<a@b>")[-1][:3] == "503"


# --- bounds ----------------------------------------------------------------------------------------------------------


def test_what_does_not_end_takes_no_memory() -> None:
    async def flood(*before: str) -> None:
        async with PracticeServer("accept-all") as server, Client(server.host, server.port) as client:
            await client.reply()
            for command in before:
                await client.say(command)
            for _ in range(320):
                try:
                    await client.send(b"x" * 65536)
                except ConnectionError:
                    return

    tracemalloc.start()
    try:
        asyncio.run(flood())
        asyncio.run(flood("EHLO mail.sender.org", "MAIL FROM:<>", "RCPT TO:<a@b>", "DATA"))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 8 * 1024 * 1024


def test_a_message_beyond_the_bound_ends_the_conversation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servers, "MESSAGE_BYTES", 1000)
    message = ("x" * 70 + "\r\n") * 30
    said = talk("EHLO a.sender.org", "MAIL FROM:<>", "RCPT TO:<a@b>", "DATA", message, policy="accept-all")
    assert said[-1].startswith("552 ")


def test_connections_beyond_the_bound_are_put_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servers, "CONNECTIONS", 1)

    async def crowd() -> list[str]:
        async with PracticeServer() as server:
            async with Client(server.host, server.port) as first:
                welcome = await first.reply()
                async with Client(server.host, server.port) as second:
                    busy = await second.reply()
            await asyncio.sleep(0.05)
            async with Client(server.host, server.port) as third:
                return [welcome, busy, await third.reply()]

    assert [reply[:3] for reply in asyncio.run(crowd())] == ["220", "421", "220"]


@pytest.mark.parametrize("bound", ["IDLE_SECONDS", "CONVERSATION_SECONDS"])
def test_a_client_that_says_nothing_is_let_go(bound: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servers, bound, 0.1)

    async def wait() -> list[str]:
        async with PracticeServer() as server, Client(server.host, server.port) as client:
            return [await client.reply(), await client.reply()]

    assert asyncio.run(wait())[1] == ""


def test_closing_the_server_ends_its_conversations() -> None:
    async def close() -> str:
        server = PracticeServer()
        async with server:
            client = await Client(server.host, server.port).__aenter__()
            await client.reply()
        try:
            assert asyncio.all_tasks() == {asyncio.current_task()}
            return await client.reply()
        finally:
            await client.__aexit__()

    assert asyncio.run(close()) == ""
