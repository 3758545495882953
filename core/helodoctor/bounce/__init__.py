"""Whatever was pasted: cleaning, readers, classifier. Text in, :class:`Bounce` and :class:`Diagnosis` out."""

from helodoctor.bounce.diagnosing import diagnose, diagnose_dialogue
from helodoctor.bounce.reading import read

__all__ = ["diagnose", "diagnose_dialogue", "read"]
