"""What a rule is: a small function that passes a name, or says what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from helodoctor.model import Finding, Status, Value
from helodoctor.names.heloname import Address, AddressLiteral, BareAddress, DomainName, HeloName, NoName


class Situation(Struct, frozen=True, kw_only=True):
    """What is known beside the name: the address the server sends from, and the host name of the receiver."""

    ip: Address | None = None
    receiver: str | None = None


class Outcome(Struct, frozen=True):
    """What a rule found; a rule that found nothing returns ``None`` instead."""

    status: Status
    evidence: tuple[Value, ...] = ()
    reason: str | None = None


Check = Callable[[HeloName, Situation], Outcome | None]
Scope = Callable[[HeloName], str | None]


def fail(**evidence: object) -> Outcome:
    """Some receivers refuse a name like this."""
    return Outcome(Status.FAIL, tuple(Value(name, str(value)) for name, value in evidence.items()))


def warn(**evidence: object) -> Outcome:
    """Some receivers score a name like this, or refuse it when set up strictly."""
    return Outcome(Status.WARN, tuple(Value(name, str(value)) for name, value in evidence.items()))


def skip(reason: str) -> Outcome:
    """Not checked, because ``reason``."""
    return Outcome(Status.SKIPPED, reason=reason)


def any_text(_name: HeloName) -> str | None:
    """Scope: whatever was given, nothing included."""
    return None


def something(name: HeloName) -> str | None:
    """Scope: all but an empty name."""
    return "nothing-given" if isinstance(name, NoName) else None


def domain(name: HeloName) -> str | None:
    """Scope: labels with dots, one label included."""
    return None if isinstance(name, DomainName) else "not-a-domain-name"


def full_name(name: HeloName) -> str | None:
    """Scope: at least two labels."""
    return None if isinstance(name, DomainName) and len(name.labels) > 1 else "not-a-full-name"


def address(name: HeloName) -> str | None:
    """Scope: an address that can be read, in brackets or not."""
    readable = isinstance(name, BareAddress | AddressLiteral) and name.address is not None
    return None if readable else "not-an-address"


def brackets(name: HeloName) -> str | None:
    """Scope: a text in brackets."""
    return None if isinstance(name, AddressLiteral) else "no-brackets"


class Rule:
    """One rule: its id, the source it rests on, the remedy, and the check itself."""

    def __init__(self, check: Check, source: str, scope: Scope, fix: str | None) -> None:
        self.id = check.__name__.replace("_", "-")
        self.source = source
        self.fix = fix
        self.__doc__ = check.__doc__
        self._check = check
        self._scope = scope
        self._passed = Finding(id=self.id, status=Status.PASS, source=source)
        self._out_of_scope: dict[str, Finding] = {}

    def __call__(self, name: HeloName, situation: Situation) -> Finding:
        """Judge ``name``; the finding of a pass is always the same object, since most findings are one."""
        beyond = self._scope(name)
        if beyond is not None:
            return self._skipped(beyond)
        outcome = self._check(name, situation)
        if outcome is None:
            return self._passed
        if outcome.reason is not None:
            return self._skipped(outcome.reason)
        return Finding(id=self.id, status=outcome.status, source=self.source, evidence=outcome.evidence, fix=self.fix)

    def _skipped(self, reason: str) -> Finding:
        if reason not in self._out_of_scope:
            self._out_of_scope[reason] = Finding(id=self.id, status=Status.SKIPPED, source=self.source, reason=reason)
        return self._out_of_scope[reason]


def rule(source: str, *, over: Scope, fix: str | None = "set-name") -> Callable[[Check], Rule]:
    """Make a function a rule; its name with hyphens is the rule's id everywhere."""
    return lambda check: Rule(check, source, over, fix)
