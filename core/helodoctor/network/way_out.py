"""Is port 25 blocked here, or is that one server away? Well-known servers are called, only after asking the user.

Each is called once: its greeting is heard, QUIT is said, and no name is announced (RFC 5321 4.1.1.10).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import ExitStack

from helodoctor.model import Call, NetworkProblem, Target, Trial, TrialPlan
from helodoctor.network import banners
from helodoctor.network.connecting import Connector
from helodoctor.network.deadline import Deadline
from helodoctor.network.limits import History
from helodoctor.network.outcome import explained
from helodoctor.network.replies import Obstacle
from helodoctor.organisation import check_trial

PORT = 25
_SECONDS = 8.0
_OFFLINE = frozenset({"dns-unanswered", "host-not-found", "no-route"})
_STRANGERS = frozenset({"stranger", "not-smtp"})
_PUZZLES = frozenset({"connect-timeout", "connection-refused", "no-route", "reset", "port-25-blocked"})


def known_hosts() -> tuple[banners.KnownHost, ...]:
    """The servers that would be called, in this order, until one greets."""
    return banners.banners().known


def puzzling(trial: Trial) -> bool:
    """Whether ``trial`` leaves open if its server is away or the way to port 25 is closed."""
    target = trial.plan.target
    here = trial.origin == "live" and target.policy is None and target.port == PORT
    return here and not trial.calls and not trial.dialogue and trial.obstacle in _PUZZLES


async def find_out(
    trial: Trial, *, hosts: Sequence[banners.KnownHost] | None = None, port: int = PORT, history: History | None = None
) -> Trial:
    """``trial`` with the reason why its server was not reached.

    ``hosts`` (default: :func:`known_hosts`) are called one after the other at ``port`` until one greets.

    Raises:
        NetworkProblem: the limit, the profile or the user allows none of the calls now.
    """
    calls: list[Call] = []
    held_back: NetworkProblem | None = None
    for known in known_hosts() if hosts is None else hosts:
        try:
            calls.append(await _call(known, port, history or History()))
        except NetworkProblem as fault:
            held_back = held_back or fault
            continue
        if calls[-1].outcome == "greeted":
            break
    if held_back and not calls:
        raise held_back
    return explained(trial, _reason({call.outcome for call in calls}), tuple(calls))


def _reason(outcomes: set[str]) -> str:
    if "greeted" in outcomes:
        return "only-this-server"
    if outcomes & _STRANGERS:
        return "port-25-intercepted"
    return "no-internet" if outcomes <= _OFFLINE else "port-25-closed"


async def _call(known: banners.KnownHost, port: int, history: History) -> Call:
    """Hear the greeting of one server, within eight seconds."""
    plan = TrialPlan(target=Target(host=known.host, port=port), name="", stop_after="ehlo", tls="off")
    check_trial(plan)
    deadline = Deadline(_SECONDS)
    connector, talk, outcome = Connector(plan, deadline, history, nameless=True), None, "timeout"
    with ExitStack() as held:
        try:
            async with deadline:
                talk = await connector.open(held, None)
                held.callback(talk.abort)
                outcome = _heard((await talk.reply()).text, known)
                await talk.part("QUIT")
        except Obstacle as fault:
            outcome = fault.id
        except TimeoutError:
            outcome = outcome if talk else "connect-timeout"
    banner = talk.lines[0].text if talk and talk.lines else None
    return Call(title=known.title, host=known.host, outcome=outcome, banner=banner)


def _heard(greeting: str, known: banners.KnownHost) -> str:
    return "greeted" if re.search(known.banner, greeting) else "stranger"
