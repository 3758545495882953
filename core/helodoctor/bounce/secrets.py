"""Masking what must never be kept or shown: passwords, AUTH arguments, tokens, URLs that log in. Length stays."""

from __future__ import annotations

import re

MASK = "•"

_BASE64 = r"[A-Za-z0-9+/]{8,4000}={0,2}"
_TRIGGER = re.compile(r"auth|334|pass|pwd|token|secret|bearer|://|api|key|\+ok|kennwort|credential", re.IGNORECASE)
_SECRETS = (
    re.compile(r"\bAUTH[ \t]{1,4}(?:PLAIN|LOGIN|CRAM-MD5|DIGEST-MD5|NTLM|GSSAPI|XOAUTH2?|OAUTHBEARER|SCRAM-[A-Z0-9-]{3,20}|EXTERNAL)[ \t]{1,4}(?P<secret>[A-Za-z0-9+/=]{4,4000})", re.IGNORECASE),
    # After a challenge (334) or a bare AUTH LOGIN the client's next lines are the name and the password, base64.
    re.compile(
        rf"(?:\b334\b[^\r\n]{{0,400}}|\bAUTH[ \t]{{1,4}}(?:LOGIN|PLAIN)[^\r\n]{{0,40}})[\r\n]{{1,4}}"
        rf"[^\r\nA-Za-z0-9]{{0,20}}(?:(?:C|CLIENT|Send|-+>|>>>|~>|[\d:.]+)[^\r\nA-Za-z0-9+/]{{0,12}}){{0,4}}"
        rf"(?P<secret>{_BASE64})(?=[\"'\\\s]|$)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:pass(?:word|wd|phrase)?|pwd|kennwort|passwort|secret|(?:access|auth|api|refresh|bearer)?[_-]?(?:token|key))"
        r"[\"']?[ \t]{0,3}(?:=>|[:=])[ \t]{0,3}[\"']?(?P<secret>[^\s\"',;&<>]{3,400})",
        re.IGNORECASE,
    ),
    re.compile(r"\bBearer[ \t]{1,4}(?P<secret>[A-Za-z0-9._~+/=-]{8,4000})", re.IGNORECASE),
    re.compile(r"://[^\s/@:\"'<>]{1,200}:(?P<secret>[^\s/@\"'<>]{1,200})@"),
    re.compile(
        r"https?://[^\s\"'<>]{1,500}[?&;](?:token|auth|key|sig|signature|code|session|sid|password|pass|login_?token"
        r"|access_token|otp|ticket|hash)=(?P<secret>[^\s\"'<>&]{6,1000})",
        re.IGNORECASE,
    ),
)


def mask(text: str) -> str:
    """``text`` with every secret replaced by as many :data:`MASK` characters, so that offsets hold."""
    if not _TRIGGER.search(text):
        return text
    for pattern in _SECRETS:
        text = pattern.sub(_hide, text)
    return text


def _hide(found: re.Match[str]) -> str:
    start, end = found.span("secret")
    whole, offset = found[0], found.start()
    return whole[: start - offset] + MASK * (end - start) + whole[end - offset :]
