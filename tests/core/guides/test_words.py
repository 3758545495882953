"""The English of the guides is easy to read, and the whole catalogue stays small enough to translate."""

from __future__ import annotations

import re

import pytest

from helodoctor import guides
from helodoctor.knowledge import load, names
from helodoctor.model import Case, Cause, Diagnosis, Direction, Report
from helodoctor.words import guides as sentences
from helodoctor.words import speak

WORDS = speak("en")
GRADE = 8.0
MESSAGES = 1500

# Words of the field that a guide explains by its steps; the measure counts sentences without them.
GLOSSARY = {"addres", "addresse", "address", "domain", "receiver", "record", "received", "server", "subject"}
PARTS = ("title", "do", "where", "expect", "check", "undo", "wait", "warning")


def syllables(word: str) -> int:
    """Groups of vowels; a silent e at the end counts for nothing."""
    bare = word.lower()
    return max(1, len(re.findall(r"[aeiouy]+", bare if bare.endswith("le") else bare.removesuffix("e"))))


def is_term(word: str) -> bool:
    """An abbreviation, or a word of the glossary, also in the plural."""
    return word.isupper() or word.lower().removesuffix("s") in GLOSSARY


def grade(text: str) -> float:
    """Flesch-Kincaid: years of school. Names, paths, codes in capitals and the glossary are left out."""
    words = [word.strip(".,:;?()“”") for word in text.split()]
    plain = [word for word in words if re.fullmatch(r"[A-Za-z]+(['’-][A-Za-z]+)*", word) and not is_term(word)]
    sentence_count = len(re.findall(r"[.:;?](?=\s|$)", text))
    return 0.39 * len(plain) / sentence_count + 11.8 * sum(map(syllables, plain)) / len(plain) - 15.59


def prose(case: Case) -> str:
    """Everything the guide of ``case`` says, each part a sentence of its own; then its letters."""
    guide = guides.plan(case)
    said = [sentences.phrase(WORDS, getattr(step, part)) for step in guide.steps for part in PARTS]
    reasons = [reason for step in guide.steps for reason in guides.reasons(case, step.id)]
    said += [sentences.phrase(WORDS, part) for reason in reasons for part in (reason.title, reason.look)]
    written = [sentences.letter_body(WORDS, letter) for letter in guide.letters]
    return " ".join(text if text.endswith((".", "?")) else f"{text}." for text in (*said, *written) if text)


def test_the_measure_tells_plain_from_heavy_words() -> None:
    assert grade("Copy the file. Then run this. It only reads.") < 3
    assert (
        grade("Subsequent administrative reconfiguration necessitates comprehensive revalidation of authentication.")
        > 14
    )


@pytest.mark.parametrize("cause", list(Cause))
def test_every_guide_reads_at_grade_eight(cause: Cause) -> None:
    for system in guides.systems():
        if system.has_guide:
            for direction in (Direction.RELAY, Direction.SUBMISSION):
                diagnosis = Diagnosis(report=Report(text="", direction=direction), cause=cause)
                case = Case(diagnoses=(diagnosis,), name="www", system=system.id, new_name="mail.firma.example")
                assert grade(prose(case)) <= GRADE, (system.id, direction)


GROUPS = ("phrasebook", "letters", "systems", "walk", "proofs", "guides", "stuck", "questions")


@pytest.mark.parametrize("group", GROUPS)
def test_no_single_sentence_is_heavy(group: str) -> None:
    """One long sentence can hide in an easy guide; each stays below what a newspaper asks for."""
    for key, table in load(f"words/{group}.toml", dict[str, dict[str, str]]).items():
        for part, text in table.items():
            for sentence in re.split(r"(?<=[.?:])\s+", text):
                assert len(sentence.split()) <= 30, f"{key}.{part}: {sentence}"


def test_all_messages_of_the_words_stay_within_the_budget() -> None:
    tables = [load(f"words/{group}.toml", dict[str, object]) for group in names("words")]
    messages = {
        text
        for file in tables
        for table in file.values()
        if isinstance(table, dict)
        for text in table.values()
        if isinstance(text, str)
    }
    assert len(messages) <= MESSAGES
