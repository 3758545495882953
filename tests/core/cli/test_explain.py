"""``helodoctor explain``: exit codes, streams, and no network."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from helodoctor.cli.main import main

HELO = "504 5.5.2 <box>: Helo command rejected: need fully-qualified hostname\n"


@pytest.fixture
def file(tmp_path: Path):  # type: ignore[no-untyped-def]
    def write(text: str | bytes) -> str:
        path = tmp_path / "bounce.txt"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return str(path)

    return write


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (HELO, 1),
        ("550 5.1.1 no such user\n", 1),
        ("EHLO mail.sender.example\n250 mx.receiver.example\n", 0),
        ("Roses are red, violets are blue.\n", 0),
    ],
)
def test_exit_codes(file, capsys: pytest.CaptureFixture[str], text: str, code: int) -> None:  # type: ignore[no-untyped-def]
    assert main(["explain", file(text)]) == code
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("text", ["", "  \n", b"\x00\x00"])
def test_an_empty_file_is_one_clear_sentence(file, capsys: pytest.CaptureFixture[str], text: str | bytes) -> None:  # type: ignore[no-untyped-def]
    assert main(["explain", file(text)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("helodoctor explain: There is nothing to read here.")


def test_a_missing_file_is_one_clear_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "/no/such/file"]) == 2
    assert "/no/such/file" in capsys.readouterr().err


def test_json_is_one_object_and_nothing_else(file, capsys: pytest.CaptureFixture[str]) -> None:  # type: ignore[no-untyped-def]
    assert main(["explain", "--json", file(HELO)]) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["verdict"], found["helo_name"]) == ("helo", "box")


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(HELO.encode())))
    assert main(["explain", "-", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["cause"] == "helo-not-fqdn"


def test_what_was_left_out_is_said_beside_the_answer(file, capsys: pytest.CaptureFixture[str]) -> None:  # type: ignore[no-untyped-def]
    assert main(["explain", "--json", file(HELO + "x" * (5 * 1024 * 1024))]) == 1
    out, err = capsys.readouterr()
    assert json.loads(out)["cause"] == "helo-not-fqdn"
    assert "only its beginning was read" in err


@pytest.mark.parametrize(
    "data",
    [b"\xff\xfe\x00", bytes(range(256)) * 40, b"\xd0\xcf\x11\xe0" * 100, "\ud83d".encode("utf-8", "surrogatepass")],
)
def test_binary_files_never_end_in_a_traceback(file, capsys: pytest.CaptureFixture[str], data: bytes) -> None:  # type: ignore[no-untyped-def]
    assert main(["explain", file(data)]) in (0, 1, 2)
    assert "Traceback" not in capsys.readouterr().err
