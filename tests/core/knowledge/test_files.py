"""The loaders of the data files: typed values out, and a fault that names file and place."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import msgspec
import pytest

from helodoctor import knowledge
from helodoctor.knowledge import DataFileError, files, load, load_all, names, resource
from helodoctor.knowledge.dates import knowledge_date, public_suffix_date


class Fruit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    grams: int


@pytest.fixture
def orchard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder ``orchard`` among the resources."""
    monkeypatch.setattr(files, "_ROOT", tmp_path)
    folder = tmp_path / "orchard"
    folder.mkdir()
    (folder / "pear.toml").write_text('name = "Birne"\ngrams = 170\n', encoding="utf-8")
    (folder / "apple.toml").write_text('name = "Äpfel"\ngrams = 150\n', encoding="utf-8")
    (folder / "notes.txt").write_text("not data")
    return folder


def test_a_file_becomes_a_typed_value(orchard: Path) -> None:
    assert load("orchard/apple.toml", Fruit) == Fruit("Äpfel", 150)


def test_a_folder_becomes_values_by_stem_in_sorted_order(orchard: Path) -> None:
    assert list(load_all("orchard", Fruit).items()) == [("apple", Fruit("Äpfel", 150)), ("pear", Fruit("Birne", 170))]
    assert names("orchard") == ["apple", "pear"]


def test_a_folder_that_is_not_there_is_empty(orchard: Path) -> None:
    assert names("no-such-folder") == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('name = "Birne"\ngrams = "much"', r"\$\.grams"),
        ('name = "Birne"', "grams"),
        ('name = "Birne"\ngrams = 1\ncolour = "green"', "colour"),
        ("name = Birne", "line 1"),
    ],
)
def test_a_file_that_does_not_fit_says_which_and_where(orchard: Path, text: str, place: str) -> None:
    (orchard / "pear.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DataFileError, match=rf"^orchard/pear\.toml: .*{place}"):
        load("orchard/pear.toml", Fruit)


def test_every_data_file_is_toml_that_parses() -> None:
    found = sorted(resource("").rglob("*.toml"))
    assert found
    for path in found:
        assert load(path.relative_to(resource("")).as_posix(), dict[str, object]), path


def test_the_dates_of_the_knowledge_are_dates() -> None:
    assert date.fromisoformat(knowledge_date()) >= date(2026, 1, 1)
    assert date.fromisoformat(public_suffix_date()) >= date(2025, 1, 1)


def test_the_locale_folder_holds_the_catalogues() -> None:
    assert re.search(r"msgid", (knowledge.locale_folder() / "de/LC_MESSAGES/helodoctor.po").read_text(encoding="utf-8"))
