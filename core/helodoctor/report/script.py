"""A trial as a script for the mail server itself: the same words to the same server, from the address that counts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from helodoctor.knowledge import resource
from helodoctor.model import TrialPlan
from helodoctor.words import Words

Shell = Literal["sh", "powershell"]

_TEMPLATES = {"sh": "network/trial.sh", "powershell": "network/trial.ps1"}
_PLACE = re.compile(r"@([A-Z]+|[a-z]+)@")


def as_script(plan: TrialPlan, shell: Shell, words: Words) -> str:
    """The script that carries out ``plan`` (already checked by ``network.safety``), its comments in the reader's words.

    It needs nothing installed: POSIX sh with bash, nc or openssl, or Windows PowerShell 5. What it prints is read back
    by ``network.pasted``.
    """
    quote: Callable[[str], str] = _sh if shell == "sh" else _powershell
    values = {
        "HOST": quote(plan.target.host),
        "PORT": str(plan.target.port),
        "NAME": quote(plan.name),
        "FROM": quote(plan.sender),
        "TO": quote(plan.recipient or ""),
        "TLS": quote(plan.tls),
        "STOP": quote(plan.stop_after),
        "SECONDS": str(round(plan.timeout)),
    }

    def fill(place: re.Match[str]) -> str:
        return values[place[1]] if place[1].isupper() else _comment(words, place[1])

    return _PLACE.sub(fill, resource(_TEMPLATES[shell]).read_text(encoding="utf-8"))


def _comment(words: Words, part: str) -> str:
    """One line, whatever a translation holds."""
    return " ".join(words.sentence("trials", "script", part).split())


def _sh(value: str) -> str:
    """A single-quoted word of POSIX sh (2.2.2)."""
    return "'" + value.replace("'", "'\\''") + "'"


def _powershell(value: str) -> str:
    """A verbatim string of PowerShell; the values are ASCII, so that no typographic quote can end it."""
    return "'" + value.replace("'", "''") + "'"
