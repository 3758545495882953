"""The chapters of a case's report, as blocks that every format lays out, and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Literal

from helodoctor.model import Answer, Case, Diagnosis, Proof, Report, Status, Step, Trial
from helodoctor.report import guide, judgement, reading, trial
from helodoctor.report.layout import Block, Chapter, Table
from helodoctor.words import Words, findings, proofs, readings, waits
from helodoctor.words import guides as steps
from helodoctor.words import judgement as name_words
from helodoctor.words import trials as trial_words
from helodoctor.words.forms import labelled, moment

Part = Block | Table
Length = Literal["short", "full"]

_SHORT = ("happened", "evidence", "trials", "proof")


def as_data(case: Case, proof: Proof, words: Words, code: str | None = None) -> dict[str, object]:
    """The case as one JSON object, its parts in the forms of ``contract.md``."""
    return {
        "support_code": code,
        "explain": reading.as_object(case.diagnoses, words) if case.diagnoses else None,
        "name": case.name,
        "check": judgement.as_object(case.judgement, words) if case.judgement else None,
        "trials": [trial.as_object(made, words) for made in case.trials],
        "fix": guide.as_object(case.guide, words) if case.guide else None,
        "ticks": list(case.ticks),
        "proof": {
            "state": proof.state,
            "says": proofs.says(words, proof),
            "takes": proofs.takes(words, proof),
            "summary": proofs.state(words, proof),
            "next": proofs.next_step(words, proof),
        },
    }


def chapters(
    case: Case, proof: Proof, words: Words, code: str | None = None, length: Length = "full"
) -> Iterator[Chapter]:
    """Every chapter there is something to say in, in the order of the walk; a ``short`` report has only some."""
    made: tuple[tuple[str, Callable[[], Iterator[Part]]], ...] = (
        ("happened", lambda: _happened(case, words, code)),
        ("evidence", lambda: _evidence(case)),
        ("name", lambda: _name(case, words)),
        ("trials", lambda: _trials(case, words, length)),
        ("guide", lambda: _guide(case, words)),
        ("letters", lambda: _letters(case, words)),
        ("proof", lambda: _proof(case, proof, words)),
    )
    for key, make in made:
        if (length == "full" or key in _SHORT) and (parts := tuple(make())):
            yield Chapter(title=words.sentence("report", "chapter", key), parts=parts)


def guide_chapters(case: Case, words: Words) -> Iterator[Chapter]:
    """The steps and the letters alone, as they are printed; without a guide there are none."""
    for key, parts in (("guide", tuple(_guide(case, words))), ("letters", tuple(_letters(case, words)))):
        if parts:
            yield Chapter(title=words.sentence("report", "chapter", key), parts=parts)


def _happened(case: Case, words: Words, code: str | None) -> Iterator[Part]:
    diagnosis, facts = case.diagnosis, [(words.sentence("report", "fact", "code"), code or "")]
    if diagnosis is not None:
        yield Block(text=readings.summary(words, diagnosis))
        yield Block(text=readings.next_step(words, diagnosis))
        facts = [*_facts(diagnosis, case, words), *facts]
    if rows := tuple((label, value) for label, value in facts if value):
        yield Table(rows=rows)


def _facts(diagnosis: Diagnosis, case: Case, words: Words) -> Iterator[tuple[str, str]]:
    report = diagnosis.report
    values = {
        "name": case.name or diagnosis.helo_name or "",
        "reply": _reply(report),
        "receiver": report.receiver.host or "",
        "stage": readings.stage(words, report.stage),
        "confidence": readings.confidence(words, diagnosis.confidence),
        "cause": diagnosis.cause.value,
    }
    yield from ((words.sentence("report", "fact", key), value) for key, value in values.items())


def _reply(report: Report) -> str:
    parts = (report.reply_code, report.enhanced_code, report.reply_text)
    return " ".join(str(part) for part in parts if part)


def _evidence(case: Case) -> Iterator[Part]:
    """The words of the user's own text that decided: the announced name and the reply, as they stand there."""
    diagnosis = case.diagnosis
    if diagnosis is None:
        return
    for what in ("helo-name", "reply"):
        for span in diagnosis.evidence:
            if span.what == what:
                yield Block(kind="code", text=span.cut(diagnosis.report.text))


def _name(case: Case, words: Words) -> Iterator[Part]:
    """The verdict on the name, what is wrong with it and why it matters; how much is fine; which servers refuse it."""
    report = case.judgement
    if report is None:
        return
    yield Block(text=name_words.verdict(words, report))
    for finding in judgement.worst_first(report.findings):
        if finding.status in (Status.FAIL, Status.WARN):
            message = findings.message(words, finding, report.name)
            yield Block(kind="item", text=labelled(words, name_words.status(words, finding.status), message))
            yield Block(text=words.sentence("judgement", "why", why=findings.why(words, finding)))
            yield Block(text=words.sentence("judgement", "rule", source=finding.source, id=finding.id))
    yield Block(text=name_words.passed(words, sum(finding.status is Status.PASS for finding in report.findings)))
    refusing = [prediction.title for prediction in report.predictions if prediction.verdict is Answer.REJECT]
    if refusing:
        names = ", ".join(dict.fromkeys(refusing))
        yield Block(text=labelled(words, words.sentence("judgement", "group-reject"), names))


def _trials(case: Case, words: Words, length: Length) -> Iterator[Part]:
    """First and last trial side by side, then every conversation as it was; in short, only how they ended."""
    if not case.trials:
        return
    first, last = case.trials[0], case.trials[-1]
    if first is not last:
        labels = [words.sentence("report", "column", key) for key in ("none", "before", "after")]
        yield Table(rows=(tuple(labels), *_compared(first, last, words)), header=True)
    for made in case.trials:
        when = moment(words, datetime.fromisoformat(made.started)) if made.started else ""
        yield Block(text=labelled(words, f"{when} {made.plan.target}".strip(), trial_words.reading(words, made)))
        if length == "full":
            yield Block(kind="code", text="\n".join(_spoken(made)))


def _compared(first: Trial, last: Trial, words: Words) -> Iterator[tuple[str, ...]]:
    rows: dict[str, Callable[[Trial], str]] = {
        "name": lambda made: made.plan.name,
        "result": lambda made: words.sentence("report", "result", made.verdict),
        "reply": lambda made: " ".join(str(part) for part in (made.reply_code, made.reply_text) if part),
    }
    for key, of in rows.items():
        yield words.sentence("report", "fact", key), of(first), of(last)


def _spoken(made: Trial) -> Iterator[str]:
    for line in made.dialogue:
        lead = "< " if line.speaker == "server" else "> "
        yield from (lead + row for row in line.text.splitlines())


def _guide(case: Case, words: Words) -> Iterator[Part]:
    if case.guide is None:
        return
    yield Block(text=steps.system_title(words, case.guide.system))
    for step in case.guide.steps:
        yield from _step(step, step.id in case.ticks, words)


def _step(step: Step, done: bool, words: Words) -> Iterator[Part]:
    title = f"{step.number} {steps.phrase(words, step.title)} ({steps.actor(words, step.actor)})"
    yield Block(kind="item", mark="done" if done else "open", text=title)
    yield Block(text=steps.phrase(words, step.do) or "")
    if step.command:
        yield Block(kind="code", text=step.command)
    for part in guide.PARTS:
        if text := steps.phrase(words, getattr(step, part)):
            yield Block(text=labelled(words, steps.label(words, part), text))
    if step.undo_command:
        yield Block(kind="code", text=step.undo_command)


def _letters(case: Case, words: Words) -> Iterator[Part]:
    for letter in case.guide.letters if case.guide else ():
        yield Block(text=labelled(words, steps.label(words, "letter-to"), steps.letter_to(words, letter)))
        yield Block(text=labelled(words, steps.label(words, "subject"), steps.phrase(words, letter.subject) or ""))
        yield Block(kind="code", text=steps.letter_body(words, letter))


def _proof(case: Case, proof: Proof, words: Words) -> Iterator[Part]:
    """The two facts, what still waits and until when, and what is next."""
    yield Block(text=proofs.state(words, proof))
    for fact, told, done in (
        ("says", proofs.says(words, proof), proof.says),
        ("takes", proofs.takes(words, proof), proof.takes),
    ):
        text = labelled(words, words.sentence("proofs", fact, "title"), told)
        yield Block(kind="item", mark="done" if done else "open", text=text)
    for line in waits.waiting(words, case, datetime.now().astimezone()):
        yield Block(kind="item", mark="open", text=line.sentence)
    yield Block(text=proofs.next_step(words, proof))
