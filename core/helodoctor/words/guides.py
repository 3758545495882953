"""The sentences of a guide: steps, letters, and the names of systems and of those who act."""

from __future__ import annotations

from helodoctor.knowledge.senders import Answer, System, all_systems
from helodoctor.model import Actor, Letter, Phrase, StepConfidence, Value
from helodoctor.words.catalogue import Words


def phrase(words: Words, said: Phrase | None) -> str | None:
    """The sentence of a step or letter; ``None`` where the step says nothing there."""
    if said is None:
        return None
    group, key, part = said.id.split(".")
    values = {value.name: _value(words, value) for value in said.values}
    told = words.sentence(group, key, part, **values)
    called = values.get("system")
    return called[:1].upper() + told[1:] if called and told.startswith(called) else told


def _value(words: Words, value: Value) -> str:
    """A value as it is; a mail system's id becomes what the system is called inside a sentence."""
    if value.name != "system":
        return value.value
    called = words.has("systems", value.value, "called")
    return words.sentence("systems", value.value, "called") if called else system_title(words, value.value)


def system_title(words: Words, system_id: str) -> str:
    """What a mail system is called: a product's own name, or a word where it is none."""
    if words.has("systems", system_id, "title"):
        return words.sentence("systems", system_id, "title")
    return all_systems()[system_id].title


def default_name(words: Words, system: System) -> str:
    """How a mail system makes its name when none is set, in one sentence."""
    return words.sentence("defaults", system.default)


def kind_title(words: Words, kind: str) -> str:
    """The heading of one group of mail systems in a list to choose from."""
    return words.sentence("systems", "kind", kind)


def actor(words: Words, who: Actor) -> str:
    """Who carries out a step."""
    return words.sentence("guides", "actor", who)


def confidence(words: Words, how: StepConfidence) -> str:
    """How sure a step is, in a few words."""
    return words.sentence("guides", "confidence", how)


def label(words: Words, part: str) -> str:
    """The little heading in front of a part of a step (``expect``, ``check``, ``undo`` ...)."""
    return words.sentence("guides", "label", part)


def letter_to(words: Words, letter: Letter) -> str:
    """To whom a letter goes, with the mail address where one is known."""
    return f"{actor(words, letter.to)} {letter.address or ''}".strip()


def letter_body(words: Words, letter: Letter) -> str:
    """The whole body of a letter, its paragraphs apart by an empty line."""
    return "\n\n".join(text for said in letter.body if (text := phrase(words, said)))


def question(words: Words, key: str) -> str:
    """A question of those that lead to a mail system."""
    return words.sentence("questions", key, "ask")


def answer(words: Words, given: Answer) -> str:
    """What one answers to it: a system by its title, or the words for something less exact."""
    if given.question:
        return words.sentence("questions", given.question, "said")
    return words.sentence("questions", "answer", given.said) if given.said else system_title(words, given.system or "")
