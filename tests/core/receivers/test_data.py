"""The receivers' data: every row has a source, agrees with the engines, and nothing of the knowledge table is lost."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace
from samples import OWN_NAME, sample_of

import shared
from helodoctor.knowledge import DataFileError, load_all
from helodoctor.model import Answer, EvidenceKind
from helodoctor.receivers import Host, known_cases, receivers
from helodoctor.receivers.catalogue import Ready, make_ready, ready
from helodoctor.receivers.decision import UNKNOWN
from helodoctor.receivers.engines import TESTS
from helodoctor.receivers.greeting import Greeting
from helodoctor.receivers.schema import Family, NameCase, Row
from helodoctor.receivers.verdict import Outcome, answer_of, ask, templates
from helodoctor.receivers.wording import printed, reply_lines
from helodoctor.words import predictions as sentences
from helodoctor.words import speak

LAB = Path(__file__).parents[2] / "lab" / "receivers"
DNS = LAB / "dns.toml"
KNOWLEDGE = shared.KNOWLEDGE / "receivers.tsv"
# What a row says holds under a condition that no greeting shows.
CONDITIONAL = {"own-address", "if-listed", "if-spf"}


def _shown_rows() -> Iterator[tuple[Ready, Row]]:
    for one in ready().values():
        for row in one.rows.values():
            if sample_of(row) is not None and not CONDITIONAL & set(row.remarks):
                yield one, row


def _outcome(one: Ready, row: Row) -> Outcome:
    sample = sample_of(row)
    assert sample is not None
    name, facts = sample
    if "spf-fail-only" in row.remarks:
        facts = replace(facts, hosts={name: Host(addresses=("198.51.100.7",), spf="fail")})
    if "if-resolves" in row.remarks:
        facts = replace(facts, hosts={name: Host(addresses=(facts.ip or "",))})
    host = OWN_NAME if row.case is NameCase.OWN_NAME else ""
    return ask(one, Greeting(one.argument(name), facts, "EHLO", host))


def _reply(one: Ready, row: Row, match: str) -> tuple[str, ...]:
    name, facts = sample_of(row) or ("", None)
    values = {"name": printed(one.receiver.wording, one.argument(name)), "match": match, "verb": "EHLO",
              "lowverb": "ehlo", "ip": (facts and facts.ip) or UNKNOWN}  # fmt: skip
    return reply_lines(one.receiver.wording, templates(row.reply), values)


@pytest.mark.parametrize("receiver", list(ready()))
def test_the_engines_answer_every_row_as_the_row_says(receiver: str) -> None:
    for one, row in _shown_rows():
        if one.receiver.id != receiver:
            continue
        outcome = _outcome(one, row)
        if "score-unknown" in row.remarks:  # the rule that scores it comes from the update channel
            continue
        assert outcome.answer is answer_of(row), row
        if row.score is not None:
            low, high = row.score if isinstance(row.score, tuple) else (row.score, row.score)
            assert low <= (outcome.score or 0) <= high, (row, outcome)
        if row.reply and outcome.reply and "{match}" not in str(row.reply):
            assert outcome.reply == _reply(one, row, ""), row
        if outcome.answer in (Answer.REJECT, Answer.TEMPFAIL):
            assert outcome.evidence is (row.evidence or one.receiver.evidence), row
            assert outcome.stage is (row.stage or one.receiver.stage), row


def test_the_table_has_enough_rows_that_a_greeting_shows() -> None:
    assert sum(1 for _ in _shown_rows()) > 550


def test_every_statement_names_its_source_and_how_it_is_known() -> None:
    for receiver in receivers():
        assert receiver.source.strip(), receiver.id
        for known in known_cases(receiver):
            assert known.source.strip(), (receiver.id, known.case)
            assert known.evidence is not EvidenceKind.UNKNOWN, (receiver.id, known.case)
            if known.evidence is EvidenceKind.OBSERVED:
                assert "run 20" in known.source, (receiver.id, known.case)
            if known.answer in (Answer.REJECT, Answer.TEMPFAIL) and not known.reply and not known.code:
                assert "wording-unknown" in known.remarks or "listing" in known.remarks, (receiver.id, known.case)


ROW = """
[[receiver]]
id = "new"
number = 999
title = "New"
setting = "default"
kind = "software"
evidence = "documented"
date = "2026-11-23"
source = {source}
cases = [{{ case = "localhost", reply = "550 no", source = {row_source} }}]
"""


@pytest.mark.parametrize(("source", "row_source"), [('""', '"x"'), ('"x"', '""')])
def test_a_row_without_a_source_is_turned_away(source: str, row_source: str) -> None:
    text = ROW.format(source=source, row_source=row_source)
    msgspec.toml.decode(ROW.format(source='"manual"', row_source='"page 3"'), type=Family)
    with pytest.raises(msgspec.ValidationError, match="length >= 1"):
        msgspec.toml.decode(text, type=Family)


def test_a_rule_that_does_not_exist_is_found_out() -> None:
    one = next(iter(load_all("receivers", Family).values()))
    broken = replace(one, receiver=(replace(one.receiver[0], rules=("no-such-rule",)),))
    with pytest.raises(DataFileError, match="no-such-rule"):
        make_ready(broken)
    strange = replace(one, rule={"odd": msgspec.convert({"when": "no-such-test"}, type(next(iter(one.rule.values()))))})
    with pytest.raises(DataFileError, match="no-such-test"):
        make_ready(strange)


def test_every_test_and_every_rule_is_used() -> None:
    families = load_all("receivers", Family).values()
    lab = [msgspec.toml.decode(path.read_bytes(), type=Family) for path in sorted(LAB.glob("*.toml")) if path != DNS]
    assert {rule.when for family in (*families, *lab) for rule in family.rule.values()} == set(TESTS)
    for family in families:
        assert {name for receiver in family.receiver for name in receiver.rules} == set(family.rule)


# Support codes hold these numbers: a new receiver is added at the end, none is moved or taken out.
NUMBERED = [
    "postfix", "postfix-invalid", "postfix-hardened", "postfix-client-checks", "iredmail", "mailcow",
    "docker-mailserver", "mailinabox", "mailu", "modoboa", "froxlor", "pmg", "pmg-helotests", "zimbra", "exim",
    "exim-verify", "debian-exim", "hestiacp", "cpanel", "sendmail", "sendmail-badhelo", "opensmtpd",
    "opensmtpd-filter", "notqmail", "qmail-sagredo", "indimail", "qpsmtpd-lenient", "qpsmtpd-strict", "courier",
    "courier-bofh", "haraka", "haraka-strict", "rspamd", "spamassassin", "policyd-weight", "policyd-spf",
    "hmailserver", "hmailserver-check", "mdaemon", "securitygateway", "icewarp", "smartermail", "mailenable",
    "fortimail", "spamtitan", "magicspam", "xeams", "assp", "barracuda", "cisco-esa", "stalwart", "maddy",
    "maddy-rdns", "james", "mox", "chasquid", "smtp-server-js", "aiosmtpd", "exchange-online", "exchange-onprem",
    "iis-smtp", "gmail", "gmail-relay", "yahoo", "gmx", "t-online", "orange", "free", "infomaniak", "fastmail",
    "icloud", "comcast", "mailru", "yandex", "netease-qq", "sina", "plusnet", "adino", "cleanmail", "tuwien-dbai",
    "spamhaus", "spamhaus-helocheck",
]  # fmt: skip


def test_numbers_never_move() -> None:
    assert [receiver.id for receiver in receivers()] == NUMBERED
    assert [receiver.number for receiver in receivers()] == list(range(1, len(NUMBERED) + 1))


def test_every_id_in_the_data_has_its_words() -> None:
    words = speak("en")
    for receiver in receivers():
        assert sentences.called(words, receiver.title, receiver.setting)
        assert sentences.kind(words, receiver.kind)
        for known in known_cases(receiver):
            assert sentences.case(words, known.case)
            assert all(sentences.remark(words, remark) for remark in known.remarks)
    assert all(sentences.case(words, case) for case in NameCase)
    assert all(sentences.answer(words, answer) for answer in Answer)


# --- the knowledge table the data was carried over from ---

# The table hangs these on the software, here they stand at the setting that makes them.
MOVED = {
    ("postfix", "no_helo"): "postfix-hardened",
    ("postfix", "invalid_chars"): "postfix-invalid",
    ("postfix", "literal_bad"): "postfix-invalid",
    ("postfix", "literal_v6_untagged"): "postfix-invalid",
    ("postfix", "helo_on_rhsbl"): "postfix-hardened",
    ("postfix", "helo_access_map"): "postfix-hardened",
    ("exim", "no_helo"): "exim-verify",
    ("haraka", "non_ascii"): "haraka-strict",
}
# Where the servers, or their code read again, say something else than the table.
CORRECTED = {
    ("rspamd", "ip_mismatch"): "an address elsewhere adds nothing: only names without any address are compared",
    ("mailcow", "ip_mismatch"): "as rspamd",
    ("haraka-strict", "literal_v6"): "same_ipv4_network() refuses every IPv6 literal",
    ("haraka-strict", "unresolvable"): "as run: noted only, what refuses is the reverse name",
    ("haraka-strict", "ip_mismatch"): "the first of the two replies of the table",
    ("haraka-strict", "own_name"): "as run: the reverse name is asked about first",
    ("haraka-strict", "special_tld"): "seen in the lab",
    ("courier-bofh", "own_name"): "seen in the lab",
    ("qpsmtpd-strict", "unresolvable"): "seen in the lab",
}
VERDICTS = {"reject-temp": "tempfail"}
EVIDENCE = {"live-run": "observed", "source-code+run": "source-code", "documented+reported": "documented"}


def _knowledge() -> list[dict[str, str]]:
    if not KNOWLEDGE.exists():
        pytest.skip("the knowledge table is not on this machine")
    with KNOWLEDGE.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_no_row_of_the_knowledge_table_is_lost() -> None:
    missing = []
    for line in _knowledge():
        receiver = MOVED.get((line["receiver"], line["case"]), line["receiver"])
        row = ready()[receiver].rows.get(NameCase(line["case"].replace("_", "-")))
        if line["verdict"] == "unknown":
            if row is not None and row.case is not NameCase.GOOD:
                missing.append((receiver, line["case"], "known without a source in the table"))
        elif row is None or not _agrees(line, receiver, row):
            missing.append((receiver, line["case"], line["verdict"]))
    assert missing == []


def _agrees(line: dict[str, str], receiver: str, row: Row) -> bool:
    evidence = row.evidence or ready()[receiver].receiver.evidence
    if (receiver, line["case"]) in CORRECTED:
        return True
    verdict = VERDICTS.get(line["verdict"], line["verdict"])
    same = answer_of(row).value == verdict or (verdict == "score" and line["code"] == "0")
    if re.fullmatch("[0-9]{3}", line["code"]):
        same = same and int(line["code"]) == (row.code or int(templates(row.reply)[0][:3]))
    return same and evidence.value == EVIDENCE.get(line["evidence"], line["evidence"])
