"""Refusals in sentences nobody wrote down before: what they say of HELO, which name they show, what only passes by."""

from __future__ import annotations

import pytest

from core.bounce.reads import first, name_of
from helodoctor.bounce import rows
from helodoctor.knowledge import load_all
from helodoctor.model import Cause, Verdict

INNOCENT = [
    row.sample
    for family in load_all("replies", rows.Family).values()
    for row in family.row
    if row.cause.verdict is Verdict.NOT_HELO and "\n" not in row.sample
]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("550 5.7.1 Helo hostname mail.sender.example and IP 203.0.113.9 do not match", "mail.sender.example"),
        ("550 5.7.1 HELO argument [localhost] is not a valid hostname", "localhost"),
        ("550 5.7.1 HELO argument [203.0.113.9] is not a valid hostname", "[203.0.113.9]"),
        ("550 Invalid HELO from www", "www"),
        ("550 Sender host helo name not allowed: friend", "friend"),
        ("550 5.7.1 Your computer says HELO with IP 203.0.113.9", "203.0.113.9"),
        ("550 Your HELO name for IP address 203.0.113.9 was box (fully qualified name needed)", "box"),
        ("550 rejected: helo=203.0.113.9 is bogus", "203.0.113.9"),
        ("550 Your server announces itself as 'box'", "box"),
        ("SMTP server said: 550 EHLO rejected, hostname box.sender.example unknown", "box.sender.example"),
        ("550 5.7.1 Blocked by HELO filter: 'box-8'", "box-8"),
        ("550 HELO value was 'mail.sender.example', rejected", "mail.sender.example"),
    ],
)
def test_the_name_a_sentence_shows(text: str, name: str) -> None:
    found = first(text)
    assert (found.verdict, name_of(found)) == (Verdict.HELO, name)


@pytest.mark.parametrize(
    "text",
    [
        "550 5.7.1 Rejected by policy: HELO name listed in a block list",
        "501 5.5.4 Bad HELO name: underscore not allowed",
        "550 HELO may not be my name",
        "550 Spammer: HELO contains our domain name",
        "550 You tried to HELO as us",
        "550 EHLO/HELO hostname does not exist or is invalid",
        "450 4.7.1 <...>: Helo command rejected: Host not found",
        "421 4.7.0 Try again later, closing connection. (EHLO) v6-2002a50c.43 - gsmtp",
        "503 Error: send HELO first",
        "550 5.7.506 Access Denied, Bad HELO [EUR04FT049.protection.receiver.example]",
        "550 HELO from 203.0.113.9 rejected as bogus",
        "550 HELO not resolvable, see EHLO: www.receiver.example/help",
        "504 5.5.2 <$helo>: Helo command rejected: need fully-qualified hostname",
    ],
)
def test_words_and_placeholders_are_no_names(text: str) -> None:
    found = first(text)
    assert (found.verdict, name_of(found)) == (Verdict.HELO, None)


@pytest.mark.parametrize(
    "text",
    [
        "554 5.7.1 Client host [203.0.113.9] blocked using list.example (helo: mail.sender.example)",
        "550 5.7.1 Reverse DNS lookup failed for host 203.0.113.9 (helo mail.sender.example)",
        "554 5.7.1 No reverse DNS for your host; HELO/EHLO ok",
        "550-Your message was rejected as spam\n550 HELO mail.sender.example, score 9",
        "X-Spam-Report: * 3.0 HELO_DYNAMIC_IPADDR2 Relay HELO'd using suspicious hostname (IP addr 2)",
        "500 5.5.2 Error: bad syntax, EHLO timeout",
        "helo: command not found",
        "550 5.7.1 Your IP 203.0.113.9 is blacklisted, HELO mail.sender.example",
        "warning: host mx.receiver.example[203.0.113.9]:25 replied to HELO/EHLO with my own hostname",
    ],
)
def test_a_helo_in_passing_is_not_blamed(text: str) -> None:
    assert first(text).verdict is not Verdict.HELO


@pytest.mark.parametrize(
    "aside",
    [
        "; helo=<localhost>",
        "; proto=ESMTP helo=box",
        " (helo mail.sender.example)",
        " (HELO: box)",
        " [helo=mail.sender.example]",
        ", EHLO mail.sender.example",
        ". HELO was mail.sender.example",
    ],
)
def test_an_innocent_text_stays_innocent_when_it_mentions_the_name(aside: str) -> None:
    blamed = [text for text in INNOCENT if first(text + aside).verdict is Verdict.HELO]
    assert blamed == []


def test_sections_of_an_rfc_are_no_enhanced_codes() -> None:
    found = first("HELO (203.0.113.9) is IP only (See RFC2821 4.1.3)")
    assert (found.cause, name_of(found), found.report.enhanced_code) == (Cause.HELO_BARE_IP, "203.0.113.9", None)


def test_an_enhanced_code_is_compared_by_its_parts() -> None:
    assert first("451 4.7.500 Server busy").cause is Cause.NOT_HELO_OTHER  # 4.7.5 is about certificates


def test_qmail_writes_blanks_as_underscores() -> None:
    line = (
        "@40000000650a1b2c3d4e5f60 delivery 3: failure: Connected_to_203.0.113.9_but_my_name_was_rejected./"
        "Remote_host_said:_501_Syntactically_invalid_EHLO_argument(s)/"
    )
    assert first(line).cause is Cause.HELO_INVALID_SYNTAX


def test_perl_prints_the_conversation_behind_its_objects() -> None:
    talk = (
        "Net::SMTP=GLOB(0x5db4351225f8)>>> EHLO Laptop..\n"
        "Net::SMTP=GLOB(0x5db4351225f8)<<< 501 5.5.4 Invalid domain name\n"
    )
    assert name_of(first(talk)) == "Laptop.."


def test_an_acceptance_told_in_passing() -> None:
    told = "Your mail to b@receiver.example was delivered: 250 2.0.0 OK 1234 queued; helo=localhost"
    assert first(told).cause is Cause.ACCEPTED
