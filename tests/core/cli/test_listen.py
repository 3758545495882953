"""``helodoctor listen`` as a process."""

from __future__ import annotations

import asyncio
import smtplib
from datetime import datetime

import pytest
from tests.core.cli.servers import running

from helodoctor.network.sender import Sender


def greet(address: str, name: str) -> None:
    host, _, port = address.rpartition(":")
    assert not asyncio.run(Sender(name).deliver(host, int(port))).accepted


def test_one_json_line_per_greeting_until_the_count() -> None:
    with running("listen", "--port", "0", "--count", "2", "--json") as listener:
        address = listener.row()["listening"]
        greet(address, "www")
        heard = listener.row()
        assert heard.keys() == {"name", "verb", "client", "tls", "time"}
        assert (heard["name"], heard["verb"], heard["tls"]) == ("www", "EHLO", False)
        assert datetime.fromisoformat(heard["time"]).tzinfo
        greet(address, "mail.sender.org")
        assert listener.row()["name"] == "mail.sender.org"
        assert listener.ended() == (0, "")


def test_people_read_sentences_and_no_password() -> None:
    with running("listen", "--port", "0") as listener:
        address = listener.line().split("Listening on ")[1].split(" ")[0].rstrip(".")
        host, _, port = address.rpartition(":")
        with smtplib.SMTP(host, int(port), local_hostname="app", timeout=20) as client:
            client.login("user", "plantedpassword")
        assert "introduced itself as “app” (EHLO)." in listener.line()
        code, rest = listener.end()
    assert code == 0
    assert "planted" not in rest


def test_the_setting_of_a_system_is_told_with_the_real_port() -> None:
    with running("listen", "--port", "0", "--system", "msmtp", "--json") as listener:
        first = listener.row()
        port = first["listening"].rpartition(":")[2]
        assert first["point"][0]["text"].startswith(f"host 127.0.0.1\nport {port}\n")
    with running("listen", "--port", "0", "--host", "0.0.0.0", "--system", "exchange") as listener:
        assert "0.0.0.0" in listener.line()
        assert "0.0.0.0" not in listener.line()


@pytest.mark.parametrize(
    "arguments", [["--system", "no-such-thing"], ["--port", "x"], ["--count", "x"], ["--port", "-1"]]
)
def test_what_cannot_be_used(arguments: list[str]) -> None:
    with running("listen", *arguments) as listener:
        assert listener.ended() == (2, "")
