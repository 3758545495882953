"""The ways to a server: over IPv6, from a chosen address, and the servers of a domain in order."""

from __future__ import annotations

import pytest

from helodoctor.model import Stage, Target, Trial, TrialPlan, TrialVerdict
from helodoctor.words import speak
from helodoctor.words.trials import reading
from labkit.dialogue import CLIENT, RECIPIENT, SENDER
from labkit.lab import Lab
from labkit.trials import run_trials
from labkit.wire import tapped

POSTFIX_V6, EXIM_V6, CLIENT_V6 = "2001:db8::25", "2001:db8::26", "2001:db8::10"
POSTFIX_PTR = "203.0.113.45"  # asks for the client's reverse name


def try_it(lab: Lab, host: str, name: str = "mail.example.test", **more: object) -> Trial:
    settings: dict[str, object] = {"sender": SENDER, "recipient": RECIPIENT, "timeout": 25.0, "tls": "off", **more}
    plan = TrialPlan(target=Target(host=host), name=name, **settings)  # type: ignore[arg-type]
    [[trial]] = run_trials(lab.desk, [[plan]])
    return trial


@pytest.mark.parametrize(
    ("server", "address"),
    [
        pytest.param("postfix", POSTFIX_V6, marks=pytest.mark.server("postfix")),
        pytest.param("exim", EXIM_V6, marks=pytest.mark.server("exim")),
    ],
)
@pytest.mark.parametrize(("name", "verdict"), [("mail.example.test", "accepted"), ("www", "refused")])
def test_over_ipv6_the_answers_are_the_same(lab: Lab, server: str, address: str, name: str, verdict: str) -> None:
    lab.server(server)
    trial = try_it(lab, address, name)
    assert (trial.verdict, trial.address, trial.source_address) == (verdict, address, CLIENT_V6)


@pytest.mark.server("postfix")
@pytest.mark.parametrize(
    ("source", "address"),
    [(None, "203.0.113.25"), ("203.0.113.12", "203.0.113.25"), (CLIENT_V6, POSTFIX_V6)],
)
def test_a_server_with_both_kinds_of_address_is_reached_from_the_chosen_one(
    lab: Lab, source: str | None, address: str
) -> None:
    lab.server("postfix")
    trial = try_it(lab, "dual.rcpt.test", source=source)
    assert trial.verdict is TrialVerdict.ACCEPTED
    assert (trial.address, trial.source_address) == (address, source or CLIENT)


@pytest.mark.server("postfix")
def test_the_server_sees_the_chosen_address(lab: Lab) -> None:
    """It turns away an address without a reverse name, and takes the one that has one."""
    lab.server("postfix")
    named, nameless = (try_it(lab, POSTFIX_PTR, source=source) for source in (CLIENT, "203.0.113.11"))
    assert named.verdict is TrialVerdict.ACCEPTED
    assert (nameless.verdict, nameless.cause) == (TrialVerdict.TEMPFAIL, "not-helo-ptr")


@pytest.mark.server("postfix")
def test_the_servers_of_a_domain_are_tried_in_order_one_at_a_time(lab: Lab) -> None:
    """The first is away, the second takes no mail, the third does; none is told more than the harmless words."""
    lab.server("postfix")
    with tapped(lab.desk, CLIENT) as tap:
        trial = try_it(lab, "order.rcpt.test", mx=True)
    assert (trial.verdict, trial.plan.target.host) == (TrialVerdict.ACCEPTED, "mx-postfix.rcpt.test")
    assert {address for _, address, port in tap.sent if port == 25} >= {"203.0.113.53", "203.0.113.25"}


@pytest.mark.server("haraka")
def test_haraka_is_read_right_whichever_greeting_it_turns_away(lab: Lab) -> None:
    """Its checks let the second greeting pass with some names that they turned away at the first."""
    lab.server("haraka")
    both, first = (try_it(lab, "203.0.113.31", name) for name in ("www", "[127.0.0.1]"))
    for trial in (both, first):
        said = [line.text.partition(" ")[0] for line in trial.dialogue if line.speaker == "us"]
        assert said[:2] == ["EHLO", "HELO"]
    assert (both.verdict, both.refused_at, both.cause) == (TrialVerdict.REFUSED, Stage.HELO, "helo-not-fqdn")
    assert first.verdict is TrialVerdict.ACCEPTED
    assert "away at the first greeting (EHLO) but let it pass at the second" in reading(speak("en"), first)
