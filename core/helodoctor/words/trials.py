"""Sentences about a live trial: its reading, the next step, what it proves, and a gloss under each line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from helodoctor.model import Call, Cause, Line, Stage, Trial, TrialVerdict, Verdict
from helodoctor.words.catalogue import Words

_BANNER_SHOWN = 80
_VERBS = ("ehlo", "helo", "starttls", "mail", "rcpt", "rset", "quit")


def _kind(trial: Trial) -> str:
    """The table of ``trials.toml`` that words this trial."""
    if trial.verdict in (TrialVerdict.REFUSED, TrialVerdict.TEMPFAIL):
        if trial.cause is Cause.NOT_HELO_AUTH:
            return "login"
        if trial.cause is Cause.HELO_MISMATCH and _ran_at_this_desk(trial):
            return "mismatch"
        about = {Verdict.HELO: "name", Verdict.NOT_HELO: "other"}.get(trial.cause.verdict, "unknown")
        return f"{trial.verdict}-{about}"
    if trial.verdict is TrialVerdict.ACCEPTED:
        return _accepted_kind(trial)
    if trial.obstacle:
        return f"obstacle-{trial.obstacle}"
    return "greeted" if trial.reached is Stage.HELO else "unclear"


def _accepted_kind(trial: Trial) -> str:
    if _ehlo_was_refused(trial.dialogue):
        return "accepted-second"
    return "accepted" if trial.reached is Stage.RCPT else "accepted-helo"


def _ehlo_was_refused(lines: Sequence[Line]) -> bool:
    """Whether EHLO was turned away for more than being unknown (500, 502: RFC 5321 3.2) and HELO taken after it."""
    answers = [after.text[:3] for line, after in pairwise(lines) if (line.speaker, line.text[:4]) == ("us", "EHLO")]
    return any(code[:1] in ("4", "5") and code not in ("500", "502") for code in answers)


def _ran_at_this_desk(trial: Trial) -> bool:
    """Whether the address the trial came from is most likely not the mail server's."""
    return trial.origin == "live" and trial.plan.target.policy is None


def _say(words: Words, trial: Trial, part: str) -> str:
    kind = _kind(trial)
    why = trial.cause if trial.cause.verdict is Verdict.NOT_HELO else "not-helo-other"
    return words.sentence(
        "trials",
        kind,
        part,
        host=_host(words, trial),
        port=trial.plan.target.port,
        name=trial.plan.name,
        code=trial.reply_code or "",
        stage=stage(words, trial.refused_at or trial.stopped_at),
        why=words.sentence("trials", f"why-{why}"),
        others=", ".join(_called(words, call) for call in trial.calls),
    )


def _called(words: Words, call: Call) -> str:
    """What came of the call of a well-known server."""
    kind = {"greeted": "greeted", "stranger": "stranger", "not-smtp": "stranger"}.get(call.outcome, "silent")
    banner = (call.banner or "")[:_BANNER_SHOWN]
    return words.sentence("trials", "calls", kind, title=call.title, banner=banner)


def offer(words: Words, titles: Iterable[str]) -> str:
    """What calling well-known servers means, said before it is done."""
    return words.sentence("trials", "calls", "offer", servers=", ".join(titles))


def _host(words: Words, trial: Trial) -> str:
    """Who answered; the practice server by its role, since its address says nothing."""
    target = trial.plan.target
    return words.sentence("trials", "practice-host") if target.policy else target.host


def reading(words: Words, trial: Trial) -> str:
    """What the trial showed, in one sentence."""
    return _say(words, trial, "text")


def next_step(words: Words, trial: Trial) -> str:
    """What to do now, in one sentence."""
    return _say(words, trial, "next")


def scope(words: Words, trial: Trial) -> str:
    """From where the trial ran, and so what it proves."""
    target, source = trial.plan.target, trial.source_address or ""
    tried = trial.origin == "live" and not trial.dialogue
    kind = "practice" if target.policy else "tried" if tried else trial.origin
    policy = words.sentence("policies", target.policy, "title") if target.policy else ""
    return words.sentence("trials", f"scope-{kind}", host=target.host, source=source, policy=policy)


def stage(words: Words, at: Stage) -> str:
    """Where in the conversation, as the end of a sentence."""
    return words.sentence("trials", f"stage-{at}")


def gloss(words: Words, line: Line) -> str:
    """A plain word about one line of the dialogue."""
    return _gloss_ours(words, line.text) if line.speaker == "us" else _gloss_theirs(words, line)


def _gloss_ours(words: Words, text: str) -> str:
    verb, _, rest = text.partition(" ")
    kind = verb.lower() if verb.lower() in _VERBS else "other"
    address = re.search(r"<(.*)>", rest)
    if kind == "mail" and address and not address[1]:
        kind = "mail-null"
    return words.sentence("trials", f"gloss-us-{kind}", name=rest, address=address[1] if address else rest)


def _gloss_theirs(words: Words, line: Line) -> str:
    kinds = {"2": f"{line.stage}-yes", "4": "later", "5": "no"}
    kind = "goodbye" if line.text.startswith("221") else kinds.get(line.text[:1], "other")
    return words.sentence("trials", f"gloss-{kind}")
