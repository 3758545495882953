"""What the real servers answer: asked once per session, all chosen servers side by side, and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from labkit.dialogue import Outcome, ask_everyone
from labkit.lab import Lab
from labkit.names import Named, generated, listed
from labkit.network import wait_for_greeting
from labkit.servers import SERVERS, Setting

TABLE = Path(__file__).parent.parent / "observed.tsv"
GENERATED = 300


def settings_of(names: Iterable[str]) -> tuple[Setting, ...]:
    """Every setting of the named servers."""
    return tuple(setting for name in names for setting in SERVERS[name].settings)


def written() -> Mapping[tuple[str, str], Outcome]:
    """The table of answers observed before: (setting id, label of the name) -> what was answered."""
    rows = (line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()[1:])
    return {(row[0], row[1]): Outcome(row[2], row[3], row[4].replace("\\n", "\n")) for row in rows}


class Observations:
    """The answers of the chosen servers to the listed and to the generated names."""

    def __init__(self, lab: Lab, chosen: Iterable[str]) -> None:
        self._lab = lab
        self.servers = tuple(chosen)
        self._kept: dict[str, dict[str, list[tuple[Named, Outcome]]]] = {}
        self._elsewhere: dict[str, list[Outcome]] = {}

    def listed(self, setting: Setting) -> list[tuple[Named, Outcome]]:
        """Each listed name and the answer to it."""
        return self._all("listed", lambda which: listed(which.me))[setting.id]

    def listed_with_fallback(self, setting: Setting) -> dict[Named, Outcome]:
        """The same where a refused EHLO is followed by HELO, as mail servers do."""
        return dict(self._all("fallback", lambda which: listed(which.me))[setting.id])

    def generated(self, setting: Setting) -> list[tuple[Named, Outcome]]:
        """Each generated name and the answer to it."""
        names = generated(GENERATED)
        return self._all("generated", lambda _: names)[setting.id]

    def elsewhere(self, addresses: Mapping[str, str], names: Sequence[Named]) -> dict[str, list[Outcome]]:
        """The answers at further addresses (address -> server) of the chosen servers; kept like the others."""
        wanted = [address for address, server in addresses.items() if server in self.servers]
        if not self._elsewhere:
            for address in wanted:
                self._lab.server(addresses[address])
                wait_for_greeting(self._lab.desk, address)
            rows = ask_everyone(self._lab.desk, ((address, names) for address in wanted))
            self._elsewhere = dict(zip(wanted, rows, strict=True))
        return self._elsewhere

    def _all(
        self, kind: str, names_for: Callable[[Setting], tuple[Named, ...]]
    ) -> dict[str, list[tuple[Named, Outcome]]]:
        if kind not in self._kept:
            for server in self.servers:
                self._lab.server(server)
            settings = settings_of(self.servers)
            names = [names_for(setting) for setting in settings]
            addresses = [setting.address for setting in settings]
            falls_back = kind == "fallback"
            outcomes = ask_everyone(self._lab.desk, zip(addresses, names, strict=True), falls_back=falls_back)
            self._kept[kind] = {
                setting.id: list(zip(given, answered, strict=True))
                for setting, given, answered in zip(settings, names, outcomes, strict=True)
            }
        return self._kept[kind]
