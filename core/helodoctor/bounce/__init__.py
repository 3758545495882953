"""Whatever was pasted: cleaning, readers, classifier. Text in, :class:`Bounce` and :class:`Diagnosis` out."""

from __future__ import annotations

from helodoctor.bounce.diagnosing import diagnose, diagnose_dialogue
from helodoctor.model import Bounce

__all__ = ["diagnose", "diagnose_dialogue", "read"]


def read(data: str | bytes) -> Bounce:
    """What ``data`` reports; see :func:`helodoctor.bounce.reading.read`.

    Raises:
        InputProblem: there is nothing in it.
    """
    from helodoctor.bounce import reading  # its readers cost 12 ms that a live trial's dialogue does without

    return reading.read(data)
