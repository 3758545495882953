"""The same names from other addresses: without a reverse name, with a dynamic one, with one that leads elsewhere."""

from __future__ import annotations

from labkit.dialogue import converse
from labkit.judging import agrees, predicted
from labkit.lab import Lab
from labkit.names import Named
from labkit.servers import Setting
from labkit.truth import facts

CLIENTS = {
    "203.0.113.11": "no reverse name",
    "203.0.113.12": "a dynamic looking one",
    "203.0.113.13": "one that leads elsewhere",
}
NAMES = ("mail.example.test", "12-113-0-203.dyn.example.test", "mail13.example.test", "www")


def test_what_the_address_changes_is_predicted(setting: Setting, lab: Lab) -> None:
    lab.server_of(setting)
    different = []
    for client, kind in CLIENTS.items():
        told = facts(lab.desk, NAMES, client)
        for text in NAMES:
            name = Named(text, text)
            outcome = lab.desk.call(lambda name=name, client=client: converse(setting.address, name, client))
            guess = predicted(setting, name, told)
            if not agrees(outcome, guess):
                different.append(f"{text} from {client} ({kind}): real {outcome}, predicted {guess}")
    assert not different, "\n".join(different)
