"""The guards around every test hold: nothing leaves the machine, and nothing is written to the user's home."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from platformdirs import user_config_dir, user_state_dir

ELSEWHERE = "192.0.2.1"  # TEST-NET-1 (RFC 5737): nobody is there, should the guard ever let it through


def send_a_datagram() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.sendto(b"?", (ELSEWHERE, 53))


@pytest.mark.parametrize(
    "leave",
    [
        send_a_datagram,
        lambda: socket.create_connection((ELSEWHERE, 25), timeout=0.1),
        lambda: socket.getaddrinfo("mail.kolibri.example", 25),
        lambda: socket.gethostbyname("mail.kolibri.example"),
    ],
)
def test_nothing_leaves_the_machine_even_if_the_refusal_is_swallowed(leave, stays_on_this_machine: list[str]) -> None:
    with pytest.raises(ConnectionRefusedError):
        leave()
    assert len(stays_on_this_machine) == 1
    stays_on_this_machine.clear()


def test_loopback_is_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()


def test_settings_and_state_live_below_the_home_of_the_test(home: Path) -> None:
    from PySide6.QtCore import QSettings, QStandardPaths

    assert Path(user_config_dir("helodoctor")).is_relative_to(home)
    assert Path(user_state_dir("helodoctor")).is_relative_to(home)
    assert Path(QSettings("HELO Doctor", "HELO Doctor").fileName()).is_relative_to(home)
    assert Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)).is_relative_to(home)


def test_a_long_test_is_short_unless_asked(long_count, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELODOCTOR_LONG_SHARE", "0.02")
    assert [long_count(full) for full in (10, 100, 1000)] == [1, 2, 20]
    monkeypatch.setenv("HELODOCTOR_LONG_SHARE", "1")
    assert long_count(1000) == 1000
