"""The engines against what real servers answered: 13 listeners, 39 names, five client addresses (tests/lab)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

import shared
from described import as_answered, expected, facts_for
from helodoctor.receivers.facts import Facts, Host
from labkit.names import Named, listed
from labkit.servers import SERVERS, Setting

LAB = Path(__file__).parents[2] / "lab"
CORPUS = shared.CORPUS
SETTINGS = {setting.id: setting for server in SERVERS.values() for setting in server.settings}
# Courier asks the swallowed name for longer than the lab's client waited, so nobody saw its 417.
UNANSWERED = {("courier", "x.swallow.example.test")}


def _table() -> dict[tuple[str, str], tuple[str, str, str]]:
    rows = (line.split("\t") for line in (LAB / "observed.tsv").read_text(encoding="utf-8").splitlines()[1:])
    return {(row[0], row[1]): (row[2], row[3], row[4].replace("\\n", "\n")) for row in rows}


def _expected(setting: Setting, name: Named, facts: Facts | None = None) -> tuple[str, str, str]:
    return as_answered(expected(setting.id, name.text, host=setting.me, facts=facts))


def _without_yes(answer: tuple[str, str, str]) -> tuple[str, str, str]:
    """An acceptance is compared without its words: they are the dialogue's, not the policy's."""
    return ("accept", "250", "") if answer[0] == "accept" else answer


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=list(SETTINGS))
def test_every_listed_name_is_answered_as_the_real_server_did(setting: Setting) -> None:
    table = _table()
    names = [name for name in listed(setting.me) if (setting.id, name.label) not in UNANSWERED]
    assert {name.label: _expected(setting, name) for name in names} == {
        name.label: _without_yes(table[setting.id, name.label]) for name in names
    }


def _clients() -> Iterator[tuple[str, Facts]]:
    """The five client addresses of the lab, as the name server speaks of them; the good name's SPF fits only one."""
    base = facts_for("mail.example.test")
    good = replace(base.hosts["mail.example.test"], spf="fail")
    dynamic = Host(addresses=("203.0.113.12",))
    hosts = {**base.hosts, "mail.example.test": good, "12-113-0-203.dyn.example.test": dynamic}
    yield "203.0.113.10", base
    yield "203.0.113.11", replace(base, ip="203.0.113.11", ptr="", hosts=hosts)
    yield "203.0.113.12", replace(base, ip="203.0.113.12", ptr="12-113-0-203.dyn.example.test", hosts=hosts)
    yield "203.0.113.13", replace(base, ip="203.0.113.13", ptr="mail13.example.test", hosts=hosts)
    yield "203.0.113.14", replace(base, ip="203.0.113.14", ptr="", ptr_trouble="timeout", hosts=hosts)


def test_every_client_address_is_answered_as_the_real_servers_did() -> None:
    table = CORPUS / "observed_replies_clientip.tsv"
    if not table.exists():
        pytest.skip("the corpus of observed replies is not on this machine")
    settings = {(setting.software, setting.label): setting for setting in SETTINGS.values()}
    clients = dict(_clients())
    compared = 0
    with table.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            label, _, ip = row["config"].rpartition(" src=")
            setting = settings.get((row["server"], label))
            if setting is None or row["code"] == "timeout":  # a set-up of its own, or no banner at all
                continue
            stage = "accept" if row["stage"] == "accept" else row["stage"].lower().replace("ehlo", "helo")
            seen = (stage, row["code"], row["full reply"].replace(" | ", "\n"))
            name = Named(row["helo"], row["helo"])
            assert _expected(setting, name, clients[ip]) == _without_yes(seen), (setting.id, ip)
            compared += 1
    assert compared >= 20


# The symbols rspamd 3.4 gave in the lab, client and reverse name good (its log of the same 39 names).
RSPAMD = {
    "mail.example.test": (),
    "127.0.0.1": ("HFILTER_HELO_BADIP",),
    "[203.0.113.99]": ("HFILTER_HELO_BADIP",),
    "[IPv6:::1]": ("HFILTER_HELO_5",),
    "localhost": ("HFILTER_HELO_5",),
    "localhost.localdomain": ("HFILTER_HELO_IP_A", "HFILTER_HELO_NORES_A_OR_MX"),
    "www": ("HFILTER_HELO_5",),
    "my_server.example.test": ("HFILTER_HELO_NOT_FQDN",),
    "mail.example.test.": (),
    "server.local": ("HFILTER_HELO_IP_A", "HFILTER_HELO_NORES_A_OR_MX"),
    "ümlaut.example.test": ("HFILTER_HELO_NOT_FQDN",),
    "10-113-0-203.dyn.example.test": ("HFILTER_HELO_5",),
    "other.example.test": (),
    "mxonly.example.test": ("HFILTER_HELO_IP_A",),
    "dangling.example.test": ("HFILTER_HELO_IP_A", "HFILTER_HELO_NORES_A_OR_MX"),
    "x.broken.test": ("HFILTER_HELO_IP_A", "HFILTER_HELO_NORES_A_OR_MX"),
    "-bad.example.test": ("HFILTER_HELO_NOT_FQDN",),
    "a..example.test": ("HFILTER_HELO_NOT_FQDN",),
    "mail example.test": ("HFILTER_HELO_NOT_FQDN",),
    "mail.example.test:25": ("HFILTER_HELO_NOT_FQDN",),
}


@pytest.mark.parametrize("name", RSPAMD)
def test_rspamd_gives_the_symbols_it_gave_in_the_lab(name: str) -> None:
    assert expected("rspamd", name).symbols == RSPAMD[name]
