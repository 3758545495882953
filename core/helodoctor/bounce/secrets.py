"""Masking what must never be kept or shown: passwords, AUTH arguments, tokens, URLs that log in. Length stays."""

from __future__ import annotations

import re
from collections.abc import Iterable

from helodoctor.bounce.casing import lower
from helodoctor.bounce.pieces import PIECE, pieces

MASK = "•"

_LOGIN = {"334 ": (), "auth ": ("auth login", "auth plain", "auth cram")}
_LINE = re.compile(r"(?:[^\r\n\\]|\\(?!r|n))+")  # pastes may hold line ends as a literal \\r\\n
_ASKED = re.compile(r"(?<![\d.])334\b|\bAUTH[ \t]{1,4}(?:LOGIN|PLAIN|CRAM-MD5)[\"']?[ \t]*$", re.IGNORECASE)
_ANSWERED = re.compile(r"(?<![\d.:])(?!334)[2-5]\d\d[ -]")
_BASE64 = re.compile(r"[A-Za-z0-9+/]{4,4000}={0,2}(?=[\"'`]?[ \t,]*$)")
_MECHANISM = r"(?:plain|login|cram-md5|digest-md5|ntlm|gssapi|xoauth2?|oauthbearer|scram-[a-z0-9-]{3,20}|external)"

# Searched in the lower-cased text, each with words of which one must be in it for the search to be worth its time,
# and one of those behind it too, if there are any: most texts lack the first word, and each further one costs time.
_SECRETS: tuple[tuple[dict[str, tuple[str, ...]], re.Pattern[str]], ...] = (
    (
        {"auth ": ()},
        re.compile(rf"\bauth[ \t]{{1,4}}{_MECHANISM}[ \t]{{1,4}}(?P<secret>[a-z0-9+/=]{{4,4000}})"),
    ),
    (
        {
            "pass": ("passw", "pass=", "pass:", 'pass"', "pass'", "passphrase"),
            "key": ("apikey", "i_key", "i-key", "s_key"),
            "pwd": (),
            "kennwort": (),
            "secret": (),
            "token": (),
        },
        re.compile(
            r"(?:pass(?:word|wd|phrase)?|pwd|kennwort|passwort|secret|token|key(?<=[sih_-]key))"
            r"[\"']?[ \t]{0,3}(?:=>|[:=])[ \t]{0,3}[\"']?(?P<secret>[^\s\"',;&<>]{3,400})"
        ),
    ),
    ({"bearer ": ()}, re.compile(r"\bbearer[ \t]{1,4}(?P<secret>[a-z0-9._~+/=-]{8,4000})")),
    ({"://": ()}, re.compile(r"://[^\s/@:\"'<>]{1,200}:(?P<secret>[^\s/@\"'<>]{1,200})@")),
    (
        {"http": ()},
        re.compile(
            r"http[^\s\"'<>?]{1,500}\?(?:[^\s\"'<>]{0,500}?[&;])?(?:token|auth|key|sig|signature|code|session|sid|password|pass"
            r"|login_?token|access_token|otp|ticket|hash)=(?P<secret>[^\s\"'<>&]{6,1000})"
        ),
    ),
)


def mask(text: str) -> str:
    """``text`` with every secret replaced by as many :data:`MASK` characters, so that offsets hold."""
    if len(text) > PIECE:
        return "".join(_masked(text[start:end]) for start, end in pieces(text))
    return _masked(text)


def _masked(text: str) -> str:
    lowered = lower(text)
    if _worth(_LOGIN, lowered):
        text = _without_login(text)
    for needs, pattern in _SECRETS:
        if _worth(needs, lowered):
            text = _hidden(text, pattern.finditer(lowered))
    return text


def _worth(needs: dict[str, tuple[str, ...]], lowered: str) -> bool:
    """Whether one of the words is there, with one of those that belong to it."""
    for need, exact in needs.items():
        if need in lowered and (not exact or any(word in lowered for word in exact)):
            return True
    return False


def _hidden(text: str, found: Iterable[re.Match[str]]) -> str:
    """``text`` with the group ``secret`` of every match masked; the matches come from its lower case."""
    kept, position = [], 0
    for secret in found:
        start, end = secret.span("secret")
        kept += [text[position:start], MASK * (end - start)]
        position = end
    return "".join(kept) + text[position:] if kept else text


def _without_login(text: str) -> str:
    """Mask the answers to challenges: after a 334 or a bare AUTH LOGIN come name and password (RFC 4954 4)."""
    kept, position, asked = [], 0, False
    for line in _LINE.finditer(text):
        if _ASKED.search(line[0]):
            asked = True
        elif asked and _ANSWERED.search(line[0]):
            asked = False
        elif asked and (secret := _BASE64.search(line[0])):
            start = line.start() + secret.start()
            kept += [text[position:start], MASK * len(secret[0])]
            position = start + len(secret[0])
    return "".join(kept) + text[position:]
