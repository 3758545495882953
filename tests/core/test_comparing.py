"""The answer of a trial beside the bounce's refusal, and beside what that receiver is known to do."""

from __future__ import annotations

import asyncio

import pytest
from msgspec.structs import replace

from helodoctor import receivers, steps
from helodoctor.model import Case, Cause, Comparison, Stage, Target, Trial, TrialPlan, TrialVerdict
from helodoctor.network.practice import PracticeServer
from helodoctor.network.probe import probe
from helodoctor.words import speak
from helodoctor.words.comparison import compared

BOUNCE = """<user@kolibri.example>: host mx1.kolibri.example[192.0.2.25] said: {reply} (in reply to RCPT TO command)
"""
NOT_FQDN = "504 5.5.2 <www>: Helo command rejected: need fully-qualified hostname"
TRANSCRIPT = """# Trial of {host}:25 by HELO Doctor
< 220 {host} ESMTP{software}
> EHLO {name}
< 250 {host}
> MAIL FROM:<office@sender.example>
< 250 2.1.0 Ok
> RCPT TO:<user@kolibri.example>
< {reply}
"""


def bounced(reply: str = NOT_FQDN) -> Case:
    return steps.read(Case(), BOUNCE.format(reply=reply))


def tried(reply: str, *, name: str = "www", host: str = "mx1.kolibri.example", software: str = " Postfix") -> Trial:
    text = TRANSCRIPT.format(reply=reply, name=name, host=host, software=software)
    return steps.read_trial(Case(), text).trials[-1]


def sentences(trial: Trial, comparison: Comparison) -> list[str]:
    found = list(compared(speak("en"), trial, comparison))
    assert not [sentence for sentence in found if "{" in sentence or not sentence.endswith(".")]
    return found


@pytest.mark.parametrize(
    ("reply", "changes", "outcome", "said"),
    [
        (NOT_FQDN, {}, "same", "it is the same refusal"),
        (NOT_FQDN, {"host": "mx2.kolibri.example"}, "same", "it is the same refusal"),
        ("550 5.7.1 <www>: Helo command rejected: need fully-qualified hostname", {}, "same-cause", "came as 550"),
        ("550 5.1.1 <user@kolibri.example>: Recipient address rejected: User unknown", {}, "other", "another reason"),
        ("250 2.1.5 Ok", {}, "taken", "here the name was taken"),
        ("250 2.1.5 Ok", {"name": "mail.sender.example"}, "new-name-taken", "there “www” was refused"),
        ("250 2.1.5 Ok", {"host": "mx.other.example"}, "other-server", "another server answered"),
    ],
)
def test_the_answer_is_compared_with_the_bounce(reply: str, changes: dict[str, str], outcome: str, said: str) -> None:
    trial = tried(reply, **changes)
    comparison = steps.compare(bounced(), trial)
    assert comparison.bounce == outcome
    assert said in sentences(trial, comparison)[0]


def test_what_differs_is_told() -> None:
    trial = tried("550 5.7.1 <www>: Helo command rejected: need fully-qualified hostname")
    assert steps.compare(bounced(), trial).differs == ("code",)
    early = replace(trial, reply_code=504, refused_at=Stage.HELO)
    assert steps.compare(bounced(), early).differs == ("stage",)


def test_a_trial_without_a_verdict_is_not_compared_and_says_so() -> None:
    silent = tried(NOT_FQDN)
    silent = replace(silent, verdict=TrialVerdict.UNDETERMINED, obstacle="closed", cause=Cause.UNKNOWN)
    comparison = steps.compare(bounced(), silent)
    assert (comparison.bounce, comparison.policy) == ("no-verdict", None)
    assert "without a yes or a no" in sentences(silent, comparison)[0]
    assert steps.compare(bounced(), replace(silent, dialogue=())) == Comparison(bounce_name="www")


def test_without_a_refusal_there_is_nothing_to_compare_with() -> None:
    assert steps.compare(Case(), tried(NOT_FQDN)).bounce is None


@pytest.mark.parametrize(
    ("reply", "software", "outcome", "named"),
    [
        (NOT_FQDN, " Postfix", "foreseen", ["postfix-hardened"]),
        ("250 2.1.5 Ok", " Postfix (Debian/GNU)", "foreseen", ["postfix", "postfix-invalid"]),
        ("550 5.7.1 user@kolibri.example... Access denied - bogus HELO [1] ...", " Infomaniak Network Mail Servers;",
         "foreseen", ["infomaniak"]),
        ("250 2.1.5 Ok", " Infomaniak Network Mail Servers;", "not-foreseen", ["infomaniak"]),
        ("550 5.7.1 bad HELO name", "", "unrecognised", []),
        ("550 5.1.1 User unknown", " Postfix", None, []),
    ],
)  # fmt: skip
def test_the_answer_is_compared_with_the_receivers_known_rules(
    reply: str, software: str, outcome: str | None, named: list[str]
) -> None:
    trial = tried(reply, software=software)
    comparison = steps.compare(Case(), trial)
    assert (comparison.policy, [prediction.receiver for prediction in comparison.predictions]) == (outcome, named)
    sentences(trial, comparison)


def test_what_the_bounce_calls_the_receiver_counts_where_the_banner_is_silent() -> None:
    trial = tried("250 2.1.5 Ok", software="")
    assert steps.compare(Case(), trial).policy == "unrecognised"
    with_reporter = steps.read(Case(), BOUNCE.format(reply=NOT_FQDN))
    assert with_reporter.diagnosis is not None
    assert with_reporter.diagnosis.report.receiver.software == "Postfix"
    assert steps.compare(with_reporter, trial).policy == "foreseen"


def test_the_practice_server_is_compared_with_the_bounce_only() -> None:
    """It is the known rules, so nothing would be learnt from comparing it with them."""
    case = bounced()
    plan = steps.practice_plan(case, "www", "postfix-hardened")
    case = asyncio.run(steps.practise(case, plan))
    comparison = steps.compare(case, case.trials[-1])
    assert (comparison.bounce, comparison.policy) == ("same", None)


@pytest.mark.parametrize("policy", [policy for policy in receivers.policies() if policy != "accept-all"])
def test_every_policy_of_the_practice_server_answers_as_foreseen(policy: str) -> None:
    """The two share their rules, so a stranger at the same port is read as that receiver."""

    async def trial() -> Trial:
        async with PracticeServer(policy) as server:
            target = Target(host=server.host, port=server.port)
            return await probe(TrialPlan(target=target, name="www", recipient="user@receiver.example"))

    result = asyncio.run(trial())
    comparison = steps.compare(Case(), result)
    assert comparison.policy == "foreseen", sentences(result, comparison)


def test_a_filter_in_the_way_is_told() -> None:
    trial = tried("250 2.1.5 Ok")
    masked = replace(trial, dialogue=(replace(trial.dialogue[0], text="220 ******0*2******0****"), *trial.dialogue[1:]))
    comparison = steps.compare(Case(), masked)
    assert comparison.filter == "Cisco PIX/ASA Mailguard"
    assert "Cisco PIX/ASA Mailguard" in sentences(masked, comparison)[0]
