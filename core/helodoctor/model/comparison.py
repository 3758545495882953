"""A live answer beside what was expected: the bounce's refusal, and what that receiver is known to do."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from helodoctor.model.finding import Prediction

BounceOutcome = Literal["same", "same-cause", "other", "taken", "new-name-taken", "other-server", "no-verdict"]
PolicyOutcome = Literal["foreseen", "not-foreseen", "unknown", "unrecognised"]


class Comparison(Struct, frozen=True, kw_only=True):
    """How a trial compares.

    ``bounce`` is ``None`` without a refusal to compare with, or without a word from the server; ``differs`` says in
    what a refusal for the same cause is another one (``code``, ``stage``). ``policy`` is ``None`` where the answer
    says nothing of the name; ``predictions`` are those of the receivers it may be, only those that foresaw the
    answer where some did. ``filter`` is the title of the filter on the way that seems to answer in the server's
    place.
    """

    bounce: BounceOutcome | None = None
    bounce_name: str | None = None
    differs: tuple[str, ...] = ()
    policy: PolicyOutcome | None = None
    predictions: tuple[Prediction, ...] = ()
    filter: str | None = None
