"""One conversation with a server: what was asked for, what was said, how it is read."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

from helodoctor.model.bounce import Diagnosis
from helodoctor.model.vocabulary import Cause, Stage, TrialVerdict

Speaker = Literal["server", "us"]
TlsMode = Literal["auto", "off", "implicit", "required"]
StopAfter = Literal["ehlo", "rcpt"]


class Line(Struct, frozen=True):
    """One reply or command on the wire: seconds since connecting, who spoke, the text (lines joined by LF)."""

    t: float
    speaker: Speaker = field(name="from")
    text: str = ""
    stage: Stage = Stage.UNKNOWN


class Target(Struct, frozen=True, kw_only=True):
    """Where a trial goes. ``policy`` names the practice server's policy instead of a real host."""

    host: str
    port: int = 25
    policy: str | None = None

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


class TrialPlan(Struct, frozen=True, kw_only=True):
    """Everything a trial will send, fixed before it starts so that it can be shown first.

    ``sender=""`` is the null reverse-path (RFC 5321 4.5.5); ``timeout`` is the total deadline in seconds; with ``mx``
    the target's host is a mail domain, whose servers are tried in order until one answers.
    """

    target: Target
    name: str
    sender: str = ""
    recipient: str | None = None
    stop_after: StopAfter = "rcpt"
    tls: TlsMode = "auto"
    source: str | None = None
    timeout: float = 60.0
    mx: bool = False


class Tls(Struct, frozen=True, kw_only=True):
    """The encryption that was agreed on; the certificate is reported, not enforced (RFC 3207 4.1).

    ``certificate_ok`` is whether others would trust it for the host; ``problem`` the id of why not, or, where that is
    ``None``, of why it was not judged.
    """

    version: str
    cipher: str
    certificate_ok: bool | None = None
    problem: str | None = None


class Call(Struct, frozen=True, kw_only=True):
    """One call of a well-known mail server, to learn whether the way out is open: its greeting, or why there is none.

    ``outcome``: ``greeted``, ``stranger`` (somebody else's words came), or the id of the obstacle.
    """

    title: str
    host: str
    outcome: str
    banner: str | None = None


class Trial(Struct, frozen=True, kw_only=True):
    """A finished conversation and its reading.

    ``obstacle`` is the id of what kept it from a verdict (``timeout``, ``connection-refused``, ``line-too-long`` ...),
    worded by ``words``, and ``stopped_at`` the stage it came at; ``started`` is an ISO 8601 time with zone; ``origin``
    tells a live trial from a pasted one; ``calls`` are those made afterwards, on demand, to find out why.
    """

    plan: TrialPlan
    verdict: TrialVerdict
    dialogue: tuple[Line, ...] = ()
    address: str | None = None
    source_address: str | None = None
    refused_at: Stage | None = None
    reached: Stage = Stage.UNKNOWN
    reply_code: int | None = None
    enhanced_code: str | None = None
    reply_text: str | None = None
    cause: Cause = Cause.UNKNOWN
    diagnosis: Diagnosis | None = None
    obstacle: str | None = None
    stopped_at: Stage = Stage.UNKNOWN
    tls: Tls | None = None
    extensions: tuple[str, ...] = ()
    started: str = ""
    origin: Literal["live", "pasted"] = "live"
    calls: tuple[Call, ...] = ()
