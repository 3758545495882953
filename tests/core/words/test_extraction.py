"""Babel finds the messages of our TOML files."""

from __future__ import annotations

from io import BytesIO

from helodoctor.words.extraction import extract_toml

WORDS = """# a comment
[file-unreadable]
text = "The file {path} could not be read."
[window]
install = "The window needs Qt."
tries = 3
several = ["One.", "Two."]
"""

def found(source: str) -> list[tuple[int, str]]:
    return [(line, text) for line, _, text, _ in extract_toml(BytesIO(source.encode()), {}, (), {})]


def test_every_string_of_a_word_file_is_a_message_with_its_line() -> None:
    assert found(WORDS) == [
        (3, "The file {path} could not be read."),
        (5, "The window needs Qt."),
        (7, "One."),
        (7, "Two."),
    ]


def test_an_empty_string_is_no_message() -> None:
    assert found('text = ""') == []
