"""Grade 8: what a user reads is measured by the Flesch-Kincaid grade, over all messages and per handbook chapter."""

from __future__ import annotations

import re

import pytest

from catalogues import template, texts
from helodoctor.words import handbook, speak

GRADE = 8.0
ENOUGH_WORDS = 12  # the measure means little for a label


def syllables(word: str) -> int:
    """Groups of vowels, without a silent e."""
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    silent = word.lower().endswith("e") and not word.lower().endswith("le")
    return max(1, groups - silent)


def grade(text: str) -> float:
    """Flesch-Kincaid: 0.39 words a sentence + 11.8 syllables a word - 15.59."""
    words = re.findall(r"[A-Za-z’']+", text)
    sentences = [part for part in re.split(r"(?<=[.?:;])\s+|\n\n", text) if re.search(r"[A-Za-z]", part)]
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def plain(text: str) -> str:
    """Without places, names with dots, commands and links: they are no words."""
    return re.sub(r"\{[^}]*\}|`[^`]*`|\]\([^)]*\)|\S+\.\w+\S*(?=\s)|[#*|!\[]", " ", text)


def test_the_measure_tells_easy_from_hard() -> None:
    assert grade("The cat sat. It ran away. We saw it.") < 2
    assert grade("Notwithstanding organisational considerations, interoperability necessitates standardisation.") > 15


def test_the_messages_are_plain() -> None:
    said = [plain(texts(message)[0]) for message in template() if message.id]
    sentences = [text for text in said if len(text.split()) >= ENOUGH_WORDS]
    assert len(sentences) > 400
    assert grade("\n\n".join(sentences)) <= GRADE
    hard = [text for text in sentences if grade(text) > GRADE + 4]
    assert len(hard) <= len(sentences) // 50, hard


@pytest.mark.parametrize("name", handbook.WRITTEN)
def test_the_handbook_is_plain(name: str) -> None:
    assert grade(plain(handbook.chapter(speak("en"), name).text)) <= GRADE


@pytest.mark.parametrize("name", handbook.WRITTEN)
def test_the_handbook_blames_nobody_and_does_not_shout(name: str) -> None:
    text = handbook.chapter(speak("en"), name).text
    banned = r"\b(invalid|illegal|forbidden|fatal|abort\w*|failed to|please|sorry|oops)\b|(?<!\[)!(?!\[)"
    assert not re.search(banned, text, re.IGNORECASE), re.search(banned, text, re.IGNORECASE)
