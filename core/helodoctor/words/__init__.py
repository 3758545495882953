"""Sentences: an id and its values become text in one language, at the edge and nowhere else."""

from helodoctor.words.catalogue import Words, languages, speak

__all__ = ["Words", "languages", "speak"]
