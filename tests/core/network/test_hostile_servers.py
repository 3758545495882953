"""Servers that misbehave in every way: one clear sentence each, in bounded time and memory, and Stop always works."""

from __future__ import annotations

import asyncio
import ssl
import tracemalloc
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from tests.core.network.scripted import POLITE, Connection, Script, Scripted, polite, polite_until

from helodoctor.model import Stage, Trial, TrialVerdict
from helodoctor.network.probe import probe
from helodoctor.network.server import server_context
from helodoctor.words import speak
from helodoctor.words import trials as sentences

MEGABYTE = 1024 * 1024
GREETING = b"220 mx.receiver.example ESMTP\r\n"
RCPT, RSET, QUIT = 5, 6, 7


def say(*pieces: bytes) -> Script:
    """Say this and then nothing."""

    async def script(talk: Connection) -> None:
        await talk.say(*pieces)
        await talk.silence()

    return script


def repeat(piece: bytes, times: int = 100_000) -> Script:
    """Say the same again and again."""

    async def script(talk: Connection) -> None:
        for _ in range(times):
            await talk.say(piece)
        await talk.silence()

    return script


def after(replies: bytes, then: Script) -> Script:
    """``replies`` to banner and EHLO, then ``then`` for the next command."""

    async def script(talk: Connection) -> None:
        await talk.say(GREETING)
        await talk.answer(replies)
        await talk.hear()
        await then(talk)

    return script


async def drip(talk: Connection) -> None:
    for byte in GREETING * 20:
        await talk.say(bytes([byte]))
        await asyncio.sleep(0.05)


async def close(talk: Connection) -> None:
    talk.close()


async def reset(talk: Connection) -> None:
    talk.reset()


async def no_tls(talk: Connection) -> None:
    await talk.say(b"220 go ahead\r\n")
    await talk.wait_for_bytes()
    await talk.say(b"this is no TLS record\r\n" * 50)
    await talk.silence()


async def broken_tls(talk: Connection) -> None:
    await talk.say(b"220 go ahead\r\n")
    await talk.encrypt()
    await talk.hear()
    talk.reset()


async def storm(talk: Connection) -> None:
    await talk.say(b"421 4.3.2 shutting down\r\n" * 2000)
    await talk.silence()


async def all_at_once(talk: Connection) -> None:
    await talk.say(GREETING, b"250 mx\r\n", b"250 ok\r\n", b"250 ok\r\n", b"221 bye\r\n")
    await talk.silence()


UNDETERMINED, REFUSED = TrialVerdict.UNDETERMINED, TrialVerdict.REFUSED
TEMPFAIL, ACCEPTED = TrialVerdict.TEMPFAIL, TrialVerdict.ACCEPTED
TLS = b"250-mx\r\n250 STARTTLS\r\n"

# What the server does -> the verdict, the obstacle, the stage it came at.
HOSTILE: dict[str, tuple[Script, TrialVerdict, str | None, Stage]] = {
    "silent": (say(), UNDETERMINED, "timeout", Stage.CONNECT),
    "one byte at a time": (drip, UNDETERMINED, "timeout", Stage.CONNECT),
    "endless banner lines": (repeat(b"220-still here\r\n"), UNDETERMINED, "too-many-lines", Stage.CONNECT),
    "endless banner without a line end": (repeat(b"220-still here "), UNDETERMINED, "too-much", Stage.CONNECT),
    "endless continuation lines": (polite_until(1, repeat(b"250-X\r\n")), UNDETERMINED, "too-many-lines", Stage.HELO),
    "10 MB line first": (repeat(b"220 " + b"x" * MEGABYTE, 10), UNDETERMINED, "too-much", Stage.CONNECT),
    "10 MB line later": (polite_until(4, repeat(b"250 " + b"x" * MEGABYTE, 10)), UNDETERMINED, "too-much", Stage.MAIL),
    "binary": (say(bytes(range(256)) * 8), UNDETERMINED, "not-smtp", Stage.CONNECT),
    "NULs only": (say(b"\0" * 4096 + b"\n"), UNDETERMINED, "not-smtp", Stage.CONNECT),
    "bare CR for a line end": (say(b"220 mx\r"), UNDETERMINED, "timeout", Stage.CONNECT),
    "web server": (say(b"HTTP/1.1 400 Bad Request\r\n\r\n"), UNDETERMINED, "not-smtp", Stage.CONNECT),
    "ssh server": (say(b"SSH-2.0-OpenSSH_9.2\r\n"), UNDETERMINED, "not-smtp", Stage.CONNECT),
    "code below 200": (say(b"199 what\r\n"), UNDETERMINED, "not-smtp", Stage.CONNECT),
    "code above 599": (polite_until(1, say(b"999 what\r\n")), UNDETERMINED, "not-smtp", Stage.HELO),
    "code of four digits": (say(b"2200 what\r\n"), UNDETERMINED, "not-smtp", Stage.CONNECT),
    "banner with the wrong yes": (say(b"250 mx\r\n"), UNDETERMINED, "unexpected-reply", Stage.CONNECT),
    "354 to MAIL": (polite_until(4, say(b"354 go on\r\n")), UNDETERMINED, "unexpected-reply", Stage.MAIL),
    "closes at once": (close, UNDETERMINED, "closed", Stage.CONNECT),
    "closes at EHLO": (polite_until(1, close), UNDETERMINED, "closed", Stage.HELO),
    "closes at STARTTLS": (polite_until(2, close), UNDETERMINED, "closed", Stage.STARTTLS),
    "closes at the second EHLO": (polite_until(3, close), UNDETERMINED, "closed", Stage.HELO),
    "closes at MAIL": (polite_until(4, close), UNDETERMINED, "closed", Stage.MAIL),
    "closes at RCPT": (polite_until(RCPT, close), UNDETERMINED, "closed", Stage.RCPT),
    "closes in the middle of a reply": (after(b"250-mx\r\n250 X\r\n", say()), UNDETERMINED, "timeout", Stage.MAIL),
    "resets at once": (reset, UNDETERMINED, "reset", Stage.CONNECT),
    "resets at RCPT": (polite_until(RCPT, reset), UNDETERMINED, "reset", Stage.RCPT),
    "resets inside TLS": (after(TLS, broken_tls), UNDETERMINED, "reset", Stage.HELO),
    "garbage instead of TLS": (after(TLS, no_tls), UNDETERMINED, "tls-failed", Stage.STARTTLS),
    "reply injected before TLS": (
        after(TLS, say(b"220 go ahead\r\n250 injected\r\n")), UNDETERMINED, "injected-reply", Stage.STARTTLS,
    ),
    "silence instead of TLS": (after(TLS, say(b"220 go ahead\r\n")), UNDETERMINED, "timeout", Stage.STARTTLS),
    "all replies at once": (all_at_once, UNDETERMINED, "out-of-turn", Stage.HELO),
    "421 storm first": (storm, TEMPFAIL, None, Stage.CONNECT),
    "421 storm at MAIL": (polite_until(4, storm), TEMPFAIL, None, Stage.MAIL),
    "421 unasked, then closed": (after(b"250 mx\r\n421 4.4.2 timeout\r\n", close), TEMPFAIL, None, Stage.MAIL),
    "refuses and hangs up": (polite_until(1, say(b"550 5.7.1 bad HELO\r\n")), REFUSED, "timeout", Stage.HELO),
    "codes that differ": (polite_until(RCPT, say(b"250-yes\r\n550 no\r\n")), REFUSED, None, Stage.RCPT),
    "code without words": (polite_until(RCPT, say(b"550\r\n")), REFUSED, None, Stage.RCPT),
    "bare LF for line ends": (polite_until(RCPT, say(b"550-no\n550 no\n")), REFUSED, None, Stage.RCPT),
    "no answer to RSET": (polite_until(RSET, say()), ACCEPTED, None, Stage.RCPT),
    "resets at QUIT": (polite_until(QUIT, reset), ACCEPTED, None, Stage.RCPT),
    "a certificate of another name": (polite, ACCEPTED, None, Stage.RCPT),
}  # fmt: skip


def run(coroutine: Coroutine[Any, Any, Trial]) -> Trial:
    """The trial must end by itself, and leave no task behind."""

    async def guarded() -> Trial:
        async with asyncio.timeout(20):
            trial = await coroutine
        assert asyncio.all_tasks() == {asyncio.current_task()}
        return trial

    return asyncio.run(guarded())


async def trial_of(script: Script, server_tls: ssl.SSLContext | None = None, **changes: Any) -> Trial:
    async with Scripted(script, server_tls) as server:
        result = await probe(server.plan(**{"timeout": 0.4} | changes))
    assert b"\nDATA" not in server.heard and b"\nBDAT" not in server.heard
    return result


@pytest.mark.parametrize("case", HOSTILE)
def test_every_misbehaviour_has_its_verdict_and_one_sentence(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("helodoctor.network.conversation._GOODBYE_SECONDS", 0.1)
    script, verdict, obstacle, stage = HOSTILE[case]
    trial = run(trial_of(script, timeout=0.4 if obstacle == "timeout" else 15.0))
    assert (trial.verdict, trial.obstacle) == (verdict, obstacle)
    assert (trial.refused_at or (trial.stopped_at if obstacle else trial.reached)) is stage
    english = speak("en")
    reading = sentences.reading(english, trial)
    assert "127.0.0.1" in reading
    assert reading.endswith(".") and len(reading) < 250
    assert sentences.next_step(english, trial).endswith(".")
    words = "".join(line.text for line in trial.dialogue)
    assert words.replace("\t", "").replace("\n", "").isprintable()


def test_plain_text_where_tls_was_asked_for() -> None:
    trial = run(trial_of(polite, tls="implicit", timeout=15.0))
    assert (trial.verdict, trial.obstacle) == (UNDETERMINED, "tls-failed")


def test_a_server_that_waits_for_tls_is_silent_without_it() -> None:
    trial = asyncio.run(trial_of(polite, server_context()))
    assert (trial.obstacle, trial.stopped_at) == ("timeout", Stage.CONNECT)


def test_tls_from_the_start() -> None:
    async def plain_talk(talk: Connection) -> None:
        await talk.say(GREETING)
        await talk.answer(b"250-mx\r\n250 STARTTLS\r\n", b"250 ok\r\n", b"550 5.7.1 no\r\n", b"250 ok\r\n")
        await talk.answer(b"221 bye\r\n")

    async def encrypted() -> Trial:
        async with Scripted(plain_talk, server_context()) as server:
            return await probe(server.plan(tls="implicit"))

    trial = run(encrypted())
    assert trial.verdict is REFUSED
    assert trial.tls is not None


def test_text_that_moves_the_cursor_is_shown_not_obeyed() -> None:
    hostile = "550 \x1b[2J\x07\0\u202eevil\x9b31m".encode()
    trial = run(trial_of(polite_until(RCPT, say(hostile + b" \xff\xfe\r\n")), timeout=15.0))
    assert trial.reply_text is not None
    assert trial.reply_text.isprintable()
    assert "\\x1b[2J\\x07\\x00\\u202eevil\\x9b31m \\xff\\xfe" in trial.reply_text


@pytest.mark.parametrize(
    "case", ["10 MB line first", "10 MB line later", "endless banner without a line end", "421 storm first"]
)
def test_memory_stays_bounded(case: str) -> None:
    tracemalloc.start()
    try:
        run(trial_of(HOSTILE[case][0], timeout=15.0))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 16 * MEGABYTE


# --- Stop ------------------------------------------------------------------------------------------------------------


async def stopped_at(turn: int) -> bool:
    """Cancel a trial while the server owes the reply ``turn``; whether the server saw the connection end."""
    owed = asyncio.Event()

    async def owe(talk: Connection) -> None:
        owed.set()
        await talk.silence()

    async with asyncio.timeout(10), Scripted(polite_until(turn, owe)) as server:
        running = asyncio.create_task(probe(server.plan(timeout=60.0)))
        await owed.wait()
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        await server.ended.wait()
    return True


@pytest.mark.parametrize("turn", range(len(POLITE)), ids=lambda turn: f"{turn}-{POLITE[turn][0]}")
def test_stop_works_at_every_stage(turn: int) -> None:
    assert asyncio.run(stopped_at(turn))


def stop_while(script: Script, heard: Callable[[Scripted], bool], **changes: Any) -> None:
    async def stop() -> None:
        async with asyncio.timeout(10), Scripted(script) as server:
            running = asyncio.create_task(probe(server.plan(timeout=60.0, **changes)))
            while not heard(server):
                await asyncio.sleep(0.01)
            await asyncio.sleep(0.05)
            running.cancel()
            with pytest.raises(asyncio.CancelledError):
                await running
            await server.ended.wait()

    asyncio.run(stop())


def test_stop_works_during_the_tls_handshake() -> None:
    stop_while(after(TLS, say(b"220 go ahead\r\n")), lambda server: b"STARTTLS" in server.heard)


def test_stop_works_during_an_implicit_tls_handshake() -> None:
    stop_while(say(), lambda _: True, tls="implicit")
