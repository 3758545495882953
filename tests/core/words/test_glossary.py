"""Every language's glossary, and that its messages keep to it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

import catalogues
from helodoctor.knowledge import names
from helodoctor.knowledge.glossary import Glossary, glossary

LANGUAGES = names("glossary")


def pattern(word: str) -> re.Pattern[str]:
    """A whole word, or one that begins so where it ends in ``*``."""
    ending = r"\w*" if word.endswith("*") else ""
    return re.compile(rf"\b{re.escape(word.rstrip('*'))}{ending}\b", re.IGNORECASE)


def bare(text: str) -> str:
    """A message without the names of its places, which are not read by anyone."""
    return re.sub(r"\{[^{}]*\}", "{}", text)


def said(language: str) -> list[tuple[str, str]]:
    """Every text of a language, with the English it stands for."""
    messages = [message for message in catalogues.template() if message.id]
    if language == "en":
        pairs = [(text, text) for message in messages for text in catalogues.texts(message)]
    else:
        pairs = [(catalogues.texts(message)[-1], text) for message in catalogues.read(language) if message.id
                 for text in catalogues.translations(message)]  # fmt: skip
    return [(bare(english), bare(text)) for english, text in pairs if text]


def wrong_words(words: Glossary, texts: list[tuple[str, str]]) -> Iterator[str]:
    """The texts that use a banned word, or a forbidden one where the English uses its term."""
    shouted = [pattern(word) for word in words.banned]
    terms = {term.id: re.compile(rf"\b{re.escape(term.term)}", re.IGNORECASE) for term in glossary("en").term}
    kept = [(terms[term.id], pattern(word)) for term in words.term for word in term.forbidden]
    for english, text in texts:
        if "!" in text or any(word.search(text) for word in shouted):
            yield text
        if any(term.search(english) and word.search(text) for term, word in kept):
            yield text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_explains_the_same_terms(language: str) -> None:
    assert [term.id for term in glossary(language).term] == [term.id for term in glossary("en").term]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_is_explained_in_a_calm_sentence(language: str) -> None:
    words = glossary(language)
    explanations = [term.explanation for term in words.term]
    assert all(text.endswith((".", ").")) for text in explanations)
    assert len(set(explanations)) == len(explanations)
    assert list(wrong_words(words, [(term.term, term.explanation) for term in words.term])) == []


@pytest.mark.parametrize("language", catalogues.languages())
def test_a_translated_language_has_a_glossary(language: str) -> None:
    assert language in LANGUAGES


@pytest.mark.parametrize("language", ["en", *catalogues.languages()])
def test_messages_keep_to_the_glossary(language: str) -> None:
    assert list(wrong_words(glossary(language), said(language))) == []


@pytest.mark.parametrize("language", catalogues.languages())
def test_quotes_are_those_of_the_language(language: str) -> None:
    own = set(glossary(language).quotes)
    marks = set("“”„«»‹›‚‘") - own
    assert [text for _, text in said(language) if marks & set(text)] == []


@pytest.mark.parametrize(
    ("english", "text", "wrong"),
    [
        ("The bounce is here.", "Der Rückläufer ist da.", True),
        ("The bounce is here.", "Die Fehlermail ist da.", False),
        ("The mail came back.", "Der Rückläufer ist da.", False),
        ("The name is wrong.", "Der Name ist ungültig.", True),
        ("The name is wrong.", "Ein ungültiger Name.", True),
        ("Look here.", "Schau her!", True),
    ],
)
def test_a_wrong_word_is_found(english: str, text: str, wrong: bool) -> None:
    assert bool(list(wrong_words(glossary("de"), [(english, text)]))) is wrong


def test_a_language_without_a_glossary_is_explained_in_english() -> None:
    assert glossary("xx") == glossary("en")
