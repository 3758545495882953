"""``helodoctor detect`` as scripts and people use it: from a file, from standard input, from a machine's folder."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from helodoctor.cli import main


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any], str]:
    code = main(["detect", "--json", *arguments])
    shown = capsys.readouterr()
    return code, json.loads(shown.out) if shown.out else {}, shown.err


def machine(root: Path, **files: str) -> Path:
    for name, text in files.items():
        path = root / name.replace("__", "/").replace("_DOT_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def test_a_file_gives_the_name_its_line_and_how_sure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "main.cf"
    path.write_text("mydestination = localhost\nsmtp_helo_name = mail.kolibri.example\n")
    code, found, _ = run(capsys, "--file", str(path))
    first = found["candidates"][0]
    assert code == 0
    assert (first["name"], first["line"], first["where"]) == ("mail.kolibri.example", 2, "main.cf, line 2")
    assert (first["system"], first["source"], first["confidence"]) == ("postfix", "file", "sure")
    assert found["agree"] is True


def test_standard_input_works_as_a_file_does(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = b"helohost: SMTP client HELO host name is q.example.\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(said)))
    assert run(capsys, "--file", "-")[1]["candidates"][0]["name"] == "q.example"


def test_without_a_name_the_default_is_told_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "grafana.ini"
    path.write_text("[smtp]\nenabled = true\n;ehlo_identity = no.example\n")
    first = run(capsys, "--file", str(path))[1]["candidates"][0]
    assert (first["name"], first["default"]) == (None, "localhost")


def test_two_connectors_that_differ_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "connectors.txt"
    partner = "Name: A\nAddressSpaces: {SMTP:b.example;1}\nFqdn: a.local\n"
    path.write_text(f"{partner}\nName: B\nAddressSpaces: {{*;1}}\nFqdn: b.example\n")
    found = run(capsys, "--file", str(path), "--system", "exchange")[1]
    assert [one["name"] for one in found["candidates"]] == ["b.example", "a.local"]
    assert found["agree"] is False
    assert found["note"]


def test_a_text_of_no_known_system_is_told_and_ends_with_3(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "poem.txt"
    path.write_text("The mail came back at break of day\n")
    code, found, _ = run(capsys, "--file", str(path))
    assert (code, found["candidates"]) == (3, [])
    assert "--system" in found["note"]


def test_a_machine_tells_its_mail_systems_first_then_its_own_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = machine(
        tmp_path,
        etc__postfix__main_DOT_cf="myhostname = srv01.kolibri.example\n",
        etc__hostname="srv01\n",
        etc__hosts="127.0.0.1 localhost\n127.0.1.1 srv01.kolibri.lan srv01\n",
    )
    code, found, _ = run(capsys, "--root", str(root))
    shown = [(one["name"], one["system"], one["where"]) for one in found["candidates"]]
    assert code == 0
    assert shown == [
        ("srv01.kolibri.example", "postfix", "/etc/postfix/main.cf, line 1"),
        ("srv01", "linux-host", "/etc/hostname"),
        ("srv01.kolibri.lan", "linux-host", "/etc/hosts, line 2"),
    ]


def test_a_container_is_noticed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = machine(tmp_path, _DOT_dockerenv="", etc__hostname="25aea30808b2\n")
    first = run(capsys, "--root", str(root))[1]["candidates"][0]
    assert (first["name"], first["system"]) == ("25aea30808b2", "docker-container")


def test_a_mail_system_without_settings_announces_its_default(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = machine(tmp_path, etc__hostname="srv01\n", **{"usr__sbin__nullmailer-send": ""})
    found = run(capsys, "--root", str(root))[1]["candidates"]
    assert [(one["name"], one["system"]) for one in found] == [(None, "nullmailer"), ("srv01", "linux-host")]


def test_an_empty_machine_ends_with_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, found, _ = run(capsys, "--root", str(tmp_path))
    assert (code, found["candidates"]) == (3, [])
    assert found["note"]


@pytest.mark.parametrize(
    "arguments", [["--file", "/nowhere"], ["--root", "/nowhere"], ["--file", __file__, "--system", "no-such-thing"]]
)
def test_what_cannot_be_used_gets_one_sentence(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    code, found, told = run(capsys, *arguments)
    assert (code, found, told.count("\n")) == (2, {}, 1)


def test_people_see_the_name_first_and_then_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "msmtprc"
    path.write_text("domain desk.kolibri.example\naccount work\n")
    assert main(["detect", "--file", str(path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines == ["Announced: desk.kolibri.example", "  from msmtprc, line 1 (msmtp)"]
