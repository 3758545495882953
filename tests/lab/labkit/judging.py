"""The prediction for a server of the lab, from its rules (``receivers/``), the product's engines and the lab's DNS."""

from __future__ import annotations

from described import as_answered, expected
from helodoctor.receivers import Facts
from labkit.dialogue import Outcome
from labkit.names import Named
from labkit.servers import Setting


def predicted(setting: Setting, name: Named, facts: Facts) -> Outcome:
    """What the setting's rules say to the name, in the form of the plain client's report; no reply where accepted."""
    return Outcome(*as_answered(expected(setting.id, name.text, host=setting.me, facts=facts)))


def agrees(outcome: Outcome, prediction: Outcome) -> bool:
    """Same stage, same code, and where refused the same reply to the letter.

    Where the server kept silent longer than anybody waits, a prediction that puts the mail off at that stage agrees.
    """
    if outcome.code == "timeout":
        return prediction.stage == outcome.stage and prediction.code[0] == "4"
    if outcome.stage == "accept":
        return prediction.stage == "accept"
    return outcome == prediction
