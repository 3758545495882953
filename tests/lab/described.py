"""The lab's receivers in the product's own schema, judged by the same engines: what each listener should say."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec
import tomli
from msgspec.structs import replace

from helodoctor.knowledge import load
from helodoctor.receivers.catalogue import Ready, make_ready
from helodoctor.receivers.facts import Facts, Host
from helodoctor.receivers.greeting import Greeting
from helodoctor.receivers.schema import Family
from helodoctor.receivers.verdict import Outcome, ask

FOLDER = Path(__file__).parent / "receivers"
RECIPIENT = "user@rcpt.test"
_ENDINGS = {
    ".wild.example.test": Host(addresses=("203.0.113.10",)),
    ".swallow.example.test": Host(trouble="timeout"),
    ".broken.test": Host(trouble="servfail"),
    ".dead.test": Host(trouble="servfail"),
}


def _read(path: Path) -> Family:
    """One file of the lab: its rules beside those of the product's file of the same name."""
    own = msgspec.convert(tomli.loads(path.read_text(encoding="utf-8")), Family)
    product = load(f"receivers/{path.name}", Family)
    return replace(own, rule={**product.rule, **own.rule})


@cache
def described() -> dict[str, Ready]:
    """Every listener of the lab by its id."""
    files = sorted(path for path in FOLDER.glob("*.toml") if path.name != "dns.toml")
    return {one.receiver.id: one for path in files for one in make_ready(_read(path))}


@cache
def _dns() -> Facts:
    return msgspec.convert(tomli.loads((FOLDER / "dns.toml").read_text(encoding="utf-8")), Facts)


def facts_for(text: str) -> Facts:
    """What the lab's name server tells the receivers about the client and the name announced."""
    key = text.strip().lower().removesuffix(".")
    for ending, host in _ENDINGS.items():
        if key.endswith(ending) and key not in _dns().hosts:
            return replace(_dns(), hosts={**_dns().hosts, key: host})
    return _dns()


def expected(
    listener: str, text: str | None, *, host: str = "", verb: str = "EHLO", facts: Facts | None = None
) -> Outcome:
    """What the engines make of one greeting. ``text`` is what follows the verb and a blank, ``None`` nothing."""
    given = "" if text is None else text or " "
    ready = described()[listener]
    return ask(ready, Greeting(ready.argument(given), facts or facts_for(given), verb, host))


def as_answered(outcome: Outcome) -> tuple[str, str, str]:
    """Stage, code and reply as the lab's table of observed answers writes them; accepted names without a reply."""
    if not outcome.reply:
        return ("accept", "250", "")
    lines = [line.replace("{recipient}", RECIPIENT) for line in outcome.reply]
    return (outcome.stage.value, lines[-1][:3], "\n".join(lines))
