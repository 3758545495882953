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

SENDER = """id = "postfix"
[[step]]
command = "postconf -e myhostname={name}"
do = "Open the file “{path}”."
[step.check]
expect = "The new name."
"""


def found(source: str, **options: str) -> list[tuple[int, str]]:
    return [(line, text) for line, _, text, _ in extract_toml(BytesIO(source.encode()), {}, (), options)]


def test_every_string_of_a_word_file_is_a_message_with_its_line() -> None:
    assert found(WORDS) == [
        (3, "The file {path} could not be read."),
        (5, "The window needs Qt."),
        (7, "One."),
        (7, "Two."),
    ]


def test_of_a_data_file_only_the_named_entries_are_messages() -> None:
    assert found(SENDER, keys="do expect") == [(4, "Open the file “{path}”."), (6, "The new name.")]


def test_everything_below_a_named_table_is_a_message() -> None:
    assert found(SENDER, keys="check") == [(6, "The new name.")]


def test_an_empty_string_is_no_message() -> None:
    assert found('text = ""') == []
