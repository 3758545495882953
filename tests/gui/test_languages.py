"""Qt's own texts follow the language of the window, and go back to English."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QDialogButtonBox

from helodoctor.words.catalogue import languages
from helodoctor_gui import language

CANCEL = {"de": "Abbrechen", "en": "Cancel", "es": "Cancelar", "fr": "Annuler", "it": "Annulla"}


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    language.use("en")


def cancel() -> str:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    return box.button(QDialogButtonBox.StandardButton.Cancel).text()


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("code", languages())
def test_a_button_of_qt_is_in_the_language_of_the_window(code: str) -> None:
    language.use(code)
    assert cancel() == CANCEL[code]
    language.use("en")
    assert cancel() == "Cancel"
