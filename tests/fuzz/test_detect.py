"""Mutated settings of every sort: an answer or none, nothing executed, no file but the given one opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import tomli

import shared
from fuzz.mutations import mutated
from fuzz.watching import watched
from helodoctor.detect import detect, survey
from helodoctor.detect.formats import _READERS, reader

FULL_COUNT = 10_000
SAMPLES = Path(__file__).parents[1] / "core" / "detect" / "samples.toml"


@pytest.fixture(scope="module")
def seeds() -> list[bytes]:
    """Our own samples, and the corpus where it is at hand."""
    texts = [sample["text"].encode() for sample in tomli.loads(SAMPLES.read_text("utf-8"))["sample"]]
    if shared.CORPUS.exists():
        texts += [path.read_bytes() for path in sorted((shared.CORPUS / "senders").iterdir())]
    return texts


@pytest.mark.timeout(0)
def test_any_settings_give_an_answer_and_nothing_is_run_or_opened(
    long_count: Callable[[int], int], seeds: list[bytes]
) -> None:
    texts = [data.decode("utf-8", "replace") for data in mutated(seeds, long_count(FULL_COUNT), seed=2505)]
    for name in _READERS:  # each loads its library on first use
        reader(name)("warm = up\n")
    detect("smtp_helo_name = warm.example\n")
    with watched() as events:
        for text in texts:
            assert all(one.name is not None or one.default for one in detect(text).candidates)
    assert events == []


@pytest.mark.timeout(0)
def test_every_reader_takes_any_text(long_count: Callable[[int], int], seeds: list[bytes]) -> None:
    readers = [reader(name) for name in _READERS]
    for data in mutated(seeds, long_count(FULL_COUNT // 10), seed=33, longest=2_000):
        text = data.decode("utf-8", "replace")
        for read in readers:
            lines = text.count("\n") + text.count("\r") + 1
            assert all(1 <= setting.line <= lines for setting in read(text))


def test_a_link_out_of_the_root_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.cf"
    outside.write_text("smtp_helo_name = secret.example\n")
    (tmp_path / "root" / "etc" / "postfix").mkdir(parents=True)
    (tmp_path / "root" / "etc" / "postfix" / "main.cf").symlink_to(outside)
    (tmp_path / "root" / "etc" / "hostname").write_text("srv01\n")
    assert [one.name for one in survey(tmp_path / "root").candidates] == ["srv01"]
