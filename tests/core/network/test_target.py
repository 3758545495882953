"""The server as people write it."""

from __future__ import annotations

import pytest

from helodoctor.model import InputProblem, Target
from helodoctor.network import target


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("mx.receiver.example", "mx.receiver.example", 25),
        (" MX.Receiver.Example. ", "mx.receiver.example", 25),
        ("mx.receiver.example:587", "mx.receiver.example", 587),
        ("192.0.2.1", "192.0.2.1", 25),
        ("192.0.2.1:2525", "192.0.2.1", 2525),
        ("2001:db8::1", "2001:db8::1", 25),
        ("[2001:DB8:0::1]", "2001:db8::1", 25),
        ("[2001:db8::1]:465", "2001:db8::1", 465),
        ("localhost:25", "localhost", 25),
        ("bücher.example", "xn--bcher-kva.example", 25),
        ("_mx.my_host.example", "_mx.my_host.example", 25),
    ],
)
def test_what_is_understood(text: str, host: str, port: int) -> None:
    assert target.parse(text) == Target(host=host, port=port)


@pytest.mark.parametrize(
    "text",
    ["", ":25", "mx:0", "mx:65536", "mx:x", "a b", "http://mx/", "user@mx", "mx\r\nDATA", "mx\0", "[::1", "[mx]:25",
     "a" * 300, "-\u200d-", "::1::2"],
)  # fmt: skip
def test_what_is_not(text: str) -> None:
    with pytest.raises(InputProblem) as raised:
        target.parse(text)
    assert raised.value.id == "target-unusable"
    assert raised.value.values["target"].isprintable()
