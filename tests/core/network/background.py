"""One of our servers in a thread of its own, for tests that run the program as its user does."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from helodoctor.network.server import MailServer


@contextmanager
def serving(server: MailServer) -> Iterator[int]:
    """The port ``server`` listens on while the body runs."""
    loop = asyncio.new_event_loop()
    ready, stop = threading.Event(), asyncio.Event()

    async def serve() -> None:
        async with server:
            ready.set()
            await stop.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    assert ready.wait(30)
    try:
        yield server.port
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()
