"""Nothing that could smuggle a second command ever reaches the wire."""

from __future__ import annotations

import asyncio
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.network.scripted import Scripted, polite

from helodoctor.model import InputProblem, Trial
from helodoctor.network import safety
from helodoctor.network.probe import probe

HOSTILE_CHARACTERS = st.sampled_from("a.@<>\" \\[]\r\n\0\x1b\x7f\x85\u2028é中\ud800:1") | st.characters()
HOSTILE_TEXT = st.text(alphabet=HOSTILE_CHARACTERS, max_size=40)
SENT = re.compile(
    rb"(?:(?:EHLO|HELO) [\x20-\x7e]*|STARTTLS|MAIL FROM:<[\x20-\x7e]*>|RCPT TO:<[\x20-\x7e]+>|RSET|QUIT)\r\n"
)


def sent_for(**changes: str) -> bytes | None:
    """Every byte a trial sent, or ``None`` when it was refused before it began."""

    async def trial() -> tuple[Trial | None, Scripted]:
        async with asyncio.timeout(20), Scripted(polite) as server:
            try:
                return await probe(server.plan(tls="off", **changes)), server
            except InputProblem:
                return None, server

    result, server = asyncio.run(trial())
    if result is None:
        assert server.heard == b""
        return None
    return server.heard


@settings(max_examples=60)
@given(name=HOSTILE_TEXT, sender=HOSTILE_TEXT, recipient=HOSTILE_TEXT)
def test_only_whole_harmless_commands_are_sent(name: str, sender: str, recipient: str) -> None:
    for changes in ({"name": name}, {"sender": sender}, {"recipient": recipient}):
        sent = sent_for(**changes)
        if sent is not None:
            assert b"".join(found[0] for found in SENT.finditer(sent)) == sent
            assert sent.count(b"MAIL FROM") == sent.count(b"RCPT TO") == sent.count(b"EHLO") == 1


@settings(max_examples=400)
@given(HOSTILE_TEXT)
def test_what_passes_is_printable_ascii_that_stays_in_its_brackets(text: str) -> None:
    try:
        safety.check_name(text)
    except InputProblem:
        pass
    else:
        assert all(" " <= char <= "~" for char in text)
    try:
        safety.check_address(text)
    except InputProblem:
        return
    assert all(" " <= char <= "~" for char in text)
    outside_quotes = re.sub(r'^"(?:[^"\\]|\\.)*"', "", text)
    assert not set(outside_quotes) & set('<> "')


@pytest.mark.parametrize(
    "name", ["", "www", "127.0.0.1", "[127.0.0.1]", "my server", "my_server.example", "a..b", "x" * 300]
)
def test_a_name_may_be_as_wrong_as_the_users_own(name: str) -> None:
    safety.check_name(name)


@pytest.mark.parametrize(
    "address",
    ["user@receiver.example", "user", '"a b"@receiver.example', "user+tag@[192.0.2.1]", "user@[IPv6:2001:db8::1]"],
)
def test_usual_addresses_pass(address: str) -> None:
    safety.check_address(address)


@pytest.mark.parametrize(
    "address",
    ["", "a@b>\r\nDATA", "a@b> SIZE=1", "a b@c", "<a@b>", "a@b,c@d", "ü@receiver.example", '"a"b"@c', '"a\\"', "a@",
     "@b", "x" * 400],
)  # fmt: skip
def test_other_addresses_do_not(address: str) -> None:
    with pytest.raises(InputProblem) as raised:
        safety.check_address(address)
    assert raised.value.id == "address-unsendable"
    assert raised.value.values["address"].isascii()
