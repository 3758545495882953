"""Offline is a fact: what promises to ask no network works where there is none, and opens no socket but local ones."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from labkit import roots
from labkit.box import Box

PROGRAM = Path(sys.executable).with_name("helodoctor")
TRANSCRIPT = """\
220 mx.empfaenger.example ESMTP
EHLO www
250 mx.empfaenger.example
MAIL FROM:<a@firma.example>
250 2.1.0 Ok
RCPT TO:<b@empfaenger.example>
504 5.5.2 <www>: Helo command rejected: need fully-qualified hostname
"""
# One call: socket(AF_INET, SOCK_STREAM, ...) = 3, or socketpair(...); what matters is the family.
SOCKET_CALL = re.compile(r"\bsocket(?:pair)?\((\w+)")


@pytest.fixture(scope="module")
def nowhere() -> Iterator[Box]:
    """A network namespace with no interface that is up, not even loopback."""
    roots.ensure([])
    box = Box(name="nowhere", layers=(), stage=roots.cache() / "stage", files={"/etc/resolv.conf": ""})
    with box:
        yield box


def traced(
    box: Box, command: list[str], tmp_path: Path, text: str = ""
) -> tuple[subprocess.CompletedProcess[str], str]:
    """Run a program of this machine there, and give the trace of its network calls with those of its children."""
    trace = tmp_path / "trace"
    inside = ["nsenter", f"--target={box.pid}", "--net", "--mount", f"--wd={Path.cwd()}", "--"]
    # Without futex(2) among the traced calls, a waiting thread of Python is now and then not woken for 15 seconds.
    watch = ["strace", "--follow-forks", "--trace=%network,futex", "--seccomp-bpf", f"--output={trace}"]
    done = subprocess.run(
        [*inside, *watch, *command], input=text, capture_output=True, text=True, timeout=120, check=False
    )
    return done, trace.read_text()


def test_there_is_no_way_out(nowhere: Box, tmp_path: Path) -> None:
    """The place itself: a program that does want the network cannot have it, and the trace shows that it tried."""
    ask = "import socket; socket.create_connection(('127.0.0.1', 25), 2)"
    done, trace = traced(nowhere, [sys.executable, "-c", ask], tmp_path)
    assert "Network is unreachable" in done.stderr
    assert "AF_INET" in SOCKET_CALL.findall(trace)


@pytest.mark.parametrize(
    ("arguments", "text", "code", "field", "value"),
    [
        (["check", "www", "--json"], "", 1, "verdict", "bad"),
        (["check", "mail.firma.example", "--ip", "203.0.113.10", "--json"], "", None, "kind", "fqdn"),
        (["explain", "-", "--json"], TRANSCRIPT, 1, "cause", "helo-not-fqdn"),
        (["fix", "--system", "postfix", "--name", "mail.firma.example", "--json"], "", 0, "system", "postfix"),
    ],
    ids=["check", "check-with-ip", "explain", "fix"],
)
def test_offline_commands_open_no_socket(
    nowhere: Box, tmp_path: Path, arguments: list[str], text: str, code: int | None, field: str, value: str
) -> None:
    done, trace = traced(nowhere, [str(PROGRAM), *arguments], tmp_path, text)
    assert json.loads(done.stdout)[field] == value
    assert code is None or done.returncode == code
    assert set(SOCKET_CALL.findall(trace)) <= {"AF_UNIX"}


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_triage_opens_no_socket_in_any_of_its_processes(nowhere: Box, tmp_path: Path, jobs: str) -> None:
    mails = tmp_path / "mails"
    mails.mkdir()
    for number in range(4):
        (mails / f"{number}.txt").write_text(TRANSCRIPT)
    done, trace = traced(nowhere, [str(PROGRAM), "triage", "--json", "--jobs", jobs, str(mails)], tmp_path)
    assert [json.loads(line)["cause"] for line in done.stdout.splitlines()] == ["helo-not-fqdn"] * 4
    assert done.returncode == 1
    assert set(SOCKET_CALL.findall(trace)) <= {"AF_UNIX"}


def test_the_offline_pages_of_the_window_open_no_socket(
    nowhere: Box, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("PySide6", reason="the window's library is not installed")
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    walk = str(Path(__file__).with_name("offline_walk.py"))
    done, trace = traced(nowhere, [sys.executable, walk], tmp_path, TRANSCRIPT)
    assert done.stdout.split() == ["1", "2", "3", "4"], done.stderr
    assert set(SOCKET_CALL.findall(trace)) <= {"AF_UNIX"}
