"""The cause that a name gives by itself, as the contract's closed list says."""

from __future__ import annotations

import csv

import pytest

import shared
from helodoctor.model import Cause
from helodoctor.names import fault

CORPUS = shared.CORPUS / "rejections.tsv"


@pytest.mark.parametrize(
    ("name", "cause"),
    [
        ("127.0.0.1", Cause.HELO_BARE_IP),
        ("2001:db8::1", Cause.HELO_BARE_IP),
        ("[127.0.0.1]", Cause.HELO_ADDRESS_LITERAL),
        ("[IPv6:2001:db8::1]", Cause.HELO_ADDRESS_LITERAL),
        ("localhost", Cause.HELO_LOCALHOST),
        ("localhost.localdomain", Cause.HELO_LOCALHOST),
        ("LOCALHOST.", Cause.HELO_LOCALHOST),
        ("www", Cause.HELO_NOT_FQDN),
        ("servidor", Cause.HELO_NOT_FQDN),
        ("foo.", Cause.HELO_NOT_FQDN),
        ("my_server.kolibri.ch", Cause.HELO_INVALID_SYNTAX),
        ("mail kolibri", Cause.HELO_INVALID_SYNTAX),
        ("mail.kolibri.ch.", Cause.HELO_INVALID_SYNTAX),
        ("<mail.kolibri.ch>", Cause.HELO_INVALID_SYNTAX),
        ("[256.1.1.1]", Cause.HELO_INVALID_SYNTAX),
        ("[foo:bar]", Cause.HELO_INVALID_SYNTAX),
        ("1.2.3", Cause.HELO_INVALID_SYNTAX),
        ("", Cause.HELO_INVALID_SYNTAX),
        ("server.local", Cause.HELO_UNRESOLVABLE),
        ("dsldevice.lan", Cause.HELO_UNRESOLVABLE),
        ("ip-10-0-0-1.ec2.internal", Cause.HELO_UNRESOLVABLE),
        ("csmtpout1.frontal.correo", Cause.HELO_UNRESOLVABLE),
        ("mail.kolibri.123", Cause.HELO_UNRESOLVABLE),
        ("fakedomain.xyz", None),
        ("mail.kolibri.ch", None),
        ("mail.kolibri.example", None),
        ("10-113-0-203.dyn.example.test", None),
        ("gmail.com", None),
    ],
)
def test_a_name_faulty_in_itself_gives_its_cause(name: str, cause: Cause | None) -> None:
    assert fault(name) is cause


@pytest.mark.skipif(not CORPUS.exists(), reason="the shared corpus is not on this machine")
def test_no_cause_contradicts_the_labels_made_by_hand() -> None:
    with CORPUS.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE) if row["helo_name"]]
    assert len(rows) > 50
    blamed = [row for row in rows if row["label"].startswith("helo-") and not row["helo_name"].startswith("(")]
    wrong = [
        (row["id"], row["helo_name"], row["label"], found)
        for row in blamed
        if (found := fault(row["helo_name"])) is not None and found not in row["label"].split("|")
    ]
    assert not wrong
