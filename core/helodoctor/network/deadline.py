"""One time limit over a whole conversation, which the user may move while it runs."""

from __future__ import annotations

import asyncio
from types import TracebackType


class Deadline:
    """A total time limit in seconds, counted from entering it as a context; :meth:`extend` moves it.

    Leaving the context late raises ``TimeoutError``, as ``asyncio.timeout`` does.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._timeout: asyncio.Timeout | None = None

    @property
    def remaining(self) -> float:
        """Seconds left; the whole span before the start."""
        when = self._timeout.when() if self._timeout else None
        return self.seconds if when is None else max(0.0, when - asyncio.get_running_loop().time())

    def extend(self, seconds: float) -> None:
        """Allow ``seconds`` more; without effect once the time is up."""
        self.seconds += seconds
        when = self._timeout.when() if self._timeout else None
        if self._timeout and when is not None and not self._timeout.expired():
            self._timeout.reschedule(when + seconds)

    async def __aenter__(self) -> Deadline:
        self._timeout = asyncio.timeout(self.seconds)
        await self._timeout.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._timeout is not None
        await self._timeout.__aexit__(kind, fault, trace)
