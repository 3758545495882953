"""The one background helper: work off the GUI thread, results on it, every task cancellable.

One thread runs one asyncio loop for everything that talks to a network; plain functions go to a small pool of threads.
A task stays registered until it has ended, so nothing that is still running is ever freed.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from functools import cache, partial
from typing import Any

from PySide6.QtCore import SIGNAL, QObject, Qt, Signal, Slot

_POOL_THREADS = 2
_GOODBYE_SECONDS = 2.0


class Task(QObject):
    """One piece of work. Signals arrive on the main thread; after :meth:`cancel` none of them does."""

    done = Signal(object)
    failed = Signal(object)
    told = Signal(object)
    ended = Signal()

    _result = Signal(object, object)
    _news = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._future: Future[Any] | None = None
        self._cancelled = False
        self._result.connect(self._settle, Qt.ConnectionType.QueuedConnection)
        self._news.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)

    def tell(self, news: object) -> None:
        """Called by the work itself, on any thread: ``told`` brings it to the main thread."""
        self._news.emit(news)

    def cancel(self) -> None:
        """Stop at once as seen from the page; a coroutine is cancelled, a function's result is dropped."""
        self._cancelled = True
        if self._future is not None:
            self._future.cancel()

    def wait(self, seconds: float) -> None:
        """Let the main thread wait until the work itself is over, at most so long; signals come later all the same."""
        if self._future is not None:
            wait([self._future], seconds)

    def _watch(self, future: Future[Any]) -> None:
        self._future = future
        _running.add(self)
        future.add_done_callback(self._finished)

    def _finished(self, future: Future[Any]) -> None:
        """On the worker's thread."""
        if future.cancelled():
            self._result.emit(None, None)
        elif (fault := future.exception()) is not None:
            self._result.emit(None, fault)
        else:
            self._result.emit(future.result(), None)

    @Slot(object, object)
    def _settle(self, result: object, fault: BaseException | None) -> None:
        _running.discard(self)
        if not self._cancelled:
            if fault is None:
                self.done.emit(result)
            else:
                self.failed.emit(fault)
        self.ended.emit()
        if fault is not None and not self._cancelled and not self.receivers(SIGNAL("failed(PyObject)")):
            raise fault  # nobody waits for it, so it goes where every error goes that nobody foresaw

    @Slot(object)
    def _pass_on(self, news: object) -> None:
        if not self._cancelled:
            self.told.emit(news)


_running: set[Task] = set()


class _Background:
    """The loop's thread and the pool, started with the first task."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._loop.set_exception_handler(_unforeseen)
        self._pool = ThreadPoolExecutor(_POOL_THREADS, "helodoctor-work")
        self._thread = threading.Thread(target=self._loop.run_forever, name="helodoctor-loop", daemon=True)
        self._thread.start()

    def start(self, work: Coroutine[Any, Any, Any]) -> Future[Any]:
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def call(self, work: Callable[[], object]) -> Future[Any]:
        return self._pool.submit(work)

    def soon(self, work: Callable[..., object], *arguments: object) -> None:
        self._loop.call_soon_threadsafe(work, *arguments)

    def stop(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        try:
            asyncio.run_coroutine_threadsafe(_cancel_all(), self._loop).result(_GOODBYE_SECONDS)
        except TimeoutError:
            return  # a daemon thread: the process may end without it
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_GOODBYE_SECONDS)
        self._loop.close()


def _unforeseen(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """An error in a callback of the loop goes where those of other threads go."""
    fault = context.get("exception")
    if isinstance(fault, Exception):
        threading.excepthook(threading.ExceptHookArgs((type(fault), fault, fault.__traceback__, None)))


async def _cancel_all() -> None:
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


@cache
def _background() -> _Background:
    return _Background()


def call(work: Callable[..., object], *arguments: object) -> Task:
    """Run a plain function with ``arguments`` in the pool; its signals come once the event loop goes on."""
    task = Task()
    task._watch(_background().call(partial(work, *arguments)))
    return task


def call_in(pool: Executor, work: Callable[..., object], *arguments: object) -> Task:
    """Like :func:`call`, in a pool of the caller's own, where nothing else keeps the work waiting."""
    task = Task()
    task._watch(pool.submit(work, *arguments))
    return task


def call_telling(work: Callable[..., object], *arguments: object) -> Task:
    """Like :func:`call`, for a function ``work(*arguments, tell)`` whose ``tell(news)`` reaches the task's ``told``."""
    task = Task()
    task._watch(_background().call(partial(work, *arguments, task.tell)))
    return task


def start(work: Callable[..., Awaitable[Any]], *arguments: object) -> Task:
    """Run the coroutine function ``work(*arguments, tell)`` on the loop; ``tell(news)`` reaches the task's ``told``."""
    task = Task()

    async def run() -> object:
        return await work(*arguments, task.tell)

    task._watch(_background().start(run()))
    return task


def soon(work: Callable[..., object], *arguments: object) -> None:
    """Have ``work(*arguments)`` called on the loop's thread, such as to move the time limit of what runs there."""
    _background().soon(work, *arguments)


def cancel_all() -> None:
    """Cancel everything that runs."""
    for task in list(_running):
        task.cancel()


def stop() -> None:
    """Cancel everything that runs, at the end of the program."""
    cancel_all()
    if _background.cache_info().currsize:
        _background().stop()
        _background.cache_clear()
