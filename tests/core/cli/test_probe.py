"""``helodoctor probe`` as its user runs it: the answer, the JSON of the contract, the exit codes."""

from __future__ import annotations

import json
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.core.cli.servers import running
from tests.core.network.background import serving

from helodoctor.cli import main
from helodoctor.network import way_out
from helodoctor.network.banners import KnownHost
from helodoctor.network.practice import PracticeServer

FIELDS = {
    "target", "address", "source_address", "name", "verdict", "refused_at", "reached", "reply_code", "enhanced_code",
    "reply_text", "cause", "tls", "extensions", "reading", "dialogue",
}  # fmt: skip
TO = ("--to", "user@receiver.example")


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serving(PracticeServer()) as found:
        yield found


def probe(port: int, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    code = main(["probe", f"127.0.0.1:{port}", *arguments, "--json"])
    out, err = capsys.readouterr()
    assert err == ""
    return code, json.loads(out)


def test_a_refusal_is_exit_code_1_and_the_json_of_the_contract(port: int, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = probe(port, capsys, "--name", "www", *TO)
    assert code == 1
    assert told.keys() >= FIELDS
    assert told["target"] == f"127.0.0.1:{port}"
    assert (told["verdict"], told["refused_at"], told["reached"]) == ("refused", "rcpt", "rcpt")
    assert (told["reply_code"], told["enhanced_code"], told["cause"]) == (550, "5.7.1", "helo-not-fqdn")
    assert told["reply_text"] == "user@receiver.example... Access denied - bogus HELO [1] ..."
    assert told["tls"]["version"] == "TLSv1.3"
    assert [line["from"] for line in told["dialogue"]][:2] == ["server", "us"]
    assert {line.keys() == {"t", "from", "text"} for line in told["dialogue"]} == {True}


def test_an_acceptance_is_exit_code_0(port: int, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = probe(port, capsys, "--name", "mail.sender.org", *TO)
    assert (code, told["verdict"], told["cause"], told["refused_at"]) == (0, "accepted", "accepted", None)


def test_a_greeting_alone_is_undetermined_and_exit_code_3(port: int, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in ((), (*TO, "--stop-after", "ehlo")):
        code, told = probe(port, capsys, "--name", "www", *arguments)
        assert (code, told["verdict"], told["reached"]) == (3, "undetermined", "helo")


def test_nothing_there_is_exit_code_3(capsys: pytest.CaptureFixture[str]) -> None:
    code, told = probe(1, capsys, "--name", "www")
    assert (code, told["verdict"], told["address"], told["dialogue"]) == (3, "unreachable", "127.0.0.1", [])


def test_a_putting_off_is_exit_code_1(capsys: pytest.CaptureFixture[str]) -> None:
    with serving(PracticeServer("postfix-hardened")) as port:
        code, told = probe(port, capsys, "--name", "server.local", *TO)
    assert (code, told["verdict"], told["reply_code"]) == (1, "tempfail", 450)


def test_people_see_the_conversation_with_a_gloss_and_the_reading(
    port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["probe", f"127.0.0.1:{port}", "--name", "www", "--from", "", *TO, "--tls", "off"]) == 1
    out = capsys.readouterr().out
    assert out.startswith(
        f"From this computer to 127.0.0.1:{port}, one after the other: EHLO www, MAIL FROM:<>, "
        "RCPT TO:<user@receiver.example>, RSET, QUIT. No message is sent.\n"
    )
    assert "> MAIL FROM:<>\n    We name no sender" in out
    assert "< 550 5.7.1 user@receiver.example... Access denied - bogus HELO [1] ...\n    A lasting no." in out
    assert "127.0.0.1 turned the test away because of the name “www”" in out
    assert "not what your mail server says" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--name", "a\r\nb"], "character that may not be sent"),
        (["--name", "ümlaut.example"], "character that may not be sent"),
        (["--name", "www", "--to", "a b"], "cannot be sent as a mail address"),
        (["--name", "www", "--stop-after", "rcpt"], "needs a recipient"),
        (["--name", "www", "--timeout", "0"], "time limit"),
        (["--name", "www", "--source", "x"], "not an address of this computer"),
        (["--name", "www", "--tls", "maybe"], "--help"),
        ([], "--help"),
    ],
)
def test_what_cannot_be_used_is_exit_code_2_and_one_sentence(
    arguments: list[str], said: str, port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        code = main(["probe", f"127.0.0.1:{port}", *arguments])
    except SystemExit as ended:
        code = ended.code  # type: ignore[assignment]
    out, err = capsys.readouterr()
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_the_sentences_come_in_the_language_asked_for(port: int, capsys: pytest.CaptureFixture[str]) -> None:
    english = probe(port, capsys, "--name", "www", *TO)[1]
    german = probe(port, capsys, "--name", "www", *TO, "--lang", "de")[1]
    assert german["reading"] != english["reading"]
    assert german["verdict"] == english["verdict"]


def test_ctrl_c_stops_it_at_once_with_exit_code_130() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with running("probe", f"127.0.0.1:{port}", "--name", "www") as process:
            assert process.line().startswith("From this computer")
            accepted, _ = silent.accept()
            with accepted:
                code, _ = process.end(signal.SIGINT)
    assert code == 130


BOUNCE = """220 mta-gw1.infomaniak.ch ESMTP Infomaniak Network Mail Servers;
HELO www
250 mta-gw1.infomaniak.ch Hello, pleased to meet you
MAIL FROM: user@receiver.example
250 2.1.0 user@receiver.example... Sender ok
RCPT TO: user@receiver.example
550 5.7.1 user@receiver.example... Access denied - bogus HELO [1] ...
"""


def test_the_answer_is_compared_with_the_bounce_and_the_known_rules(
    port: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bounce = tmp_path / "bounce.txt"
    bounce.write_text(BOUNCE.replace("mta-gw1.infomaniak.ch", "127.0.0.1"))
    _, told = probe(port, capsys, "--name", "www", *TO, "--bounce", str(bounce))
    assert told["compared"] == {
        "bounce": "same", "differs": [], "policy": "foreseen", "receivers": ["infomaniak"], "filter": None,
        "messages": [
            "Compared with your text: it is the same refusal.",
            "The answer is what is known of Infomaniak (the provider’s own rules).",
        ],
    }  # fmt: skip
    main(["probe", f"127.0.0.1:{port}", "--name", "mail.sender.org", *TO, "--bounce", str(bounce)])
    assert "there “www” was refused, here “mail.sender.org” was taken." in capsys.readouterr().out


def test_a_bounce_that_cannot_be_read_is_told_before_anything_is_sent(
    port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["probe", f"127.0.0.1:{port}", "--name", "www", "--bounce", "/nowhere"]) == 2
    captured = capsys.readouterr()
    assert "EHLO" not in captured.out
    assert captured.err.count("\n") == 1


def test_port_25_is_checked_only_when_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        free = server.getsockname()[1]
    monkeypatch.setattr(way_out, "PORT", free)
    known = KnownHost(title="Famous", host="127.0.0.1", banner="Famous", source="this test")
    monkeypatch.setattr(way_out, "known_hosts", lambda: (known,))
    code, told = probe(free, capsys, "--name", "www")
    assert (code, told["obstacle"], told["calls"]) == (3, "connection-refused", [])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(way_out.find_out, "__kwdefaults__", {"hosts": None, "port": free, "history": None})
        code, told = probe(free, capsys, "--name", "www", "--check-port")
    assert (code, told["verdict"], told["obstacle"]) == (3, "blocked", "port-25-closed")
    assert told["calls"] == [
        {"title": "Famous", "host": "127.0.0.1", "outcome": "connection-refused", "banner": None}
    ]
