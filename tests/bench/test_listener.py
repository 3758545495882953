"""The listener under load: hundreds at once, thousands in a row, slow, endless and senseless clients; flat memory.

The listener runs as ``helodoctor listen``, a process of its own, so that what it holds can be told from what the test
holds; the window listens in its own process while another sends.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication
from tests.bench.test_window_stalls import LIMIT_MS, Heart
from tests.core.cli.servers import COMMAND

from helodoctor_gui import tasks
from helodoctor_gui.app import make_application
from helodoctor_gui.pages.listening import Listening
from helodoctor_gui.wizard import Frame
from walking import until

SECRET = "plantedpassword"
PLAIN = "AHVzZXIAcGxhbnRlZHBhc3N3b3Jk"  # "\0user\0plantedpassword"
TOGETHER, IN_A_ROW, SLOW, ENDLESS, GARBAGE = 500, 10_000, 100, 100, 1_000
GROWTH_MB = 8
WARM_UP = 2_000  # what Python keeps for so many grows until about here
ROUNDS = 3
MEGABYTE = b"x" * 2**20


class Listener:
    """A ``helodoctor listen`` that writes what it hears to a file."""

    def __init__(self, process: subprocess.Popen[bytes], told: Path) -> None:
        self.process, self._told = process, told
        while not (lines := told.read_text().splitlines()):
            time.sleep(0.02)
        self.host, self.port = "127.0.0.1", int(lines[0].rpartition(":")[2].rstrip('"}'))

    def heard(self) -> int:
        return self._told.read_bytes().count(b'"name"')

    @property
    def megabytes(self) -> float:
        """What the process holds in memory now (proc(5), VmRSS)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    async def open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection(self.host, self.port)
        assert (await reader.readline()).startswith(b"220 ")
        return reader, writer


@pytest.fixture
def listener(tmp_path: Path) -> Iterator[Listener]:
    told = tmp_path / "heard"
    with told.open("wb") as stream:
        process = subprocess.Popen([*COMMAND, "listen", "--port", "0", "--json"], stdout=stream, stderr=stream)
        try:
            yield Listener(process, told)
        finally:
            process.terminate()
            process.wait()
    assert SECRET not in told.read_text()
    assert PLAIN not in told.read_text()
    assert "Traceback" not in told.read_text()


async def reply(reader: asyncio.StreamReader) -> bytes:
    while (line := await reader.readline())[3:4] == b"-":
        pass
    return line


async def greet(listener: Listener, name: str, meanwhile: Callable[[], Awaitable[object]] | None = None) -> None:
    """A whole conversation with a login, as a program has it."""
    reader, writer = await listener.open()
    if meanwhile is not None:
        await meanwhile()
    for line, code in ((f"EHLO {name}", b"250"), (f"AUTH PLAIN {PLAIN}", b"235"), ("MAIL FROM:<a@b.example>", b"450")):
        writer.write(f"{line}\r\n".encode())
        assert (await reply(reader))[:3] == code
    writer.close()
    await writer.wait_closed()


async def hang_up(writer: asyncio.StreamWriter) -> None:
    """Close, and wait until it is: a connection that outlives its loop is warned of later, in some other test."""
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()


@contextmanager
def flat(listener: Listener, what: str, told: Callable[[str], None]) -> Iterator[None]:
    """What the listener holds afterwards is what it held before; it still hears a name."""
    asyncio.run(greet(listener, "warm.example"))
    before, begun = listener.megabytes, time.perf_counter()
    yield
    seconds, after = time.perf_counter() - begun, listener.megabytes
    heard = listener.heard()
    asyncio.run(greet(listener, "still.example"))
    assert listener.heard() > heard
    told(f"{what}: {seconds:.1f} s; memory {before:.1f} MB before, {after:.1f} MB after (at most {GROWTH_MB} MB more)")
    assert after - before <= GROWTH_MB


def crowd(size: int, one: Callable[[int], Awaitable[None]], at_once: int = 500) -> None:
    """``size`` clients, ``at_once`` of them together."""

    async def gather() -> None:
        for first in range(0, size, at_once):
            await asyncio.gather(*(one(number) for number in range(first, min(size, first + at_once))))

    asyncio.run(gather())


@pytest.mark.timeout(300)
def test_five_hundred_at_once(listener: Listener, told: Callable[[str], None]) -> None:
    crowd(TOGETHER, lambda number: greet(listener, f"first-{number}.example"))  # what so many need is kept by Python
    open_now = 0

    async def all_are_here() -> None:
        nonlocal open_now
        open_now += 1
        while open_now < TOGETHER:
            await asyncio.sleep(0.01)

    heard = listener.heard()
    with flat(listener, f"{TOGETHER} at once", told):
        crowd(TOGETHER, lambda number: greet(listener, f"host-{number}.example", all_are_here))
        assert open_now == TOGETHER
    assert listener.heard() == heard + TOGETHER + 2


@pytest.mark.timeout(600)
def test_ten_thousand_in_a_row(listener: Listener, told: Callable[[str], None]) -> None:
    async def row(count: int) -> None:
        for number in range(count):
            await greet(listener, f"host-{number}.example")

    asyncio.run(row(WARM_UP))
    with flat(listener, f"{IN_A_ROW} in a row", told):
        asyncio.run(row(IN_A_ROW))
    assert listener.heard() == IN_A_ROW + WARM_UP + 2


@pytest.mark.timeout(300)
def test_slow_endless_and_senseless_clients(listener: Listener, told: Callable[[str], None]) -> None:
    async def slow(number: int) -> None:
        reader, writer = await listener.open()
        for byte in f"EHLO slow-{number}.example\r\n".encode():
            writer.write(bytes([byte]))
            await asyncio.sleep(0.05)
        assert (await reply(reader))[:3] == b"250"
        await hang_up(writer)

    async def endless(_number: int) -> None:
        _reader, writer = await listener.open()
        with suppress(OSError, TimeoutError):
            for _ in range(8):
                writer.write(MEGABYTE)
                await asyncio.wait_for(writer.drain(), 5)
        writer.transport.abort()
        await hang_up(writer)

    async def senseless(number: int) -> None:
        _reader, writer = await listener.open()
        writer.write(Random(number).randbytes(4_000) + b"\r\n" + b"EHLO \xff\xfe\0\x1b[2J\r\nAUTH PLAIN " + b"=" * 900)
        with suppress(OSError, TimeoutError):
            await asyncio.wait_for(writer.drain(), 5)
        writer.transport.abort()
        await hang_up(writer)

    for round_ in ("first", "second"):
        heard = listener.heard()
        with flat(listener, f"{SLOW} slow, {round_}", told) if round_ == "second" else _as_it_is():
            crowd(SLOW, slow)
        assert listener.heard() >= heard + SLOW
        with flat(listener, f"{ENDLESS} endless lines, {round_}", told) if round_ == "second" else _as_it_is():
            crowd(ENDLESS, endless)
        with flat(listener, f"{GARBAGE} times garbage, {round_}", told) if round_ == "second" else _as_it_is():
            crowd(GARBAGE, senseless, at_once=100)  # the ones before may not all be gone yet, and 500 are the limit


@contextmanager
def _as_it_is() -> Iterator[None]:
    """The first round, after which Python holds what such a round needs."""
    yield


FLOOD = """
import asyncio, sys
async def one(port, number):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await reader.readline()
    writer.write(b"EHLO host-%d.example\\r\\n" % (number % 40))
    await reader.readline()
    writer.close()
async def flood(port):
    for first in range(0, 2000, 50):
        await asyncio.gather(*(one(port, number) for number in range(first, first + 50)))
asyncio.run(flood(int(sys.argv[1])))
"""


@pytest.mark.timeout(300)
def test_the_window_answers_while_two_thousand_greet_it(told: Callable[[str], None]) -> None:
    QApplication.instance() or make_application([])
    frame = Frame()
    frame.show()
    try:
        worst = min(_pause_while_greeted(frame, Heart()) for _ in range(ROUNDS))  # a busy neighbour makes all wait
    finally:
        tasks.stop()
        frame.close()
        frame.deleteLater()  # Qt lets it go when nothing is on its way to it any more
    told(f"2,000 greetings, 50 at once: the window paused {worst:.0f} ms at most (at most {LIMIT_MS})")
    assert worst <= LIMIT_MS


def _pause_while_greeted(frame: Frame, heart: Heart) -> float:
    """The longest pause of the event loop, in ms, while the dialog hears 2,000 names."""
    dialog = Listening("postfix", frame)
    names: list[str] = []
    dialog.heard.connect(lambda greetings: names.extend(greeting.name for greeting in greetings))
    dialog.show()
    dialog.start.click()
    until(lambda: dialog.open_at is not None, "the listener")
    assert dialog.open_at is not None
    with subprocess.Popen([sys.executable, "-c", FLOOD, str(dialog.open_at.port)]) as flood:
        worst = heart.worst_during(lambda: until(lambda: len(names) >= 2000, "all greetings"))
        assert flood.wait(60) == 0
    dialog.reject()
    return worst
