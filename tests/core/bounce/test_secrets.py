"""What logs in never leaves the reading: masked by the same number of characters."""

from __future__ import annotations

import pytest

from helodoctor import bounce
from helodoctor.bounce.secrets import MASK, mask

SECRET = "c2VjcmV0cGFzc3dvcmQ="

TEXTS = [
    f"AUTH PLAIN {SECRET}\n235 ok",
    f"AUTH LOGIN\n334 VXNlcm5hbWU6\n{SECRET}\n334 UGFzc3dvcmQ6\n{SECRET}\n235 ok",
    f"C: AUTH LOGIN\nS: 334 UGFzc3dvcmQ6\nC: {SECRET}\nS: 235 ok",
    f"CLIENT -> SERVER: AUTH LOGIN\nSERVER -> CLIENT: 334 UGFzc3dvcmQ6\nCLIENT -> SERVER: {SECRET}\n",
    f"SMTP_PASSWORD={SECRET}",
    f'"password": "{SECRET}"',
    f"'pass' => '{SECRET}'",
    f"Authorization: Bearer {SECRET}",
    f"smtp://user:{SECRET}@mail.sender.example:587",
    f"https://mail.sender.example/login?token={SECRET}&x=1",
    f"https://mail.sender.example/x?a=1&access_token={SECRET}",
    f"AUTH XOAUTH2 {SECRET}",
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_secret_is_masked_and_nothing_moves(text: str) -> None:
    masked = mask(text)
    assert SECRET.rstrip("=") not in masked
    assert MASK in masked
    assert len(masked) == len(text)


@pytest.mark.parametrize("text", TEXTS)
def test_no_bounce_keeps_a_secret(text: str) -> None:
    read = bounce.read(text + "\n550 5.1.1 no such user")
    assert SECRET.rstrip("=") not in read.text
    assert all(SECRET.rstrip("=") not in (report.reply_text or "") + report.text for report in read.reports)


def test_a_secret_inside_an_encoded_part_is_masked_too() -> None:
    import base64

    body = f"SMTP_PASSWORD={SECRET}\n550 5.1.1 no such user"
    text = (
        "From: a@sender.example\nTo: b@sender.example\nSubject: x\nContent-Type: text/plain\n"
        "Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(body.encode()).decode()
    )
    report = bounce.read(text).reports[0]
    assert SECRET not in report.text and len(report.text) == len(body)


@pytest.mark.parametrize(
    "text",
    [
        "550 5.7.1 authentication required, see https://mail.receiver.example/help?id=4711",
        "spf=pass smtp.mailfrom=a@sender.example; dkim=pass",
        "AUTH command used when not advertised",
        "501 5.5.4 https://support.google.com/mail/?p=helo",
    ],
)
def test_ordinary_words_stay(text: str) -> None:
    assert mask(text) == text
