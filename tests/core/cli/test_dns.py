"""``helodoctor dns`` as a user or a script runs it, against a name server on this machine."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import pytest
from tests.core.network.nameserver import Handler, NameServer, failing, silent

from helodoctor.cli import main
from helodoctor.cli.exits import EXIT_FAULT, EXIT_INPUT, EXIT_NETWORK, EXIT_OK
from helodoctor.network import dns as examined
from helodoctor.network import dns_questions, dns_source

NAME, IP = "mail.kolibri.example", "203.0.113.10"
Zone = dict[str, "list[str] | Handler"]
GOOD: Zone = {f"{NAME} A": [IP], "10.113.0.203.in-addr.arpa PTR": [f"{NAME}."]}


@contextmanager
def serving(zone: Zone) -> Iterator[str]:
    """A name server in a thread of its own, since the command runs its own loop."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    server = NameServer(zone)
    asyncio.run_coroutine_threadsafe(server.__aenter__(), loop).result(10)
    try:
        yield server.address
    finally:
        asyncio.run_coroutine_threadsafe(server.__aexit__(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@pytest.fixture
def asking(monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Runs ``dns`` with the given arguments where the system's only name server holds ``zone``."""

    def run(zone: Zone, *arguments: str) -> int:
        with serving(zone) as address:
            monkeypatch.setattr(examined, "system_resolver", lambda: dns_questions.chosen_resolver(address))
            monkeypatch.setattr(examined, "examine", partial(examined.examine, patience=0.5))
            return main(["dns", *arguments])

    return run


def test_a_good_name_and_address_find_no_fault(asking: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    assert asking(GOOD, "--json", NAME, "--ip", IP) == EXIT_OK
    report = json.loads(capsys.readouterr().out)
    assert (report["name"], report["ip"]) == (NAME, IP)
    assert {"id", "status", "message", "why", "source", "evidence", "fix"} <= set(report["findings"][0])
    asked = {answer["question"]: answer for answer in report["answers"]}
    assert (asked[f"{NAME} A"]["answer"], asked[f"{NAME} A"]["rcode"], asked[f"{NAME} A"]["ttl"]) == (
        [IP],
        "NOERROR",
        2400,
    )


def test_a_name_that_cannot_be_found_is_a_fault(asking: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    assert asking({}, NAME) == EXIT_FAULT
    out = capsys.readouterr().out
    assert out.startswith("✗ Problem: Nobody on the internet can find")
    assert f"{NAME} A: NXDOMAIN" in out


@pytest.mark.parametrize("handler", [silent, failing(5)])
def test_a_name_service_that_does_not_answer_leaves_it_open(
    handler: Handler, asking: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert asking({f"{NAME} A": handler, f"{NAME} AAAA": handler}, NAME) == EXIT_NETWORK
    assert "Not checked: whether the name can be found" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ((NAME, "--ip", "here"), "“here”"),
        ((NAME, "--resolver", "ns.example"), "“ns.example”"),
        ((NAME, "--own-ip", "nobody"), "“nobody”"),
        ((NAME, "--own-ip", "google", "--ip", IP), "--ip"),
        ((), "NAME"),
    ],
)
def test_arguments_that_cannot_be_used_get_one_sentence(
    arguments: tuple[str, ...], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        code = main(["dns", *arguments])
    except SystemExit as ended:
        code = int(ended.code or 0)
    told = capsys.readouterr()
    assert (code, told.out) == (EXIT_INPUT, "")
    assert named in told.err


@pytest.mark.parametrize(("kind", "record"), [("A", IP), ("TXT", f'"{IP}"')])
def test_the_own_address_is_asked_of_the_service_named_and_of_nobody_else(
    kind: str,
    record: str,
    asking: Callable[..., int],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with serving({f"myip.mirror.example {kind}": [record]}) as address:
        mirror = dns_source.AddressService(
            id="mirror", title="Mirror", server=address, question="myip.mirror.example", kind=kind, source="this test"
        )
        monkeypatch.setattr(dns_source, "address_services", lambda: (mirror,))
        assert asking(GOOD, "--json", NAME, "--own-ip", "mirror") == EXIT_OK
    told = capsys.readouterr()
    assert json.loads(told.out)["ip"] == IP
    assert told.err.startswith(f"Mirror ({address}) was asked, and sees this machine come from {IP}.")


def test_a_service_that_does_not_answer_is_told(
    asking: Callable[..., int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving({}) as address:
        mirror = dns_source.AddressService(
            id="mirror", title="Mirror", server=address, question="myip.mirror.example", kind="A", source="this test"
        )
        monkeypatch.setattr(dns_source, "address_services", lambda: (mirror,))
        assert asking(GOOD, NAME, "--own-ip", "mirror") == EXIT_NETWORK
    assert "Mirror did not say which address it sees." in capsys.readouterr().err


def test_every_service_names_its_source_and_is_asked_straight() -> None:
    for service in dns_source.address_services():
        assert service.source
        assert dns_questions.chosen_resolver(service.server).nameservers == [service.server]
