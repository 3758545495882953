"""The voice of one language: which is chosen, what it says, and that a bad translation is never shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from helodoctor.words import Words, languages, speak
from helodoctor.words import catalogue as module

FILE = "The file {path} could not be read."
ONE, MANY = "{count} server refuses this name.", "{count} servers refuse this name."


@pytest.fixture
def language_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Makes a language from ``{message: translation}`` and gives its voice."""

    def make(translations: dict[str | tuple[str, str], str | tuple[str, str]]) -> Words:
        catalogue = Catalog(locale="nl", charset="utf-8", fuzzy=False)
        for message, translation in translations.items():
            catalogue.add(message, translation)
        target = tmp_path / "nl" / "LC_MESSAGES" / "helodoctor.mo"
        target.parent.mkdir(parents=True)
        with target.open("wb") as stream:
            write_mo(stream, catalogue)
        monkeypatch.setattr(module, "locale_folder", lambda: tmp_path)
        return Words("nl")

    return make


# --- which language ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("de", "de"),
        ("de_CH.UTF-8", "de"),
        ("de-AT", "de"),
        ("DE", "de"),
        ("de_DE@euro", "de"),
        ("German_Germany.1252", "de"),
        ("es_MX.UTF-8", "es"),
        ("Spanish_Spain.1252", "es"),
        ("fr-CA", "fr"),
        ("French_France.1252", "fr"),
        ("en_GB", "en"),
        ("C", "en"),
        ("POSIX", "en"),
        ("xx", "en"),
        ("../../etc", "en"),
    ],
)
def test_the_language_asked_for_or_english(asked: str, answered: str) -> None:
    assert speak(asked).language == answered


@pytest.mark.parametrize(
    ("variables", "answered"),
    [
        ({"LANGUAGE": "de"}, "de"),
        ({"LANGUAGE": "xx:de:en"}, "de"),
        ({"LANGUAGE": "en:de"}, "en"),
        ({"LANGUAGE": "", "LC_ALL": "de_DE.UTF-8", "LANG": "en_US.UTF-8"}, "de"),
        ({"LANGUAGE": "", "LC_ALL": "", "LANG": "de_AT.UTF-8"}, "de"),
        ({"LANGUAGE": "", "LC_ALL": "C.UTF-8", "LANG": "de_AT.UTF-8"}, "en"),
    ],
)
def test_without_a_wish_the_system_language_speaks(
    variables: dict[str, str], answered: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert speak().language == answered


@pytest.mark.parametrize(
    ("variable", "told", "answered"),
    [
        ("", ["fr-CH", "fr", "de"], "fr"),
        ("", ["xx", "es-419", "en"], "es"),
        ("de", ["fr-CH", "fr"], "de"),
        ("", [], "en"),
    ],
)
def test_what_the_window_system_asks_for_counts_where_no_variable_speaks(
    variable: str, told: list[str], answered: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", variable)
    monkeypatch.setattr(module.locale, "getlocale", lambda: ("C", "UTF-8"))
    assert speak(told=told).language == answered


def test_english_comes_first_among_the_languages() -> None:
    assert languages()[0] == "en"
    assert "de" in languages()


# --- what it says -----------------------------------------------------------------------------------------------------


def test_a_message_is_translated_and_its_places_filled(language_of) -> None:
    words = language_of({FILE: "Het bestand {path} is niet te lezen."})
    assert words.tr(FILE, path="a.eml") == "Het bestand a.eml is niet te lezen."


def test_a_message_without_translation_is_said_in_english(language_of) -> None:
    assert language_of({}).tr(FILE, path="a.eml") == "The file a.eml could not be read."


def test_an_empty_message_stays_empty(language_of) -> None:
    assert language_of({}).tr("") == ""


@pytest.mark.parametrize("braces", ["{file}", "{path} {file}", "", "{path", "{path!r}", "{path:>40}", "{0}"])
def test_a_translation_with_other_places_is_not_shown(language_of, braces: str) -> None:
    words = language_of({FILE: f"Het bestand {braces} is niet te lezen."})
    assert words.tr(FILE, path="a.eml") == "The file a.eml could not be read."


def test_values_are_text_not_messages(language_of) -> None:
    assert language_of({}).tr(FILE, path="{reason}%s\\n") == "The file {reason}%s\\n could not be read."


def test_a_counted_message_follows_the_language(language_of) -> None:
    words = language_of({(ONE, MANY): ("{count} server weigert deze naam.", "{count} servers weigeren deze naam.")})
    assert words.trn(ONE, MANY, 1) == "1 server weigert deze naam."
    assert words.trn(ONE, MANY, 7) == "7 servers weigeren deze naam."


def test_a_counted_message_with_other_places_is_said_in_english(language_of) -> None:
    words = language_of({(ONE, MANY): ("{n} server weigert deze naam.", "{n} servers weigeren deze naam.")})
    assert words.trn(ONE, MANY, 1) == "1 server refuses this name."
    assert words.trn(ONE, MANY, 7) == "7 servers refuse this name."


def test_a_sentence_is_read_from_its_file() -> None:
    assert speak("en").sentence("problems", "file-unreadable", path="a.eml", reason="gone").startswith("The file a.eml")


def test_an_unknown_sentence_is_a_fault_of_the_program() -> None:
    words = speak("en")
    assert not words.has("problems", "no-such-problem")
    with pytest.raises(KeyError):
        words.sentence("problems", "no-such-problem")


def test_the_pseudo_language_shows_what_is_translated(pseudo_locale: str) -> None:
    words = speak(pseudo_locale)
    said = words.sentence("problems", "file-unreadable", path="a.eml", reason="gone")
    assert said.startswith("⟦Thé fîlé a.eml")
    assert said.endswith("~⟧")
    assert words.tr("No source holds this.") == "No source holds this."
