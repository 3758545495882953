"""rspamd refuses nothing for a name, it scores: its symbols and points are those the engine predicts."""

from __future__ import annotations

import pytest

from described import expected
from labkit.box import wait_until
from labkit.dialogue import CLIENT
from labkit.lab import Lab
from labkit.names import Named, generated, listed
from labkit.network import reachable
from labkit.observing import GENERATED
from labkit.scoring import ADDRESS, PORT, scored
from labkit.truth import facts

pytestmark = pytest.mark.server("rspamd")
ME = "mx-rspamd.rcpt.test"
CLIENT_NAME = "mail.example.test"


def differences(lab: Lab, names: list[Named]) -> list[str]:
    lab.server("rspamd")
    wait_until(lambda: lab.desk.call(lambda: reachable(ADDRESS, PORT)), "rspamd's HTTP check")
    told = facts(lab.desk, [name.text or "" for name in names], CLIENT)
    found = []
    for name, symbols in zip(names, scored(lab, names, CLIENT_NAME), strict=True):
        outcome = expected("rspamd", name.text, host=ME, facts=told)
        if set(symbols) != set(outcome.symbols) or sum(symbols.values()) != pytest.approx(outcome.score or 0.0):
            found.append(f"{name.label!a}: real {symbols}, predicted {outcome.symbols} {outcome.score}")
    return found


def test_the_symbols_of_every_listed_name(lab: Lab) -> None:
    # A header has no way to say that there was no argument.
    found = differences(lab, [name for name in listed(ME) if name.text])
    assert not found, "\n".join(found)


def test_the_symbols_of_generated_names(lab: Lab) -> None:
    names = [name for name in generated(GENERATED) if name.text == (name.text or "").strip()]
    found = differences(lab, names)
    assert not found, "\n".join(found)
