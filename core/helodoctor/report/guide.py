"""A guide for scripts (``fix --json``) and for people in a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import fill, indent

from helodoctor.model import Guide, Letter, Step, StepConfidence
from helodoctor.organisation import own_texts
from helodoctor.words import Words
from helodoctor.words import guides as sentences
from helodoctor.words.forms import labelled

_WIDTH = 80

# The parts of a step that follow its first sentence, in the order they are read.
PARTS = ("where", "expect", "check", "wait", "undo", "warning")


def as_object(guide: Guide, words: Words) -> dict[str, object]:
    """The JSON of ``fix`` as ``contract.md`` fixes it; ``notes``, the organisation's own texts, are more."""
    return {
        "system": guide.system,
        "name": guide.name,
        "notes": list(own_texts("fix", guide.system)),
        "guide": [_step_object(step, words) for step in guide.steps],
        "letters": [_letter_object(letter, words) for letter in guide.letters],
    }


def _step_object(step: Step, words: Words) -> dict[str, object]:
    said = {part: sentences.phrase(words, getattr(step, part)) for part in ("title", "do", *PARTS)}
    return {
        "id": step.id,
        "number": step.number,
        "who": step.actor.value,
        **said,
        "command": step.command,
        "shell": step.shell,
        "undo_command": step.undo_command,
        "confidence": step.confidence.value,
    }


def _letter_object(letter: Letter, words: Words) -> dict[str, object]:
    return {
        "to": letter.to.value,
        "address": letter.address,
        "subject": sentences.phrase(words, letter.subject),
        "body": sentences.letter_body(words, letter),
    }


def as_text(guide: Guide, words: Words) -> str:
    """The whole guide as plain text: the organisation's own words, every step with its command, then the letters."""
    blocks = list(own_texts("fix", guide.system))
    blocks += ["\n".join(step_lines(step, words)) for step in guide.steps]
    blocks += ["\n".join(letter_lines(letter, words)) for letter in guide.letters]
    return "\n\n".join(blocks)


def step_lines(step: Step, words: Words) -> Iterator[str]:
    """One step as lines of text: number and title, who acts, what to do, the command, then the other parts."""
    title = sentences.phrase(words, step.title)
    unsure = "" if step.confidence is StepConfidence.SURE else f" · {sentences.confidence(words, step.confidence)}"
    yield f"{step.number}  {title}   [{sentences.actor(words, step.actor)}{unsure}]"
    yield _wrapped(sentences.phrase(words, step.do) or "")
    if step.command:
        yield indent(step.command, " " * 8)
    for part in PARTS:
        if text := sentences.phrase(words, getattr(step, part)):
            yield _wrapped(labelled(words, sentences.label(words, part), text))
        if part == "undo" and step.undo_command:
            yield indent(step.undo_command, " " * 8)


def letter_lines(letter: Letter, words: Words) -> Iterator[str]:
    """A letter as lines of text: to whom, the subject, its paragraphs."""
    yield labelled(words, sentences.label(words, "letter-to"), sentences.letter_to(words, letter))
    yield labelled(words, sentences.label(words, "subject"), sentences.phrase(words, letter.subject) or "")
    for paragraph in sentences.letter_body(words, letter).split("\n\n"):
        yield ""
        yield _wrapped(paragraph)


def _wrapped(text: str) -> str:
    """A sentence below a step's title; names and paths are never cut."""
    return fill(
        text, _WIDTH, initial_indent="    ", subsequent_indent="    ", break_long_words=False, break_on_hyphens=False
    )
