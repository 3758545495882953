"""Page 6 without a window: what the DNS said decides about the DNS steps, and what waits is noted with its time."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial

import pytest
from msgspec.structs import replace
from tests.core.network.nameserver import Handler, NameServer

from helodoctor import steps
from helodoctor.model import Actor, Case, Cause, Diagnosis, Report
from helodoctor.network import dns, dns_questions
from helodoctor.report.case import render
from helodoctor.words import guides as sentences
from helodoctor.words import speak, waits

NAME, IP = "mail.kolibri.example", "203.0.113.10"
REVERSE = "10.113.0.203.in-addr.arpa PTR"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
Zone = Mapping[str, list[str]]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> object:
    """Runs a step while a name server with the zone answers for the system's own."""

    def ask(case: Case, zone: Zone, step: object = steps.ask_new_name) -> Case:
        async def run() -> Case:
            handlers: dict[str, list[str] | Handler] = {**zone}
            async with NameServer(handlers) as server:
                monkeypatch.setattr(dns, "system_resolver", partial(dns_questions.chosen_resolver, server.address))
                return await step(case)  # type: ignore[operator, no-any-return]

        return asyncio.run(run())

    return ask


def fixing(cause: Cause = Cause.HELO_NOT_FQDN, name: str = "www", ip: str | None = IP, new: str | None = NAME) -> Case:
    report = Report(text="", client_ip=ip, reply_code=550, reply_text="I do not like your name")
    case = Case(diagnoses=(Diagnosis(report=report, cause=cause),), name=name)
    return steps.plan_fix(case, "postfix", new)


def moves(case: Case) -> list[str]:
    assert case.guide is not None
    return [step.id.partition(".")[2] for step in case.guide.steps]


DNS_STEPS = {"check-address", "create-address", "create-address-open", "wait-address", "ask-reverse"}


def test_a_name_that_has_its_address_needs_no_dns_step(asked) -> None:  # type: ignore[no-untyped-def]
    case = asked(fixing(), {f"{NAME} A": [IP]})
    assert case.addresses == (IP,)
    assert not DNS_STEPS & set(moves(case))


def test_a_name_without_address_gets_one_before_the_switch(asked) -> None:  # type: ignore[no-untyped-def]
    case = asked(fixing(), {})
    assert case.addresses == ()
    order = moves(case)
    assert order[:2] == ["create-address", "wait-address"]
    assert order.index("wait-address") < order.index("set-command")


def test_a_name_that_leads_elsewhere_is_led_to_the_server(asked) -> None:  # type: ignore[no-untyped-def]
    case = asked(fixing(), {f"{NAME} A": ["198.51.100.7"]})
    assert case.addresses == ("198.51.100.7",)
    assert moves(case)[:2] == ["create-address", "wait-address"]


def test_a_reverse_name_that_is_right_is_not_asked_for(asked) -> None:  # type: ignore[no-untyped-def]
    before = fixing(Cause.HELO_MISMATCH, "old.kolibri.example")
    assert "ask-reverse" in moves(asked(before, {f"{NAME} A": [IP]}))
    assert "ask-reverse" not in moves(asked(before, {f"{NAME} A": [IP], REVERSE: [NAME + "."]}))


def test_a_silent_name_server_leaves_it_open(asked, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(steps.fixing, "asked", partial(_silent, steps.fixing.asked))
    case = asked(fixing(), {})
    assert case.addresses is None
    assert moves(case)[0] == "check-address"


async def _silent(ask, judgement, ip, resolver):  # type: ignore[no-untyped-def]
    """The answers of a name service that is down."""
    from helodoctor.model import Status

    answered = await ask(judgement, ip, resolver)
    found = [replace(one, status=Status.SKIPPED, reason="dns-timeout") for one in answered.findings]
    return replace(answered, findings=tuple(found))


def test_another_new_name_forgets_what_was_said_of_the_first(asked) -> None:  # type: ignore[no-untyped-def]
    case = asked(fixing(), {f"{NAME} A": [IP]})
    assert steps.plan_fix(case, "exim", f"{NAME.upper()}.").addresses == (IP,)
    other = steps.plan_fix(case, "postfix", "mx.kolibri.example")
    assert (other.addresses, other.new_judgement) == (None, None)


def test_a_correct_name_that_is_refused_ends_in_a_letter_to_the_receiver(asked) -> None:  # type: ignore[no-untyped-def]
    """Asked on page 4 about the name the server says already, nothing has to be asked again on page 6."""
    case = fixing(Cause.HELO_UNSPECIFIED, NAME, new=None)
    case = steps.judge(case)
    case = asked(case, {f"{NAME} A": [IP], REVERSE: [NAME + "."]}, steps.ask_dns)
    case = steps.plan_fix(case, "postfix", NAME)
    assert moves(case) == ["tell-receiver"]
    assert case.guide is not None
    (letter,) = case.guide.letters
    assert letter.to is Actor.RECEIVER
    assert "I do not like your name" in sentences.letter_body(speak("en"), letter)


# --- waiting ----------------------------------------------------------------------------------------------------------


def test_a_wait_is_counted_from_now_and_ends_with_the_tick() -> None:
    case = steps.wait_for(fixing(Cause.HELO_MISMATCH), "reverse.ask-reverse", NOON)
    assert [(wait.step, wait.until) for wait in case.waits] == [("reverse.ask-reverse", "2026-11-24T12:00:00+00:00")]
    (line,) = waits.waiting(speak("en"), case, NOON)
    assert re.fullmatch(r"6\w Ask for the reverse name.*: look again at 2026-11-2\d \d\d:\d\d", line.sentence)
    (late,) = waits.waiting(speak("en"), case, NOON.replace(day=25))
    assert late.over and "it is time" in late.sentence
    assert steps.tick(case, "reverse.ask-reverse", True).waits == ()


def test_the_report_says_what_still_waits() -> None:
    report = render(steps.wait_for(fixing(), "address.check-address", NOON), "text", speak("en"))
    assert "Check that the new name has an address: " in report.partition("6g")[2]


def test_a_second_wait_for_a_step_replaces_the_first() -> None:
    case = steps.wait_for(fixing(), "address.check-address", NOON)
    case = steps.wait_for(case, "address.check-address", NOON.replace(hour=15))
    assert [wait.until for wait in case.waits] == ["2026-11-23T16:00:00+00:00"]


def test_the_dns_says_how_long_its_answer_is_kept(asked) -> None:  # type: ignore[no-untyped-def]
    case = fixing()
    assert steps.minutes_to_wait(case, "address.check-address") == 60
    case = asked(case, {})
    assert steps.minutes_to_wait(case, "address.wait-address") == 5  # the SOA record of the name server says 300 s


def test_a_step_that_shows_at_once_is_not_waited_for() -> None:
    case = fixing()
    assert steps.minutes_to_wait(case, "switch.set-command") is None
    assert steps.wait_for(case, "switch.set-command") is case


# --- only what there is a reason for ----------------------------------------------------------------------------------


def letters(case: Case) -> list[Actor]:
    assert case.guide is not None
    return [letter.to for letter in case.guide.letters]


def test_a_letter_goes_with_a_step_that_asks_for_it(asked) -> None:  # type: ignore[no-untyped-def]
    before = fixing(Cause.HELO_MISMATCH, "old.kolibri.example")
    assert letters(before) == [Actor.DNS_HOST, Actor.ADDRESS_PROVIDER]
    assert letters(asked(before, {f"{NAME} A": [IP]})) == [Actor.ADDRESS_PROVIDER]
    assert letters(asked(before, {f"{NAME} A": [IP], REVERSE: [NAME + "."]})) == []


def test_a_name_is_called_correct_only_where_the_address_that_says_it_is_known(asked) -> None:  # type: ignore[no-untyped-def]
    case = asked(fixing(Cause.HELO_MISMATCH, NAME, ip=None), {f"{NAME} A": [IP]})
    assert "tell-receiver" not in moves(case)


def test_a_name_whose_reverse_name_is_another_is_not_the_receivers_fault(asked) -> None:  # type: ignore[no-untyped-def]
    zone = {f"{NAME} A": [IP], REVERSE: ["host10.isp.example."], "host10.isp.example A": [IP]}
    for cause in (Cause.HELO_MISMATCH, Cause.HELO_UNSPECIFIED):
        case = asked(fixing(cause, NAME), zone)
        assert "ask-reverse" in moves(case)
        assert "tell-receiver" not in moves(case)
