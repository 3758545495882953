"""``helodoctor script`` and ``helodoctor read-trial``: out to the mail server, and back."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.core.network.background import serving

from helodoctor.cli import main
from helodoctor.network.practice import PracticeServer

ARGUMENTS = ("--name", "www", "--from", "office@sender.example", "--to", "user@receiver.example")


def test_out_and_back_is_the_same_trial(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(PracticeServer()) as port:
        target = f"127.0.0.1:{port}"
        assert main(["probe", target, *ARGUMENTS, "--tls", "off", "--json"]) == 1
        live = json.loads(capsys.readouterr().out)
        assert main(["script", target, *ARGUMENTS]) == 0
        script = capsys.readouterr().out
        ran = subprocess.run(["sh", "-c", script], capture_output=True, text=True, timeout=60, check=False)
    (tmp_path / "output.txt").write_text(ran.stdout)
    assert main(["read-trial", str(tmp_path / "output.txt"), "--json"]) == 1
    read = json.loads(capsys.readouterr().out)
    same = ("target", "name", "verdict", "refused_at", "reached", "reply_code", "enhanced_code", "reply_text", "cause")
    assert {field: read[field] for field in same} == {field: live[field] for field in same}
    assert [line["text"] for line in read["dialogue"]] == [line["text"] for line in live["dialogue"]]
    assert "this computer" not in read["scope"].split("to the computer")[0]


def test_the_script_is_commented_in_the_language_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    main(["script", "mx.receiver.example", *ARGUMENTS])
    english = capsys.readouterr().out
    main(["script", "mx.receiver.example", *ARGUMENTS, "--lang", "de"])
    german = capsys.readouterr().out
    assert "# It asks whether a mail would be taken and hangs up; no message is sent" in english
    assert english != german
    code = [line for line in english.splitlines() if not line.lstrip().startswith("#")]
    assert code == [line for line in german.splitlines() if not line.lstrip().startswith("#")]
    assert "@" not in english.replace("office@sender.example", "").replace("user@receiver.example", "")


@pytest.mark.parametrize("shell", ["sh", "powershell"])
def test_the_script_as_json(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["script", "mx.receiver.example", *ARGUMENTS, "--shell", shell, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["shell"] == shell
    assert "mx.receiver.example" in told["script"]


@pytest.mark.skipif(not shutil.which("shellcheck"), reason="there is no shellcheck here")
def test_the_script_is_clean_to_shellcheck(capsys: pytest.CaptureFixture[str]) -> None:
    main(["script", "mx.receiver.example", *ARGUMENTS])
    script = capsys.readouterr().out
    done = subprocess.run(
        ["shellcheck", "--shell=sh", "-"], input=script, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stdout


def test_what_may_not_be_sent_makes_no_script(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["script", "mx.receiver.example", "--name", "a\nb"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "may not be sent" in err


def test_standard_input_and_a_text_without_a_trial(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"Dear postmaster,\nhello\n")))
    assert main(["read-trial", "-"]) == 2
    assert "no conversation with a mail server" in capsys.readouterr().err
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"220 mx\nEHLO www\n550 5.7.1 bad HELO\n")))
    assert main(["read-trial", "-"]) == 1
    assert "turned the test away" in capsys.readouterr().out
