"""The lab is what it claims to be: every server answers the listed names as it was observed to."""

from __future__ import annotations

from labkit.observing import Observations, written
from labkit.servers import Setting


def test_the_server_answers_as_observed(setting: Setting, observations: Observations) -> None:
    table = written()
    answered = {name.label: outcome for name, outcome in observations.listed(setting)}
    assert answered == {label: table[setting.id, label] for label in answered}
    assert len(answered) == 39
