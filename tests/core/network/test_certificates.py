"""Whether others would trust a server's certificate; chains made for these tests, valid for a hundred years."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helodoctor.model import Target, Trial, TrialPlan
from helodoctor.network import certificates
from helodoctor.network.certificates import Judgement
from helodoctor.network.practice import PracticeServer
from helodoctor.network.probe import probe

FOLDER = Path(__file__).with_name("certificates")
HOST = "mx.receiver.example"


def der(*names: str) -> tuple[bytes, ...]:
    return tuple(ssl.PEM_cert_to_DER_cert((FOLDER / f"{name}.pem").read_text()) for name in names)


@pytest.fixture(autouse=True)
def trusted(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This machine trusts the root of these tests and no other."""
    monkeypatch.setenv("SSL_CERT_FILE", str(FOLDER / "root.pem"))
    monkeypatch.setenv("SSL_CERT_DIR", str(FOLDER / "nowhere"))
    yield


@pytest.mark.parametrize(
    ("chain", "host", "ok", "problem"),
    [
        (("rsa", "middle"), HOST, True, None),
        (("ec", "middle"), HOST, True, None),
        (("wild", "middle"), HOST, True, None),
        (("rsa", "middle", "root"), HOST, True, None),
        (("rsa", "middle"), "mx.other.example", False, "other-name"),
        (("wild", "middle"), "a.b.receiver.example", False, "other-name"),
        (("rsa",), HOST, False, "issuer-unknown"),
        (("expired", "middle"), HOST, False, "expired"),
        (("future", "middle"), HOST, False, "not-yet-valid"),
        (("forged", "fake"), HOST, False, "issuer-unknown"),
        (("forged", "root"), HOST, False, "issuer-unknown"),
        (("self",), HOST, False, "self-signed"),
        (("self",), "", False, "self-signed"),
        (("rsa", "middle"), "", None, "no-name-asked-for"),
        ((), HOST, None, "chain-unknown"),
    ],
)
def test_a_chain_is_judged_as_others_would(
    chain: tuple[str, ...], host: str, ok: bool | None, problem: str | None
) -> None:
    assert certificates.judge(der(*chain), host) == Judgement(ok, problem)


def test_a_signature_that_was_tampered_with_is_not_trusted() -> None:
    leaf, middle = der("ec", "middle")
    bent = leaf[:-1] + bytes([leaf[-1] ^ 1])
    assert certificates.judge([bent, middle], HOST).ok is False


def test_without_authorities_nothing_is_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(FOLDER / "nowhere"))
    assert certificates.judge(der("rsa", "middle"), HOST) == Judgement(None, "no-authorities-here")
    assert certificates.judge(der("self"), HOST) == Judgement(False, "self-signed")


def test_a_very_long_chain_is_judged_all_the_same() -> None:
    assert certificates.judge(der("rsa", "middle") + der("wild") * 90, HOST).ok is True


@settings(max_examples=60)
@given(st.lists(st.binary(max_size=400), max_size=4), st.sampled_from([HOST, ""]))
def test_no_bytes_raise_or_pass(chain: list[bytes], host: str) -> None:
    assert certificates.judge(chain, host).ok is not True


def test_the_trial_tells_it_and_goes_on_whatever_it_is() -> None:
    async def trial() -> Trial:
        async with PracticeServer() as server:
            target = Target(host=server.host, port=server.port)
            return await probe(TrialPlan(target=target, name="mail.sender.org", recipient="user@receiver.example"))

    made = asyncio.run(trial())
    assert made.tls is not None
    assert (made.verdict, made.tls.certificate_ok, made.tls.problem) == ("accepted", False, "self-signed")
