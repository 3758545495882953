"""Receivers' policies and engines: what each receiver does with a HELO name, decided offline from data."""

from __future__ import annotations

import ipaddress

from helodoctor.model import Answer, EvidenceKind, Prediction, Stage
from helodoctor.model.errors import InputProblem
from helodoctor.receivers.decision import Decision, Dialogue
from helodoctor.receivers.facts import Facts, Host

__all__ = ["Decision", "Dialogue", "Facts", "Host", "decide", "dialogue", "policies", "predict", "receivers"]

_POLICIES = ("infomaniak", "postfix-hardened", "accept-all")


def _dialogue(host: str, software: str) -> Dialogue:
    return Dialogue(
        host=host, banner=f"{host} ESMTP {software}", helo="{host} Hello, pleased to meet you",
        ehlo="{host} Hello, pleased to meet you", mail="2.1.0 {sender}... Sender ok",
        rcpt="2.1.5 {recipient}... Recipient ok", data="Enter mail, end with \".\" on a line by itself",
        message="2.0.0 Message accepted for delivery", quit="2.0.0 {host} closing connection",
    )  # fmt: skip


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]").removeprefix("IPv6:"))
    except ValueError:
        return False
    return True


def receivers() -> tuple[str, ...]:
    """Every receiver that is known."""
    return _POLICIES


def policies() -> tuple[str, ...]:
    """The ids of the practice server's policies, the default first."""
    return _POLICIES


def dialogue(policy_id: str) -> Dialogue:
    """What the practice server says around the verdict under a policy."""
    if policy_id not in _POLICIES:
        raise InputProblem("policy-unknown", policy=policy_id, policies=", ".join(_POLICIES))
    if policy_id == "infomaniak":
        return _dialogue("mta-gw1.infomaniak.ch", "Infomaniak Network Mail Servers;")
    return _dialogue("mx.practice.example", "Postfix")


def decide(policy_id: str, name: str, facts: Facts, *, verb: str = "EHLO") -> Decision:
    """What the practice server does with ``name`` under a policy."""
    dialogue(policy_id)
    bare = "." not in name or _is_address(name) or name.lower() == "fakedomain.xyz"
    if policy_id == "accept-all" or not bare or not name:
        return Decision(answer=Answer.ACCEPT)
    code, text = 550, "5.7.1 {recipient}... Access denied - bogus HELO [1] ..."
    if policy_id == "postfix-hardened":
        code, text = 504, "5.5.2 <{name}>: Helo command rejected: need fully-qualified hostname"
    return Decision(
        answer=Answer.REJECT, stage=Stage.RCPT, code=code, reply=(f"{code} {text}",), values={"name": name}
    )


def predict(name: str, facts: Facts) -> tuple[Prediction, ...]:
    """What each receiver would answer to ``name``."""
    return tuple(
        Prediction(
            receiver=policy, title=policy, setting="default", verdict=found.answer, evidence=EvidenceKind.DOCUMENTED,
            stage=found.stage, code=found.code, reply=found.lines()[0] if found.reply else None,
        )
        for policy in _POLICIES
        for found in [decide(policy, name, facts)]
    )  # fmt: skip
