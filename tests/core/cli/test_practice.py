"""``helodoctor practice`` as a process."""

from __future__ import annotations

import asyncio
import signal
import socket

import pytest
from tests.core.cli.servers import running

from helodoctor.cli import main
from helodoctor.network.sender import Sender


def deliver(address: str, name: str) -> bool:
    host, _, port = address.rpartition(":")
    return asyncio.run(Sender(name).deliver(host.strip("[]"), int(port))).accepted


def test_one_json_line_per_conversation_and_a_good_end() -> None:
    with running("practice", "--port", "0", "--json") as server:
        first = server.row()
        assert first["policy"] == "infomaniak"
        assert not deliver(first["listening"], "www")
        refused = server.row()
        assert deliver(first["listening"], "mail.sender.org")
        accepted = server.row()
        assert server.end() == (0, "")
    assert (refused["name"], refused["verb"]) == ("www", "EHLO")
    assert (refused["verdict"], refused["stage"]) == ("refused", "rcpt")
    assert refused["reply"].startswith("550 5.7.1 ")
    assert (accepted["name"], accepted["verdict"]) == ("mail.sender.org", "accepted")
    assert accepted["client"].startswith("127.0.0.1:")


def test_people_read_sentences() -> None:
    with running("practice", "--port", "0", "--policy", "exim") as server:
        first = server.line()
        assert "“exim”" in first
        address = first.split("listens on ")[1].split(" ")[0]
        deliver(address, "my_server.sender.org")
        assert server.line() == "“my_server.sender.org” was turned away: 501 Syntactically invalid EHLO argument(s)\n"
        assert server.end(signal.SIGINT)[0] == 130


def test_facts_are_taken_into_account_and_ipv6_is_listened_on() -> None:
    facts = ("--fact", "Mail.Sender.org.=nxdomain", "--fact", "mx.sender.org=::1")
    where = ("--port", "0", "--host", "::1")
    with running("practice", *where, "--policy", "postfix-hardened", *facts, "--json") as server:
        address = server.row()["listening"]
        assert address.startswith("[::1]:")
        deliver(address, "mail.sender.org")
        told = server.row()
        assert (told["verdict"], told["reply"]) == (
            "tempfail", "450 4.7.1 <mail.sender.org>: Helo command rejected: Host not found",
        )  # fmt: skip
        deliver(address, "mx.sender.org")
        assert server.row()["verdict"] == "accepted"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--policy", "none-such"], "infomaniak"),
        (["--fact", "x"], "nxdomain"),
        (["--fact", "=192.0.2.1"], "nxdomain"),
        (["--fact", "mail.sender.org=here"], "nxdomain"),
        (["--port", "99999"], "port"),
        (["--host", "192.0.2.1"], "192.0.2.1"),
    ],
)
def test_what_cannot_be_used_is_one_sentence(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["practice", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert err.count("\n") == 1


def test_a_port_that_is_taken_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert main(["practice", "--port", str(taken.getsockname()[1])]) == 2
    assert "Choose another port" in capsys.readouterr().err
