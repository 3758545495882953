"""Predictions held against real servers: stage, code and reply, for listed and for generated names."""

from __future__ import annotations

import pytest

from helodoctor.receivers import Facts
from labkit.dialogue import CLIENT
from labkit.judging import agrees, predicted
from labkit.lab import Lab
from labkit.names import Named, generated, listed
from labkit.observing import GENERATED, Observations, settings_of
from labkit.servers import SERVERS, Setting
from labkit.truth import facts


@pytest.fixture(scope="module")
def known(session_lab: tuple[Lab, Observations, object]) -> dict[str, Facts]:
    return {}


def truth(lab: Lab, known: dict[str, Facts]) -> Facts:
    """What the lab's name server says of every name, asked once."""
    if not known:
        everything = [*generated(GENERATED), *(name for server in settings_of(SERVERS) for name in listed(server.me))]
        known["all"] = facts(lab.desk, {name.text for name in everything if name.text}, CLIENT)
    return known["all"]


def differences(rows: list[tuple[Named, object]], setting: Setting, told: Facts) -> dict[str, str]:
    """Label -> what was answered and what was predicted, where they differ."""
    return {
        name.label: f"{name.label!a}: real {outcome}, predicted {guess}"
        for name, outcome in rows
        if not agrees(outcome, guess := predicted(setting, name, told))  # type: ignore[arg-type]
    }


def test_every_listed_name_is_predicted_to_the_letter(
    setting: Setting, lab: Lab, observations: Observations, known: dict[str, Facts]
) -> None:
    found = differences(observations.listed(setting), setting, truth(lab, known))
    assert not found, "\n".join(found.values())


def test_every_generated_name_is_predicted_to_the_letter(
    setting: Setting, lab: Lab, observations: Observations, known: dict[str, Facts]
) -> None:
    rows = observations.generated(setting)
    found = differences(rows, setting, truth(lab, known))
    assert not found, "\n".join(found.values())
    assert len(rows) == GENERATED
