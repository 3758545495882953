"""The practice server's policies: which receiver each plays, how it speaks, what it decides."""

from __future__ import annotations

from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from helodoctor.knowledge import load
from helodoctor.model import Answer, Stage
from helodoctor.model.errors import InputProblem
from helodoctor.receivers.catalogue import Ready, ready
from helodoctor.receivers.decision import Decision, Dialogue
from helodoctor.receivers.facts import Facts
from helodoctor.receivers.greeting import PRACTICE_ACCEPTS, Greeting
from helodoctor.receivers.verdict import Outcome, ask


class Policy(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One policy: the ``receiver`` it plays (none: it accepts all) and whose way of speaking it has.

    ``early`` refuses at once what the receiver would hold back until RCPT.
    """

    id: str
    dialogue: str
    receiver: str | None = None
    early: bool = False


class _Policies(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    policy: tuple[Policy, ...]
    dialogue: dict[str, Dialogue]


@cache
def _data() -> _Policies:
    return load("receivers/practice/policies.toml", _Policies)


def policies() -> tuple[str, ...]:
    """The ids of the practice server's policies, the default first."""
    return tuple(policy.id for policy in _data().policy)


def _policy(policy_id: str) -> Policy:
    for policy in _data().policy:
        if policy.id == policy_id:
            return policy
    raise InputProblem("policy-unknown", policy=policy_id, policies=", ".join(policies()))


def dialogue(policy_id: str) -> Dialogue:
    """What the practice server says around the verdict under a policy.

    Raises:
        InputProblem: there is no such policy.
    """
    return _data().dialogue[_policy(policy_id).dialogue]


@cache
def _played(policy_id: str) -> Ready | None:
    policy = _policy(policy_id)
    if policy.receiver is None:
        return None
    player = ready()[policy.receiver]
    return player.at_once() if policy.early else player


def decide(policy_id: str, name: str, facts: Facts, *, verb: str = "EHLO") -> Decision:
    """What the practice server does with ``name`` (the text after ``verb``, EHLO or HELO) under a policy.

    Nothing is looked up: of names ``facts`` is silent about, a well-formed public one belongs to the client and has a
    matching reverse name, others are not found; where the receiver's answer is not known, it accepts. Each of these is
    listed in ``assumed``.

    Raises:
        InputProblem: there is no such policy.
    """
    player = _played(policy_id)
    if player is None:
        return Decision(answer=Answer.ACCEPT)
    outcome = ask(player, Greeting(player.argument(name), facts, verb.upper(), dialogue(policy_id).host))
    return _decision(outcome)


def _decision(outcome: Outcome) -> Decision:
    if outcome.answer is Answer.UNKNOWN:
        return Decision(answer=Answer.ACCEPT, assumed=(PRACTICE_ACCEPTS, *outcome.assumed))
    decision = Decision(answer=outcome.answer, assumed=outcome.assumed)
    if not decision.refuses:
        return decision
    if not outcome.reply or outcome.stage is Stage.UNKNOWN:  # refused, yet nobody wrote down where or in which words
        return Decision(answer=Answer.ACCEPT, assumed=(PRACTICE_ACCEPTS, *outcome.assumed))
    return replace(
        decision, stage=outcome.stage, code=outcome.code, reply=_ended(outcome.reply), closes=outcome.closes
    )


def _ended(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Reply lines the last of which says so, where only the first ones of a longer reply are known (RFC 5321 4.2.1)."""
    return (*lines[:-1], f"{lines[-1][:3]} {lines[-1][4:]}")
