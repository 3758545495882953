"""Would others trust a server's certificate? Judged by OpenSSL beside the conversation, which goes on whatever it is.

Mail servers take any certificate (RFC 7435 3), so the conversation is not led with verification on. Python tells the
result of verification only by ending a handshake, so the chain is put before a client of our own, in memory: the first
two messages of a TLS 1.2 server (RFC 5246 7.4), after which OpenSSL has verified the chain and waits for the next one.
"""

from __future__ import annotations

import ssl
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

_RECORD = 16_000  # bytes of one record, at most 2^14 (RFC 5246 6.2.1)
_SERVER_HELLO, _CERTIFICATE = 2, 11
# TLS_ECDHE_RSA and TLS_ECDHE_ECDSA, both WITH_AES_128_GCM_SHA256 (RFC 5289): one of them fits the certificate's key.
_SUITES = (b"\xc0\x2f", b"\xc0\x2b")
_RENEGOTIATION_INFO = b"\xff\x01\x00\x01\x00"  # RFC 5746 3.6: without it OpenSSL 3 does not go on
_UNREADABLE = -1
_SELF_SIGNED = 18  # X509_V_ERR_..., openssl-verification-options(1)
_PROBLEMS = {
    9: "not-yet-valid",
    10: "expired",
    _SELF_SIGNED: "self-signed",
    19: "issuer-unknown",
    20: "issuer-unknown",
    21: "issuer-unknown",
    62: "other-name",
    64: "other-name",
}


class Judgement(Struct, frozen=True):
    """``ok`` is ``None`` where nothing can be said; ``problem`` is the id of why not, or of why nothing."""

    ok: bool | None
    problem: str | None = None


def chain_of(connection: ssl.SSLObject) -> tuple[bytes, ...]:
    """The certificates the server sent, its own first, in DER; none where this Python cannot tell."""
    if hasattr(connection, "get_unverified_chain"):  # since Python 3.13
        return tuple(connection.get_unverified_chain() or ())
    found: Sequence[Any] = getattr(connection, "_sslobj").get_unverified_chain() or ()  # noqa: B009 - has no types
    return tuple(ssl.PEM_cert_to_DER_cert(certificate.public_bytes()) for certificate in found)


def judge(chain: Sequence[bytes], server_name: str) -> Judgement:
    """What others would make of ``chain`` for the host ``server_name`` (``""``: no name was asked for).

    A certificate that vouches for itself is not trusted, even where this machine was told to.
    """
    if not chain:
        return Judgement(None, "chain-unknown")
    if _fault(chain, server_name, _client()) == _SELF_SIGNED:  # needs no list of authorities, which takes long to load
        return Judgement(False, _PROBLEMS[_SELF_SIGNED])
    client = _client()
    client.load_default_certs()
    fault = _fault(chain, server_name, client)
    if not fault:
        return Judgement(True) if server_name else Judgement(None, "no-name-asked-for")
    problem = _PROBLEMS.get(fault, "not-trusted")
    if problem == "issuer-unknown" and not client.cert_store_stats()["x509_ca"]:
        return Judgement(None, "no-authorities-here")
    return Judgement(False, problem)


def _client() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.maximum_version = ssl.TLSVersion.TLSv1_2  # later versions encrypt the certificate
    return context


def _fault(chain: Sequence[bytes], server_name: str, context: ssl.SSLContext) -> int:
    """OpenSSL's number for what is wrong with ``chain``; 0 for nothing."""
    context.check_hostname = bool(server_name)
    for suite in _SUITES:
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        client = context.wrap_bio(incoming, outgoing, server_hostname=server_name or None)
        incoming.write(_flight(chain, suite))
        try:
            client.do_handshake()
        except ssl.SSLWantReadError:
            return 0
        except ssl.SSLCertVerificationError as fault:
            return fault.verify_code
        except ssl.SSLError:  # the other kind of key
            continue
    return _UNREADABLE


def _flight(chain: Sequence[bytes], suite: bytes) -> bytes:
    """A ServerHello and a Certificate message (RFC 5246 7.4.1.3, 7.4.2) in records."""
    listed = b"".join(_sized(certificate, 3) for certificate in chain)
    hello = b"\x03\x03" + bytes(32) + b"\x00" + suite + b"\x00" + _sized(_RENEGOTIATION_INFO, 2)
    messages = bytes([_SERVER_HELLO]) + _sized(hello, 3) + bytes([_CERTIFICATE]) + _sized(_sized(listed, 3), 3)
    pieces = (messages[start : start + _RECORD] for start in range(0, len(messages), _RECORD))
    return b"".join(b"\x16\x03\x03" + _sized(piece, 2) for piece in pieces)


def _sized(data: bytes, width: int) -> bytes:
    """``data`` after its length in ``width`` bytes."""
    return len(data).to_bytes(width, "big") + data
