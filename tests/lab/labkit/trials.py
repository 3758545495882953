"""Our own trial at the client's desk, many at once, each with a history of its own (the limit is tested elsewhere)."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import Path

from helodoctor.model import Stage, Target, Trial, TrialPlan
from helodoctor.network.limits import History
from helodoctor.network.probe import probe
from labkit.dialogue import CLIENT, RECIPIENT, SENDER
from labkit.lab import CLIENT_ADDRESSES, Lab
from labkit.names import Named, listed
from labkit.network import Desk
from labkit.observing import settings_of
from labkit.servers import Setting
from labkit.wire import tapped

_AT_ONCE = 4
HARMLESS = frozenset({"EHLO", "HELO", "STARTTLS", "MAIL", "RCPT", "RSET", "QUIT"})


def plan(setting: Setting, name: str, **more: object) -> TrialPlan:
    """The trial that corresponds to the plain client's conversation; ``more`` changes the plan."""
    usual = {"target": Target(host=setting.address), "sender": SENDER, "recipient": RECIPIENT, "timeout": 25.0}
    return TrialPlan(name=name, **{**usual, **more})  # type: ignore[arg-type]


def run_trials(desk: Desk, queues: Iterable[Sequence[TrialPlan]]) -> list[list[Trial]]:
    """Carry out plans from the client's desk: the queues side by side, a few of each at once.

    A tap on the cable sees to it that none begins a message, whatever the program says it sent.
    """
    numbers = count()

    async def one(plan: TrialPlan, gate: asyncio.Semaphore, folder: Path) -> Trial:
        async with gate:
            return await probe(plan, history=History(folder / f"{next(numbers)}.json"))

    async def together() -> list[list[Trial]]:
        with tempfile.TemporaryDirectory() as folder:
            rows = []
            for plans in queues:
                gate = asyncio.Semaphore(_AT_ONCE)
                rows.append(asyncio.gather(*(one(plan, gate, Path(folder)) for plan in plans)))
            return [list(row) for row in await asyncio.gather(*rows)]

    with tapped(desk, *CLIENT_ADDRESSES) as tap:
        made = desk.call(lambda: asyncio.run(together()))
    said = set(tap.commands())
    assert said <= HARMLESS, f"a trial said {said - HARMLESS}"
    return made


def replies(trial: Trial, stage: Stage) -> list[str]:
    """What the server said at a stage, each reply with its lines joined by LF."""
    return [line.text for line in trial.dialogue if line.speaker == "server" and line.stage is stage]


def sendable(setting: Setting) -> list[Named]:
    """The listed names that may go on the wire."""
    return [name for name in listed(setting.me) if name.text and name.text.isascii()]


class Trials:
    """Our trials of every listed name against the chosen servers, made once, with a tap on the cable."""

    def __init__(self, lab: Lab, chosen: Iterable[str]) -> None:
        self._lab = lab
        self._servers = tuple(chosen)
        self._kept: dict[str, list[Trial]] = {}
        self.commands: list[str] = []

    def of(self, setting: Setting) -> list[tuple[Named, Trial]]:
        """Each sendable listed name and its trial."""
        if not self._kept:
            self._make()
        return list(zip(sendable(setting), self._kept[setting.id], strict=True))

    def _make(self) -> None:
        for server in self._servers:
            self._lab.server(server)
        settings = settings_of(self._servers)
        queues = [[plan(setting, name.text or "") for name in sendable(setting)] for setting in settings]
        with tapped(self._lab.desk, CLIENT) as tap:
            rows = run_trials(self._lab.desk, queues)
        self._kept = {setting.id: trials for setting, trials in zip(settings, rows, strict=True)}
        self.commands = tap.commands()
