"""Receivers' policies and engines: what each receiver does with a HELO name, decided offline from data."""

from helodoctor.receivers.catalogue import ready
from helodoctor.receivers.decision import Decision, Dialogue
from helodoctor.receivers.facts import Facts, Host
from helodoctor.receivers.known import KnownCase, find_receiver, known_cases
from helodoctor.receivers.practice import decide, dialogue, policies
from helodoctor.receivers.prediction import predict
from helodoctor.receivers.schema import Receiver

__all__ = [
    "Decision",
    "Dialogue",
    "Facts",
    "Host",
    "KnownCase",
    "Receiver",
    "decide",
    "dialogue",
    "find_receiver",
    "known_cases",
    "policies",
    "predict",
    "receivers",
]


def receivers() -> tuple[Receiver, ...]:
    """Every receiver that is known, in the order of their fixed numbers."""
    return tuple(one.receiver for one in ready().values())
