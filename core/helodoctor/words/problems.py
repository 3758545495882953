"""The one sentence a user gets when something given cannot be used, or the other side did not answer."""

from __future__ import annotations

from helodoctor.model.errors import HeloDoctorError
from helodoctor.words.catalogue import Words


def problem(words: Words, fault: HeloDoctorError) -> str:
    """What happened, why, and what to do next, in one or two sentences (``words/problems.toml``)."""
    return words.sentence("problems", fault.id, **fault.values)
