"""Sentences about a trial's answer beside what was expected of it."""

from __future__ import annotations

from collections.abc import Iterator

from helodoctor.model import Comparison, Trial
from helodoctor.words import predictions, trials
from helodoctor.words.catalogue import Words

_NAMED = 3  # receivers in one sentence


def compared(words: Words, trial: Trial, comparison: Comparison) -> Iterator[str]:
    """Beside the bounce, beside the receiver's known rules, and who may have answered instead: a sentence each."""
    if comparison.filter:
        yield words.sentence("trials", "filter-seen", filter=comparison.filter, host=trial.plan.target.host)
    if comparison.bounce:
        yield words.sentence(
            "trials",
            f"compared-{comparison.bounce}",
            old=comparison.bounce_name or "",
            name=trial.plan.name,
            code=trial.reply_code or "",
            stage=trials.stage(words, trial.refused_at or trial.reached),
        )
    if comparison.policy:
        called = [predictions.who(words, prediction) for prediction in comparison.predictions[:_NAMED]]
        yield words.sentence("trials", f"policy-{comparison.policy}", receivers=", ".join(dict.fromkeys(called)))
