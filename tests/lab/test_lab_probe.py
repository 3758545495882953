"""Our trial meets the real servers: stage, code and text are those the plain client got, and no message is begun."""

from __future__ import annotations

import pytest

from helodoctor.model import Cause, InputProblem, Stage, Trial, TrialVerdict
from labkit.dialogue import CLIENT, Outcome
from labkit.lab import Lab
from labkit.observing import Observations, settings_of, written
from labkit.servers import Setting
from labkit.trials import Trials, plan, replies, run_trials
from labkit.wire import tapped

HARMLESS = {"EHLO", "HELO", "MAIL", "RCPT", "RSET", "QUIT"}
# What a refusal means where the name or the words leave no doubt (contract.md, how the cause is chosen).
CAUSES = {
    "127.0.0.1": Cause.HELO_BARE_IP,
    "203.0.113.10": Cause.HELO_BARE_IP,
    "[127.0.0.1]": Cause.HELO_ADDRESS_LITERAL,
    "[203.0.113.10]": Cause.HELO_ADDRESS_LITERAL,
    "[203.0.113.99]": Cause.HELO_ADDRESS_LITERAL,
    "[IPv6:::1]": Cause.HELO_ADDRESS_LITERAL,
    "[IPv6:2001:db8::10]": Cause.HELO_ADDRESS_LITERAL,
    "localhost": Cause.HELO_LOCALHOST,
    "localhost.localdomain": Cause.HELO_LOCALHOST,
    "www": Cause.HELO_NOT_FQDN,
    "servidor": Cause.HELO_NOT_FQDN,
    "my_server.example.test": Cause.HELO_INVALID_SYNTAX,
    "-bad.example.test": Cause.HELO_INVALID_SYNTAX,
    "a..example.test": Cause.HELO_INVALID_SYNTAX,
    "mail example.test": Cause.HELO_INVALID_SYNTAX,
    "<mail.example.test>": Cause.HELO_INVALID_SYNTAX,
    "(300 chars)": Cause.HELO_INVALID_SYNTAX,
    "server.local": Cause.HELO_UNRESOLVABLE,
}


def told(trial: Trial) -> tuple[str, str]:
    """Verdict and stage of a trial in the words of the plain client."""
    if trial.obstacle == "timeout":
        return "undetermined", "timeout"
    return trial.verdict.value, trial.refused_at.value if trial.refused_at else "accept"


def expected(outcome: Outcome) -> tuple[str, str]:
    if outcome.code == "timeout":
        return "undetermined", "timeout"
    if outcome.stage == "accept":
        return "accepted", "accept"
    return "tempfail" if outcome.code[0] == "4" else "refused", outcome.stage


def test_the_trial_tells_what_the_server_said(setting: Setting, trials: Trials, observations: Observations) -> None:
    """The first reply is the observed one; the end is that of any client which falls back from EHLO to HELO."""
    table, ends = written(), observations.listed_with_fallback(setting)
    different = []
    for name, trial in trials.of(setting):
        first, end = table[setting.id, name.label], ends[name]
        if told(trial) != expected(end) or (end.code != "timeout" and trial.reply_code != int(end.code)):
            different.append(f"{name.label}: {told(trial)} {trial.reply_code} instead of {end}")
        elif first.code != "timeout" and first.stage != "accept":
            said = replies(trial, Stage(first.stage))
            if first.reply not in said:
                different.append(f"{name.label}: {said} instead of {first}")
    assert not different, "\n".join(different)


def test_the_reading_of_a_refusal_is_right(setting: Setting, trials: Trials) -> None:
    wrong = [
        f"{name.label}: {trial.cause} for {trial.reply_text}"
        for name, trial in trials.of(setting)
        if name.label in CAUSES and trial.refused_at and trial.cause is not CAUSES[name.label]
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.server("postfix")
def test_no_trial_begins_a_message(trials: Trials) -> None:
    """Seen on the client's cable, for all chosen servers; the tap would show a command that the program hides."""
    (setting, *_) = settings_of(["postfix"])
    assert trials.of(setting)
    assert set(trials.commands) == HARMLESS


@pytest.mark.server("postfix")
def test_ehlo_alone_proves_nothing_where_the_receiver_judges_at_rcpt(lab: Lab) -> None:
    lab.server("postfix")
    (setting, *_) = settings_of(["postfix"])
    [[trial]] = run_trials(lab.desk, [[plan(setting, "www", recipient=None, stop_after="ehlo")]])
    assert (trial.verdict, trial.reached, trial.refused_at) == (TrialVerdict.UNDETERMINED, Stage.HELO, None)


def test_a_name_that_is_not_ascii_is_never_sent(lab: Lab) -> None:
    (setting, *_) = settings_of(["postfix"])
    with tapped(lab.desk, CLIENT) as tap, pytest.raises(InputProblem) as problem:
        run_trials(lab.desk, [[plan(setting, "ümlaut.example.test")]])
    assert problem.value.id == "name-unsendable"
    assert tap.sent == {}
