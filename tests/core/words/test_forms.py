"""Times and numbers are written as the reader's language writes them."""

from __future__ import annotations

from datetime import datetime

import pytest

from helodoctor.words import speak
from helodoctor.words.forms import labelled, moment, number

EVENING = datetime(2026, 3, 7, 22, 5).astimezone()


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "2026-03-07 22:05"),
        ("de", "07.03.2026, 22:05"),
        ("es", "07/03/2026, 22:05"),
        ("fr", "07/03/2026 22:05"),
    ],
)
def test_a_time_has_the_order_of_the_language(language: str, written: str) -> None:
    assert moment(speak(language), EVENING) == written


def test_a_label_has_the_colon_of_the_language() -> None:
    assert labelled(speak("es"), "Nombre", "www") == "Nombre: www"
    assert labelled(speak("fr"), "Nom", "www") == "Nom\N{NO-BREAK SPACE}: www"


@pytest.mark.parametrize(("language", "written"), [("en", "2.5"), ("de", "2,5"), ("es", "2,5"), ("fr", "2,5")])
def test_a_number_has_the_mark_of_the_language(language: str, written: str) -> None:
    assert number(speak(language), 2.5) == written
    assert number(speak(language), 3.0) == "3"


@pytest.mark.parametrize(
    ("language", "none", "one", "two"),
    [
        ("de", "0 Prüfungen", "1 Prüfung", "2 Prüfungen"),
        ("es", "0 comprobaciones", "1 comprobación", "2 comprobaciones"),
        ("fr", "0 vérification", "1 vérification", "2 vérifications"),
    ],
)
def test_a_count_follows_the_rule_of_the_language(language: str, none: str, one: str, two: str) -> None:
    words = speak(language)
    said = [words.trn("{count} check passed.", "{count} checks passed.", count) for count in (0, 1, 2)]
    assert [text.split(" ")[:2] for text in said] == [counted.split(" ") for counted in (none, one, two)]
