"""Babel finds the messages of our Python and TOML files."""

from __future__ import annotations

from io import BytesIO

from helodoctor.words.extraction import extract_python, extract_toml

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


def in_code(source: str) -> list[tuple[int, str, tuple[str | None, ...]]]:
    keywords = {"tr": None, "trn": (1, 2)}
    return [(line, name, text) for line, name, text, _ in extract_python(BytesIO(source.encode()), keywords, (), {})]


def test_functions_and_methods_are_found() -> None:
    assert in_code('tr("One.")\nself.words.tr("Two {n}.", n=2)') == [(1, "tr", ("One.",)), (2, "tr", ("Two {n}.",))]


def test_singular_and_plural_are_found_together() -> None:
    assert in_code('words.trn("{count} day", "{count} days", n)') == [(1, "trn", ("{count} day", "{count} days", None))]


def test_a_message_inside_an_f_string_is_found() -> None:
    assert in_code("""f"{said} {words.tr('Until then.')}\"""") == [(1, "tr", ("Until then.",))]


def test_other_calls_and_texts_that_are_no_literals_are_no_messages() -> None:
    assert in_code('print("No.")\ntr(text)') == [(2, "tr", (None,))]
