"""The user's own configuration with the new name: the fewest lines, read back, never a secret."""

from __future__ import annotations

import csv

import pytest

import shared
from helodoctor.detect import detect
from helodoctor.guides import systems
from helodoctor.guides.change import diff

NAME = "new.firma.example"
CORPUS = shared.CORPUS / "senders"


def changed(diff_text: str) -> tuple[list[str], list[str]]:
    """The lines a diff takes out and puts in."""
    rows = diff_text.splitlines()[2:]
    return [row[1:] for row in rows if row.startswith("-")], [row[1:] for row in rows if row.startswith("+")]


def test_the_line_that_sets_the_name_is_changed_and_no_other() -> None:
    text = "myhostname = srv01.lan\nsmtp_helo_name = old.firma.example\nmydestination = localhost\n"
    told = diff(text, NAME, "postfix", "main.cf")
    assert told is not None
    assert changed(told) == (["smtp_helo_name = old.firma.example"], [f"smtp_helo_name = {NAME}"])
    assert told.startswith("--- main.cf\n+++ main.cf\n@@ -2 +2 @@\n")


def test_where_nothing_sets_it_the_line_of_the_guide_is_added() -> None:
    told = diff("myhostname = srv01.lan\n", NAME, "postfix", "main.cf")
    assert told is not None
    assert changed(told) == ([], [f"smtp_helo_name = {NAME}"])


def test_line_ends_of_windows_stay() -> None:
    told = diff("smtp_helo_name = old.firma.example\r\n", NAME, "postfix", "main.cf")
    assert told is not None
    assert changed(told) == (["smtp_helo_name = old.firma.example"], [f"smtp_helo_name = {NAME}"])


def test_a_file_that_holds_the_name_needs_no_change() -> None:
    assert diff(f"smtp_helo_name = {NAME}\n", NAME, "postfix", "main.cf") == ""


def test_what_a_command_printed_is_nothing_to_change() -> None:
    assert diff("Fqdn : old.firma.example\nAddressSpaces : {SMTP:*;1}\nEnabled : True\n", NAME, "exchange") is None


def test_no_change_is_guessed_inside_a_structure() -> None:
    assert diff("global:\n  smtp_smarthost: localhost:25\n", NAME, "alertmanager", "alertmanager.yml") is None


def test_a_password_on_the_changed_line_is_masked() -> None:
    text = "MAILER_DSN=smtp://user:geheim42@relay.example:587?local_domain=old.firma.example\n"
    told = diff(text, NAME, "symfony-mailer", ".env")
    assert told is not None
    assert NAME in told
    assert "geheim42" not in told


def samples() -> list[tuple[str, str]]:
    if not CORPUS.exists():
        return []
    with (CORPUS / "EXPECTED.tsv").open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    guided = {system.id for system in systems() if system.has_guide}
    return [(row["file"], row["system"]) for row in rows if row["system"] in guided]


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not on this machine")
def test_every_change_offered_for_the_samples_does_what_it_says() -> None:
    """Applied to the sample, the change makes detection read the new name; most samples have one."""
    offered = 0
    for file, system in samples():
        text = (CORPUS / file).read_bytes().decode("utf-8-sig", "replace")
        told = diff(text, NAME, system, file)
        if told:
            offered += 1
            assert any(NAME in line for line in changed(told)[1]), file
            assert len(changed(told)[1]) == 1, file
            found = detect(applied(text, told), path=file, system=system)
            assert found.candidates[0].name == NAME, file
    assert offered >= 60


def applied(text: str, told: str) -> str:
    """``text`` after a diff of one hunk without lines around it."""
    out, new = changed(told)
    lines = text.splitlines()
    at = int(told.splitlines()[2].split()[2].lstrip("+").split(",")[0])
    start = at - 1 if out else len(lines)
    return "\n".join([*lines[:start], *new, *lines[start + len(out) :]]) + "\n"
