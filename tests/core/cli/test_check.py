"""``helodoctor check`` as a user or a script runs it."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import pytest

from helodoctor.cli import main
from helodoctor.cli.exits import EXIT_FAULT, EXIT_INPUT, EXIT_OK


def objects(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


def piped(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


@pytest.mark.parametrize(
    ("name", "code", "verdict"),
    [
        ("mail.kolibri.ch", EXIT_OK, "good"), ("[185.125.25.1]", EXIT_OK, "risky"),
        ("www", EXIT_FAULT, "bad"), ("", EXIT_FAULT, "bad"),
    ],
)  # fmt: skip
def test_the_exit_code_tells_a_bad_name(name: str, code: int, verdict: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--json", name]) == code
    (found,) = objects(capsys.readouterr().out)
    assert (found["name"], found["verdict"]) == (name, verdict)


def test_several_names_give_one_line_each_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--json", "mail.kolibri.ch", "www"]) == EXIT_FAULT
    assert [found["name"] for found in objects(capsys.readouterr().out)] == ["mail.kolibri.ch", "www"]


def test_names_come_from_a_pipe_one_a_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    piped("mail.kolibri.ch\r\n\nmünchen.de\nwww".encode(), monkeypatch)
    assert main(["check", "--json", "-"]) == EXIT_FAULT
    assert [found["name"] for found in objects(capsys.readouterr().out)] == ["mail.kolibri.ch", "", "münchen.de", "www"]


@pytest.mark.parametrize("line", [b"\xff\xfe\x00", b"\x00", b"\xed\xa0\x80", "😀".encode(), b"a" * 1_000_000])
def test_a_hostile_line_is_one_more_name(
    line: bytes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    piped(line + b"\nmail.kolibri.ch\n", monkeypatch)
    assert main(["check", "--json", "-"]) == EXIT_FAULT
    hostile, last = objects(capsys.readouterr().out)
    assert (hostile["verdict"], last["name"]) == ("bad", "mail.kolibri.ch")


def test_an_empty_pipe_holds_no_fault(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    piped(b"", monkeypatch)
    assert main(["check", "--json", "-"]) == EXIT_OK
    assert capsys.readouterr().out == ""


def test_one_receiver_is_heard_alone(capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--json", "www", "--receiver", "postfix-hardened"])
    (found,) = objects(capsys.readouterr().out)
    (receiver,) = found["receivers"]  # type: ignore[misc]
    assert (receiver["id"], receiver["verdict"], receiver["code"]) == ("postfix-hardened", "reject", 504)


def test_every_receiver_is_heard_unless_one_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--json", "www"])
    (found,) = objects(capsys.readouterr().out)
    ids = [receiver["id"] for receiver in found["receivers"]]  # type: ignore[attr-defined]
    assert {"postfix-hardened", "infomaniak"} <= set(ids)


def test_the_address_is_taken_into_account(capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--json", "[185.125.25.1]", "--ip", "185.125.25.2"])
    (found,) = objects(capsys.readouterr().out)
    assert found["verdict"] == "bad"
    assert "literal-not-client" in [one["id"] for one in found["findings"] if one["status"] == "fail"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["www", "--ip", "not-an-address"], "“not-an-address”"),
        (["www", "--receiver", "nobody"], "“nobody”"),
        ([], "NAME"),
    ],
)
def test_arguments_that_cannot_be_used_get_one_sentence(
    arguments: list[str], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        code = main(["check", *arguments])
    except SystemExit as ended:
        code = int(ended.code or 0)
    told = capsys.readouterr()
    assert (code, told.out) == (EXIT_INPUT, "")
    assert named in told.err
    assert "Traceback" not in told.err


def test_people_read_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "www"]) == EXIT_FAULT
    out = capsys.readouterr().out
    assert out.startswith("“www” is a name that mail servers refuse.")
    assert "need fully-qualified hostname" in " ".join(out.split())


def test_a_name_that_looks_like_an_option_is_judged_after_two_hyphens(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--json", "--", "-bad.kolibri.ch"]) == EXIT_FAULT
    assert objects(capsys.readouterr().out)[0]["name"] == "-bad.kolibri.ch"


def test_each_answer_is_given_before_the_next_name_is_read() -> None:
    command = [
        sys.executable,
        "-c",
        "import sys; from helodoctor.cli import main; sys.exit(main())",
        "check",
        "--json",
        "-",
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        for name in ("www", "mail.kolibri.ch"):
            child.stdin.write(name + "\n")
            child.stdin.flush()
            assert json.loads(child.stdout.readline())["name"] == name
        child.stdin.close()
    assert child.returncode == EXIT_FAULT


def test_a_closed_pipe_ends_quietly() -> None:
    run = f"{sys.executable} -c 'import sys; from helodoctor.cli import main; sys.exit(main())'"
    command = f"yes www | {run} check --json - | head -1"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False)
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""


NO_SOCKETS = """
import sys
touched = []
sys.addaudithook(lambda event, _: touched.append(event) if event.startswith("socket.") else None)
from helodoctor.cli import main
main(["check", "--json", "www", "mail.kolibri.ch", "[192.0.2.1]", "--ip", "192.0.2.1"])
sys.exit(f"used {touched}" if touched else 0)
"""


def test_no_socket_is_ever_made() -> None:
    done = subprocess.run([sys.executable, "-c", NO_SOCKETS], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 3
