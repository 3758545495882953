"""The listener hears every name, puts every mail off, and keeps no login."""

from __future__ import annotations

import asyncio
import gc
import logging
import smtplib
import ssl
import tracemalloc
from collections.abc import Awaitable, Callable
from datetime import datetime

import pytest
from aiosmtpd.smtp import LoginPassword
from tests.core.network.client import Client

from helodoctor.network.listener import Greeting, Listener

SECRET = "plantedpassword"  # what must turn up nowhere
SECRET_BASE64 = "AHVzZXIAcGxhbnRlZHBhc3N3b3Jk"  # "\0user\0plantedpassword"


def listen(speak: Callable[[Client], Awaitable[None]], host: str = "127.0.0.1") -> list[Greeting]:
    """What a listener heard of one conversation."""
    heard: list[Greeting] = []

    async def conversation() -> None:
        async with Listener(heard.append, host) as listener, Client(listener.host, listener.port) as client:
            assert (await client.reply())[:4] == "220 "
            await speak(client)

    asyncio.run(conversation())
    return heard


def test_every_greeting_is_heard_before_and_after_tls() -> None:
    async def speak(client: Client) -> None:
        assert (await client.say("EHLO www"))[:3] == "250"
        await client.encrypt()
        assert (await client.say("EHLO mail.sender.example"))[:3] == "250"
        assert (await client.say("HELO old.sender.example"))[:3] == "250"

    heard = listen(speak)
    assert [(greeting.verb, greeting.name, greeting.tls) for greeting in heard] == [
        ("EHLO", "www", False), ("EHLO", "mail.sender.example", True), ("HELO", "old.sender.example", True),
    ]  # fmt: skip
    assert {greeting.client.partition(":")[0] for greeting in heard} == {"127.0.0.1"}
    assert all(datetime.fromisoformat(greeting.time).tzinfo for greeting in heard)


def test_a_client_by_ipv6_is_written_with_brackets() -> None:
    async def speak(client: Client) -> None:
        await client.say("EHLO www")

    assert listen(speak, "::1")[0].client.startswith("[::1]:")


@pytest.mark.parametrize(
    ("argument", "shown"),
    [("", ""), ("a b", "a b"), ("\x1b[2J", "\\x1b[2J"), ("ümlaut", "ümlaut"), ("\udcff", "\\xff"), ("a\0b", "a\\x00b"),
     ("\u202egnp.exe", "\\u202egnp.exe"), ("<b>&", "<b>&")],
)  # fmt: skip
def test_names_are_shown_as_plain_text(argument: str, shown: str) -> None:
    async def speak(client: Client) -> None:
        assert (await client.say(f"EHLO {argument}"))[:3] == "250"

    assert [greeting.name for greeting in listen(speak)] == [shown]


def test_mail_is_put_off_with_the_reason() -> None:
    async def speak(client: Client) -> None:
        await client.say("EHLO www")
        refusal = await client.say("MAIL FROM:<office@sender.example>")
        assert refusal[:4] == "450 "
        assert "HELO Doctor" in refusal
        assert (await client.say("RCPT TO:<user@receiver.example>"))[:3] == "503"
        assert (await client.say("DATA"))[:3] == "503"

    assert len(listen(speak)) == 1


LOGINS: dict[str, list[tuple[str, str]]] = {
    "PLAIN at once": [(f"AUTH PLAIN {SECRET_BASE64}", "235")],
    "PLAIN in two steps": [("AUTH PLAIN", "334"), (SECRET_BASE64, "235")],
    "LOGIN": [("AUTH LOGIN", "334"), ("dXNlcg==", "334"), (SECRET, "235")],
    "LOGIN with the user at once": [("AUTH LOGIN dXNlcg==", "334"), (SECRET, "235")],
    "in lower case": [(f"auth plain {SECRET_BASE64}", "235")],
    "a kind it does not know": [("AUTH CRAM-MD5", "504")],
    "no kind": [("AUTH", "504")],
}


@pytest.mark.parametrize("case", LOGINS)
def test_any_login_is_accepted_and_forgotten(case: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    async def speak(client: Client) -> None:
        await client.say("EHLO www")
        for line, code in LOGINS[case]:
            assert (await client.say(line))[:3] == code
        assert (await client.say("MAIL FROM:<>"))[:3] == "450"
        assert not any(type(thing) is LoginPassword for thing in gc.get_objects())

    heard = listen(speak)
    for text in (repr(heard), caplog.text):
        assert SECRET not in text
        assert SECRET_BASE64 not in text


def test_a_common_client_logs_in_and_keeps_its_mail() -> None:
    heard: list[Greeting] = []

    def send(port: int) -> int:
        with smtplib.SMTP("127.0.0.1", port, local_hostname="app.sender.example", timeout=20) as client:
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            client.starttls(context=context)
            client.login("user", SECRET)
            with pytest.raises(smtplib.SMTPSenderRefused) as refused:
                client.sendmail("office@sender.example", ["user@receiver.example"], "x")
            return refused.value.smtp_code

    async def conversation() -> int:
        async with Listener(heard.append) as listener:
            return await asyncio.to_thread(send, listener.port)

    assert asyncio.run(conversation()) == 450
    assert [(greeting.name, greeting.tls) for greeting in heard] == [
        ("app.sender.example", False), ("app.sender.example", True),
    ]  # fmt: skip


def test_five_hundred_at_once_and_garbage_among_them() -> None:
    heard: list[Greeting] = []

    async def one(listener: Listener, number: int) -> None:
        async with Client(listener.host, listener.port) as client:
            await client.reply()
            if number % 5 == 0:
                await client.send(bytes(range(256)) * 40)
            elif number % 5 == 1:
                await client.send(b"EHLO " + b"x" * 20_000)
            else:
                await client.say(f"EHLO host-{number}")
            await together.wait()

    async def crowd() -> None:
        async with Listener(heard.append) as listener, asyncio.TaskGroup() as group:
            for number in range(500):
                group.create_task(one(listener, number))
            while len(heard) < 300:
                await asyncio.sleep(0.01)
            together.set()

    async def timed() -> None:
        async with asyncio.timeout(60):
            await crowd()

    together = asyncio.Event()
    asyncio.run(timed())
    assert {greeting.name for greeting in heard} >= {f"host-{n}" for n in range(500) if n % 5 > 1}


def test_many_in_a_row_leave_nothing_behind() -> None:
    async def row(count: int, listener: Listener) -> None:
        for _ in range(count):
            async with Client(listener.host, listener.port) as client:
                await client.reply()
                await client.say("EHLO www")

    async def measure() -> int:
        async with Listener(lambda _: None) as listener:
            await row(20, listener)
            gc.collect()
            tracemalloc.start()
            try:
                await row(200, listener)
                gc.collect()
                return tracemalloc.get_traced_memory()[0]
            finally:
                tracemalloc.stop()

    assert asyncio.run(measure()) < 200 * 1024
