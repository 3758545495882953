"""All receivers, read once and made ready to be asked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from types import MappingProxyType

from msgspec.structs import replace

from helodoctor.knowledge import DataFileError, load_all
from helodoctor.model import Answer, EvidenceKind, Stage
from helodoctor.receivers.engines import TESTS, Test
from helodoctor.receivers.schema import Family, NameCase, Receiver, Row, Rule


class Ready:
    """One receiver with its rules looked up; tests are made when it is first asked."""

    def __init__(self, receiver: Receiver, rules: tuple[Rule, ...]) -> None:
        self.receiver = receiver
        self.rules = rules

    @cached_property
    def refusals(self) -> tuple[tuple[Rule, Test], ...]:
        """The rules that refuse (or let pass), in order, each with its test."""
        return tuple((rule, _test_of(rule)) for rule in self.rules if rule.symbol is None)

    @cached_property
    def symbols(self) -> Mapping[str, tuple[Rule, Test]]:
        """The rules that score, by their symbol."""
        return {rule.symbol: (rule, _test_of(rule)) for rule in self.rules if rule.symbol is not None}

    def argument(self, text: str) -> str:
        """What the receiver takes for the name in the text after the verb."""
        words = text.split(maxsplit=1)
        return words[0] if self.receiver.reads == "word" and len(words) > 1 else text

    def at_once(self) -> Ready:
        """The same receiver refusing at once (Postfix ``smtpd_delay_reject = no``): rules with a stage keep it."""
        return Ready(replace(self.receiver, stage=Stage.HELO, wording="postfix-early"), self.rules)

    @cached_property
    def rows(self) -> Mapping[NameCase, Row]:
        """What is known case by case, the accepted cases included."""
        rows = {row.case: row for row in self.receiver.cases}
        for evidence, cases in self.receiver.accepts.items():
            rows |= {case: Row(case=case, answer=Answer.ACCEPT, evidence=evidence) for case in cases}
        return MappingProxyType(rows)

    def evidence(self, case: NameCase | None) -> EvidenceKind:
        """How the answer in ``case`` is known; the receiver's own evidence where the case has no row."""
        row = self.rows.get(case) if case else None
        return (row and row.evidence) or self.receiver.evidence


_MADE: dict[tuple[object, ...], Test] = {}


def _test_of(rule: Rule) -> Test:
    """The test of a rule, made once for all receivers that ask the same: answers are shared by it."""
    key = (rule.when, rule.names, rule.pattern, rule.unless, rule.case_sensitive, rule.allow)
    test = _MADE.get(key)
    if test is None:
        test = _MADE[key] = TESTS[rule.when](rule)
    return test


def make_ready(family: Family) -> tuple[Ready, ...]:
    """The receivers of one data file.

    Raises:
        DataFileError: a receiver names a rule, or a rule a test, that does not exist.
    """
    for name, rule in family.rule.items():
        if rule.when not in TESTS:
            raise DataFileError(f"rule {name}: no test {rule.when}")
    for receiver in family.receiver:
        if missing := [name for name in receiver.rules if name not in family.rule]:
            raise DataFileError(f"receiver {receiver.id}: no rule {missing[0]}")
    return tuple(
        Ready(receiver, tuple(family.rule[name] for name in receiver.rules)) for receiver in family.receiver
    )


@cache
def ready() -> Mapping[str, Ready]:
    """Every receiver by id, in the order of their numbers."""
    families = load_all("receivers", Family).values()
    found = sorted((one for family in families for one in make_ready(family)), key=lambda one: one.receiver.number)
    return MappingProxyType({one.receiver.id: one for one in found})
