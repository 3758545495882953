"""What a trial costs: the process beside a bare asyncio client, the conversation beside the server's own time, Stop."""

from __future__ import annotations

import asyncio
import resource
import shutil
import socket
import statistics
import sys
import time
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from msgspec.structs import replace
from tests.core.network.background import serving
from tests.core.network.nameserver import NameServer, silent
from tests.core.network.scripted import POLITE, Connection, Scripted, polite_until

from helodoctor.model import Target, Trial, TrialPlan, TrialVerdict
from helodoctor.network import dns_questions, way_out
from helodoctor.network.banners import KnownHost
from helodoctor.network.listener import Listener
from helodoctor.network.practice import PracticeServer
from helodoctor.network.probe import probe
from processes import cpu_seconds, minima, python

ADDRESSES = ("office@sender.example", "user@receiver.example")

PROBE = "import sys; from helodoctor.cli import main; sys.exit(main(sys.argv[1:]))"

# The same dialogue with nothing around it: no name check, no bounds, no reading, no words.
BARE = """
import asyncio, ssl, sys

async def talk(port, name, sender, recipient):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)

    async def reply():
        while (line := await reader.readline())[3:4] == b"-":
            pass
        return line

    async def say(text):
        writer.write(text.encode() + b"\\r\\n")
        return await reply()

    await reply()
    await say("EHLO " + name)
    await say("STARTTLS")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    await writer.start_tls(context)
    await say("EHLO " + name)
    await say("MAIL FROM:<" + sender + ">")
    print(await say("RCPT TO:<" + recipient + ">"))
    await say("RSET")
    await say("QUIT")
    writer.close()

asyncio.run(talk(int(sys.argv[1]), *sys.argv[2:]))
"""


@pytest.mark.parametrize(("name", "outcome"), [("mail.sender.org", "accepted"), ("www", "refused")])
def test_a_probe_costs_little_more_than_the_bare_conversation(
    name: str, outcome: str, told: Callable[[str], None]
) -> None:
    with serving(PracticeServer()) as port:
        sender, recipient = ADDRESSES
        arguments = ["probe", f"127.0.0.1:{port}", "--name", name, "--from", sender, "--to", recipient, "--json"]
        measures = [
            lambda: cpu_seconds(python("-c", PROBE, *arguments)),
            lambda: cpu_seconds(python("-c", BARE, str(port), name, sender, recipient)),
        ]
        if swaks := shutil.which("swaks"):
            options = f"--server 127.0.0.1:{port} --helo {name} --from {sender} --to {recipient} --tls-optional".split()
            measures.append(lambda: cpu_seconds(["sh", "-c", f"{swaks} {' '.join(options)} --quit-after RCPT || true"]))
        ours, bare, *others = minima(*measures)
    beside = f", swaks {others[0] * 1000:.0f} ms" if others else ""
    told(
        f"helodoctor probe ({outcome}) {ours * 1000:.0f} ms CPU, bare asyncio client {bare * 1000:.0f} ms{beside}: "
        f"{(ours - bare) * 1000:.0f} ms more (at most 60)"
    )
    assert ours - bare <= 0.060


ANSWER_SECONDS = 0.02


async def _slow(talk: Connection) -> None:
    """Six answers, each after 20 ms: what the trial takes beyond that is its own."""
    for number, answer in enumerate(["220 mx", "250 mx", "250 ok", "250 ok", "250 ok", "221 bye"]):
        if number:
            await talk.hear()
        await asyncio.sleep(ANSWER_SECONDS)
        await talk.say(answer)


def test_a_trial_adds_little_to_the_servers_own_answering_time(told: Callable[[str], None]) -> None:
    async def durations() -> list[float]:
        async with Scripted(_slow) as server:
            taken = []
            for _ in range(12):
                begun = time.perf_counter()
                await probe(server.plan())
                taken.append(time.perf_counter() - begun - 6 * ANSWER_SECONDS)
        return taken[2:]

    added = min(asyncio.run(durations()))  # what it needs, without what busy neighbours add
    told(f"a trial adds {added * 1000:.1f} ms to the server's answering time (at most 10)")
    assert added <= 0.010


def test_stop_returns_at_once_at_every_stage(told: Callable[[str], None]) -> None:
    async def seconds_to_stop(turn: int) -> float:
        owed = asyncio.Event()

        async def owe(talk: Connection) -> None:
            owed.set()
            await talk.silence()

        async with Scripted(polite_until(turn, owe)) as server:
            running = asyncio.create_task(probe(server.plan(timeout=60.0)))
            await owed.wait()
            begun = time.perf_counter()
            running.cancel()
            await asyncio.wait([running])
            return time.perf_counter() - begun

    worst = max(asyncio.run(seconds_to_stop(turn)) for turn in range(len(POLITE)))
    told(f"Stop returns after {worst * 1000:.1f} ms at the slowest stage (at most 200)")
    assert worst <= 0.200


def test_stop_returns_at_once_before_there_is_a_conversation(told: Callable[[str], None]) -> None:
    """While the name service is silent, while nobody takes the call, and in the middle of a TLS handshake."""

    async def stopped(trial: Coroutine[Any, Any, object]) -> float:
        running = asyncio.create_task(trial)
        await asyncio.sleep(0.3)
        assert not running.done()
        begun = time.perf_counter()
        running.cancel()
        await asyncio.wait([running])
        return time.perf_counter() - begun

    async def waits() -> dict[str, float]:
        taken = {}
        plan = TrialPlan(target=Target(host="mx.receiver.example"), name="www", stop_after="ehlo")
        async with NameServer({"mx.receiver.example A": silent, "mx.receiver.example AAAA": silent}) as server:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(dns_questions, "system_resolver", lambda: dns_questions.chosen_resolver(server.address))
                taken["name service"] = await stopped(probe(plan))
                taken["mail servers of a domain"] = await stopped(probe(replace(plan, mx=True)))
        with socket.socket() as full, socket.socket() as first, socket.socket() as second:
            full.bind(("127.0.0.1", 0))
            full.listen(0)
            for caller in (first, second):
                caller.setblocking(False)
                caller.connect_ex(full.getsockname())
            target = Target(host="127.0.0.1", port=full.getsockname()[1])
            taken["connecting"] = await stopped(probe(replace(plan, target=target)))
        async with Scripted(Connection.silence) as deaf:
            taken["handshake"] = await stopped(probe(deaf.plan(tls="implicit", timeout=60.0)))
            known = KnownHost(title="Known", host="127.0.0.1", banner="x", source="this test")
            away = Trial(plan=plan, verdict=TrialVerdict.UNREACHABLE, obstacle="connect-timeout")
            taken["a call"] = await stopped(way_out.find_out(away, hosts=[known], port=deaf.port))
        return taken

    taken = asyncio.run(waits())
    told("Stop returns " + ", ".join(f"{name}: {1000 * seconds:.1f} ms" for name, seconds in taken.items()))
    assert max(taken.values()) <= 0.200


FLOOD = 10


def test_a_flood_costs_little_memory(told: Callable[[str], None]) -> None:
    async def flood(talk: Connection) -> None:
        for _ in range(FLOOD):
            await talk.say(b"220 " + b"x" * 1024 * 1024)

    async def trial() -> None:
        async with Scripted(flood) as server:
            await probe(server.plan())

    asyncio.run(trial())
    unit = 1 if sys.platform == "darwin" else 1024
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    for _ in range(20):
        asyncio.run(trial())
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit - before
    told(f"20 servers that sent {FLOOD} MB lines: {grown / 1024 / 1024:.1f} MB more memory (at most 64)")
    assert grown <= 64 * 1024 * 1024


def test_the_listener_takes_ten_thousand_in_a_row(told: Callable[[str], None]) -> None:
    count = 10_000

    async def row() -> tuple[int, float, float]:
        heard = 0

        def note(_: object) -> None:
            nonlocal heard
            heard += 1

        async with Listener(note) as listener:
            begun, memory = time.perf_counter(), 0
            for number in range(count):
                if number == count // 10:
                    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
                reader, writer = await asyncio.open_connection(listener.host, listener.port)
                await reader.readline()
                writer.write(b"EHLO www\r\n")
                while (await reader.readline())[3:4] != b" ":
                    pass
                writer.transport.abort()
            grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory
            return heard, time.perf_counter() - begun, grown / 1024

    heard, seconds, grown = asyncio.run(row())
    told(f"{heard} conversations with the listener in {seconds:.1f} s, {grown:.1f} MB more memory after the first 1000")
    assert heard == count
    assert grown < 8


def test_a_trial_against_the_practice_server_in_one_process(told: Callable[[str], None]) -> None:
    async def trials() -> list[float]:
        async with PracticeServer() as server:
            target = Target(host=server.host, port=server.port)
            plan = TrialPlan(target=target, name="www", sender=ADDRESSES[0], recipient=ADDRESSES[1])
            taken = []
            for _ in range(20):
                begun = time.perf_counter()
                await probe(plan)
                taken.append(time.perf_counter() - begun)
        return taken[5:]

    told(f"a whole trial with TLS, server included: {statistics.median(asyncio.run(trials())) * 1000:.1f} ms")
