"""What the organisation's profile asks of everything that leaves the house."""

from __future__ import annotations

from helodoctor.casefile.masking import Redacted, redact
from helodoctor.casefile.private import Kind
from helodoctor.model import Case
from helodoctor.organisation import profile


def always_masked() -> frozenset[Kind]:
    """The kinds that are masked whatever the user chooses."""
    return frozenset(map(Kind, profile().masks))


def outgoing(case: Case, chosen: frozenset[Kind] = frozenset()) -> Redacted:
    """``case`` as it may be handed on: masked as chosen and as the profile asks; as it is where neither does."""
    kinds = chosen | always_masked()
    return redact(case, kinds) if kinds else Redacted(case=case)
