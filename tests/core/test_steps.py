"""The walk without a window: every step takes a case and yields the next one, and nothing given is lost."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest
from tests.core.network.nameserver import Handler, NameServer

from helodoctor import steps
from helodoctor.journey import Page, path
from helodoctor.model import Case, Cause, InputProblem, ProofState, Role, Status, Target, TrialVerdict
from helodoctor.network import dns, dns_questions

SEED = """220 mta-gw1.infomaniak.ch ESMTP Infomaniak Network Mail Servers;
HELO {name}
250 mta-gw1.infomaniak.ch Hello, pleased to meet you
MAIL FROM: {sender}
250 2.1.0 {sender}... Sender ok
RCPT TO: user123@infomaniak.ch
550 5.7.1 user123@infomaniak.ch... Access denied - bogus HELO [1] ...
"""
OTHER = "504 5.5.2 <srv01>: Helo command rejected: need fully-qualified hostname"
NEW = "mail.kolibri.example"


def read(name: str = "www", sender: str = "user123@infomaniak.ch", sample: str | None = None) -> Case:
    return steps.read(Case(), SEED.format(name=name, sender=sender), sample)


def judged(case: Case) -> str | None:
    judgement = steps.judge(case).judgement
    assert judgement is not None
    return judgement.suggestion


def test_reading_fills_in_the_name_and_the_server_to_try() -> None:
    case = read()
    assert (case.name, case.name_source, case.target) == ("www", "bounce", Target(host="mta-gw1.infomaniak.ch"))


def test_the_same_text_again_keeps_every_answer() -> None:
    answered = steps.announce(read(), "srv02")
    assert steps.read(answered, SEED.format(name="www", sender="user123@infomaniak.ch")) is answered


def test_another_text_starts_a_new_case() -> None:
    case = steps.read(steps.announce(read(), "srv02"), OTHER)
    assert (case.name, case.trials, case.judgement) == ("srv01", (), None)


def test_an_empty_text_is_told_and_loses_nothing() -> None:
    with pytest.raises(InputProblem, match="nothing-pasted"):
        steps.read(read(), " \n ")


def test_a_changed_name_drops_what_was_judged_about_the_old_one() -> None:
    case = steps.judge(read())
    assert case.judgement is not None
    assert steps.announce(case, " www ").judgement is case.judgement
    assert steps.announce(case, "srv02").judgement is None


def test_not_knowing_the_name_leads_to_the_guide() -> None:
    case = steps.announce(read(), None)
    assert case.name_unknown
    assert Page.JUDGE not in path(case)
    assert steps.judge(case).judgement is None


def test_a_suggestion_lies_in_the_senders_domain() -> None:
    assert judged(read(sender="anna@kolibri.example")) == NEW


@pytest.mark.parametrize("sender", ["user123@infomaniak.ch", "<>", "bounce@gw1.infomaniak.ch"])
def test_a_suggestion_never_lies_in_the_receivers_domain(sender: str) -> None:
    assert "infomaniak" not in (judged(read(sender=sender)) or "")


@pytest.mark.parametrize("role", [Role.RECEIVER, Role.FORWARDER])
def test_a_suggestion_never_lies_in_the_domain_of_somebody_whose_mail_was_passed_on(role: Role) -> None:
    assert judged(steps.take_part(read(sender="anna@kolibri.example"), role)) is None


def test_who_sends_is_asked_where_the_text_leaves_it_open() -> None:
    case = steps.take_part(read(), Role.RECEIVER)
    assert case.diagnosis is not None
    assert case.diagnosis.report.role is Role.RECEIVER


def test_the_trial_uses_the_failing_addresses() -> None:
    plan = steps.trial_plan(read(sender="anna@kolibri.example"), "www", Target(host="mx.colibri.example"))
    assert (plan.sender, plan.recipient, plan.stop_after) == ("anna@kolibri.example", "user123@infomaniak.ch", "rcpt")


def test_without_a_recipient_the_trial_ends_after_the_greeting() -> None:
    plan = steps.trial_plan(steps.read(Case(), OTHER), "srv01", Target(host="mx.colibri.example"))
    assert (plan.recipient, plan.stop_after) == (None, "ehlo")


def test_the_practice_server_refuses_the_old_name_and_takes_the_new() -> None:
    async def both() -> Case:
        refused = await steps.practise(read(), steps.practice_plan(read(), "www", "infomaniak"))
        return await steps.practise(refused, steps.practice_plan(refused, NEW, "infomaniak"))

    case = asyncio.run(both())
    assert [trial.verdict for trial in case.trials] == [TrialVerdict.REFUSED, TrialVerdict.ACCEPTED]
    assert case.trials[0].cause is Cause.HELO_NOT_FQDN
    assert case.target == Target(host="mta-gw1.infomaniak.ch")


def test_fixed_takes_both_facts_and_each_alone_is_half() -> None:
    case = steps.plan_fix(read(), "postfix", NEW)
    assert steps.proof(case).state is ProofState.NOTHING
    heard = asyncio.run(steps.hear_sample(case, NEW))
    assert steps.proof(heard).state is ProofState.HALF_SAYS
    taken = asyncio.run(steps.practise(case, steps.practice_plan(case, NEW, "infomaniak")))
    assert steps.proof(taken).state is ProofState.HALF_TAKES
    both = asyncio.run(steps.practise(heard, steps.practice_plan(heard, NEW, "infomaniak")))
    assert steps.proof(both).state is ProofState.FIXED


def test_the_old_name_heard_again_undoes_the_first_fact() -> None:
    case = asyncio.run(steps.hear_sample(steps.plan_fix(read(), "postfix", NEW), NEW))
    again = asyncio.run(steps.hear_sample(case, "www"))
    assert steps.proof(again).state is ProofState.NOTHING


def test_ticks_stay_with_their_steps() -> None:
    case = steps.plan_fix(read(), "postfix", NEW)
    assert case.guide is not None
    first, second = case.guide.steps[:2]
    ticked = steps.tick(steps.tick(case, first.id, True), second.id, True)
    assert steps.tick(ticked, first.id, False).ticks == (second.id,)
    assert set(steps.plan_fix(ticked, "postfix", "mx.kolibri.example").ticks) == {first.id, second.id}


def test_the_system_that_wrote_the_bounce_is_offered_first() -> None:
    text = f"This is the mail system at host srv01.\n\n<a@b.example>: host mx.b.example[192.0.2.1] said: {OTHER}\n"
    assert steps.likely_system(steps.read(Case(), text)) == "postfix"


def test_settings_that_are_pasted_become_candidates_and_are_never_lost() -> None:
    case = steps.look_in(read(), "smtp_helo_name = out.kolibri.example\nmyhostname = srv01\n", "main.cf")
    more = steps.look_in(case, "domain desk.kolibri.example\naccount work\n", "msmtprc")
    assert [one.name for one in more.candidates] == ["desk.kolibri.example", "out.kolibri.example"]
    assert steps.look_in(more, "domain desk.kolibri.example\naccount work\n", "msmtprc").candidates == more.candidates


def test_settings_nobody_knows_are_told() -> None:
    with pytest.raises(InputProblem, match="no-settings-in-text"):
        steps.look_in(read(), "The mail came back at break of day")


def test_the_answers_of_the_dns_take_the_place_of_what_was_skipped_offline(monkeypatch: pytest.MonkeyPatch) -> None:
    zone: dict[str, list[str] | Handler] = {"mail.kolibri.example A": ["203.0.113.10"]}
    case = steps.judge(read("mail.kolibri.example"))

    async def asked() -> Case:
        async with NameServer(zone) as server:
            monkeypatch.setattr(dns, "system_resolver", partial(dns_questions.chosen_resolver, server.address))
            return await steps.ask_dns(case)

    answered = asyncio.run(asked())
    assert case.judgement is not None
    assert answered.judgement is not None
    offline = {found.id for found in case.judgement.findings if found.reason == "offline"}
    states = {found.id: found.status for found in answered.judgement.findings}
    assert len(states) == len(answered.judgement.findings)
    assert states["name-address"] is Status.PASS
    assert {"name-address"} <= offline <= states.keys()
    assert not [found.id for found in answered.judgement.findings if found.reason == "offline"]


@pytest.mark.parametrize(
    ("case", "policy"),
    [
        (read(), "infomaniak"),
        (steps.read(Case(), OTHER), "postfix-hardened"),
        (steps.read(Case(), f"EHLO srv01\n{OTHER}"), "postfix-early"),
        (steps.read(Case(), "EHLO www\n550 we do not like that HELO name"), "exim-verify"),
        (steps.read(Case(), "535 5.7.8 <www>: Authentication failed"), "infomaniak"),
        (Case(), "infomaniak"),
    ],
)
def test_the_practice_server_is_proposed_to_play_the_receiver_of_the_bounce(case: Case, policy: str) -> None:
    assert steps.likely_policy(case) == policy
