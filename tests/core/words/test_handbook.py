"""The handbook: chapters in every language, links that lead somewhere, anchors for every check and cause, its size."""

from __future__ import annotations

import re

import pytest

from helodoctor.knowledge import resource
from helodoctor.model import Cause
from helodoctor.words import handbook, languages, speak
from helodoctor.words.catalogue import word_file

LINK = re.compile(r"!?\[[^\]]*\]\(([^)]+)\)")
PICTURE = re.compile(r"[\w-]+\.png")  # beside the text, nowhere else
ALL = [(speech, name) for speech in languages() for name in handbook.CHAPTERS]


@pytest.mark.parametrize(("speech", "name"), ALL)
def test_every_link_and_picture_leads_somewhere(speech: str, name: str) -> None:
    words = speak(speech)
    chapter = handbook.chapter(words, name)
    for target in LINK.findall(chapter.text):
        if target.endswith(".png"):
            assert any((folder / target).is_file() for folder in handbook.folders(speech)), target
            assert PICTURE.fullmatch(target), target
            continue
        file, _, anchor = target.partition("#")
        other = handbook.chapter(words, file.removesuffix(".md"))
        assert not anchor or anchor in other.anchors, target


@pytest.mark.parametrize(("speech", "name"), ALL)
def test_a_translated_chapter_has_the_anchors_of_the_english_one(speech: str, name: str) -> None:
    translated = handbook.chapter(speak(speech), name)
    assert translated.title
    assert translated.anchors == handbook.chapter(speak("en"), name).anchors


def test_every_check_and_every_cause_has_its_place() -> None:
    words = speak("en")
    checks = {check for check, said in word_file("findings").items() if "why" in said and "pass" in said}
    assert checks <= set(handbook.chapter(words, "checks").anchors)
    assert {cause.value for cause in Cause} <= set(handbook.chapter(words, "causes").anchors)


def test_what_is_not_translated_yet_is_read_in_english() -> None:
    assert handbook.chapter(speak("en"), "fix").title == "Fix it"
    missing = handbook.Words("xx")
    assert handbook.chapter(missing, "fix").language == "en"


def test_the_handbook_is_small_and_shows_plain_text() -> None:
    files = list(resource("handbook").rglob("*.*"))
    assert sum(path.stat().st_size for path in files) < 2_000_000
    for path in resource("handbook").rglob("*.md"):
        assert not re.search(r"<[a-zA-Z/!]", path.read_text(encoding="utf-8")), path


def test_the_words_a_text_uses_are_found_whole_and_in_order() -> None:
    text = "The bounce came from a relay; DNS was fine. Relayed."
    found = [term for term, _ in handbook.used_words(speak("en"), text)]
    assert found == ["bounce", "relay", "name service (DNS)"]
