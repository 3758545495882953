"""helodoctor report, and the other commands that take a saved case: fix and triage."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from core.casefile.walked import walked
from helodoctor import casefile
from helodoctor.casefile.code import encode, screen_of
from helodoctor.cli import main
from helodoctor.model import Case

FILE = casefile.new_file(walked(), "fix")


@pytest.fixture
def saved(tmp_path: Path) -> str:
    path = tmp_path / "x.helocase"
    casefile.save(FILE, path)
    return str(path)


@pytest.fixture
def newer(tmp_path: Path) -> str:
    """A case as a newer version would write it, with a part we do not know."""
    told = json.loads(casefile.encode(FILE)) | {"version": 2, "app": "9.0.0"}
    told["case"] |= {"weather": 1}
    path = tmp_path / "newer.helocase"
    path.write_text(json.dumps(told))
    return str(path)


@pytest.mark.parametrize(("form", "begin"), [("text", "What happened\n==="), ("md", "## What happened"), ("json", "{"),
                                             ("html", "<!DOCTYPE html>")])  # fmt: skip
def test_a_saved_case_is_told_in_every_form(
    capsys: pytest.CaptureFixture[str], saved: str, form: str, begin: str
) -> None:
    assert main(["report", saved, "--format", form]) == 0
    out, err = capsys.readouterr()
    assert out.startswith(begin)
    assert "user123@infomaniak.ch" in out.replace("\\", "")
    assert err == ""


def test_json_is_a_form_too(capsys: pytest.CaptureFixture[str], saved: str) -> None:
    assert main(["report", saved, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["explain"]["cause"] == "helo-not-fqdn"


@pytest.mark.parametrize("options", [(), ("--redact",), ("--format", "html"), ("--json",)])
def test_the_support_code_of_the_page_stands_in_it(
    capsys: pytest.CaptureFixture[str], saved: str, options: tuple[str, ...]
) -> None:
    assert main(["report", saved, *options]) == 0
    assert encode(screen_of(FILE.case, "fix")) in capsys.readouterr().out


def test_it_speaks_the_readers_language(capsys: pytest.CaptureFixture[str], saved: str) -> None:
    assert main(["report", saved, "--lang", "de"]) == 0
    assert "Was ist geschehen" in capsys.readouterr().out


@pytest.mark.parametrize("form", ["text", "md", "html", "json"])
def test_redact_masks_and_says_how_much(capsys: pytest.CaptureFixture[str], saved: str, form: str) -> None:
    assert main(["report", saved, "--redact", "--format", form]) == 0
    out, err = capsys.readouterr()
    assert "user123" not in out
    assert "Pieces masked in this report: " in err


def test_a_newer_case_is_told_with_a_word_about_it(capsys: pytest.CaptureFixture[str], newer: str) -> None:
    assert main(["report", newer]) == 0
    out, err = capsys.readouterr()
    assert "What happened" in out
    assert "HELO Doctor 9.0.0, which is newer" in err
    assert "not shown: weather" in err


@pytest.mark.parametrize(("data", "sentence"), [(None, "could not be read"), (b"{}", "not a case file"),
                                                (b"\xff" * 20_000_000, "larger than 16 MB")])  # fmt: skip
def test_what_is_no_case_is_told_in_one_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, data: bytes | None, sentence: str
) -> None:
    path = tmp_path / "x.helocase"
    if data is not None:
        path.write_bytes(data)
    assert main(["report", str(path)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert sentence in err
    assert "Traceback" not in err


# --- fix --------------------------------------------------------------------------------------------------------------


def test_fix_takes_everything_from_a_saved_case(capsys: pytest.CaptureFixture[str], saved: str) -> None:
    assert main(["fix", saved, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["system"], answer["name"]) == ("postfix", "mail.firma.example")
    assert FILE.case.guide is not None
    assert [step["number"] for step in answer["guide"]] == [step.number for step in FILE.case.guide.steps]


def test_fix_puts_options_before_the_case(capsys: pytest.CaptureFixture[str], saved: str) -> None:
    assert main(["fix", saved, "--system", "exim", "--name", "mx.firma.example", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["system"], answer["name"]) == ("exim", "mx.firma.example")


def test_fix_says_what_a_case_lacks(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    casefile.save(replace(FILE, case=Case()), tmp_path / "x.helocase")
    assert main(["fix", str(tmp_path / "x.helocase")]) == 2
    assert "--system" in capsys.readouterr().err


# --- triage -----------------------------------------------------------------------------------------------------------


def test_triage_explains_saved_cases_beside_messages(
    capsys: pytest.CaptureFixture[str], saved: str, tmp_path: Path
) -> None:
    (tmp_path / "bounce.txt").write_text("504 5.5.2 <localhost>: Helo command rejected")
    (tmp_path / "broken.HELOCASE").write_text("{")
    casefile.save(replace(FILE, case=Case()), tmp_path / "empty.helocase")
    assert main(["triage", str(tmp_path), "--json"]) == 1
    out, err = capsys.readouterr()
    told = {Path(row["file"]).name: row["cause"] for row in map(json.loads, out.splitlines())}
    assert told == {"bounce.txt": "helo-localhost", "x.helocase": "helo-not-fqdn"}
    assert "broken.HELOCASE: This is not a case file" in err
    assert "begun without a bounce" in err
