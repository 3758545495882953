"""One receiver asked about one greeting: its rules first, then what is known case by case."""

from __future__ import annotations

from msgspec import Struct

from helodoctor.model import Answer, EvidenceKind, Stage
from helodoctor.receivers.cases import cases_of
from helodoctor.receivers.catalogue import Ready
from helodoctor.receivers.decision import UNKNOWN
from helodoctor.receivers.engines import rspamd
from helodoctor.receivers.greeting import LITERAL_IS_CLIENT, NAME_IS_CLIENT, PTR_MATCHES, Greeting
from helodoctor.receivers.schema import NameCase, Reply, Row, Rule
from helodoctor.receivers.wording import printed, reply_lines

_LITERALS = (NameCase.LITERAL_V4, NameCase.LITERAL_V6)
_NAME_CASES = (NameCase.UNRESOLVABLE, NameCase.IP_MISMATCH)
_UNSHOWN = frozenset({"if-listed", "if-spf", "own-address"})  # conditions of the receiver's site: never known here
_SEVERITY = (Answer.REJECT, Answer.TEMPFAIL, Answer.SCORE, Answer.UNKNOWN)


class Outcome(Struct, frozen=True, kw_only=True):
    """What one receiver does with one greeting; ``reply`` has only ``{recipient}`` and ``{sender}`` left open."""

    answer: Answer
    evidence: EvidenceKind
    source: str
    stage: Stage = Stage.UNKNOWN
    code: int | None = None
    reply: tuple[str, ...] = ()
    score: float | None = None
    symbols: tuple[str, ...] = ()
    closes: bool = False
    assumed: tuple[str, ...] = ()


def ask(ready: Ready, greeting: Greeting, case: tuple[NameCase, ...] | None = None) -> Outcome:
    """The receiver's answer to ``greeting``; ``case`` saves working out the cases again."""
    greeting.assumed = set()
    cases = cases_of(greeting) if case is None else case
    if cases and cases[0] in ready.receiver.unknown:
        return _unknown(ready)
    for rule, test in ready.refusals:
        match = greeting.once(test)
        if match is not None:
            return _refused(ready, rule, greeting, match, cases)
    if ready.symbols and (symbols := _symbols(ready, greeting)):
        return _scored(ready, greeting, symbols, cases)
    if ready.receiver.otherwise is Answer.UNKNOWN:
        return _known_case(ready, greeting, cases)
    return _plain(ready, greeting, ready.receiver.otherwise, cases)


def _symbols(ready: Ready, greeting: Greeting) -> list[str]:
    def hits(symbol: str) -> bool:
        entry = ready.symbols.get(symbol)
        return entry is not None and greeting.once(entry[1]) is not None

    if ready.receiver.scorer == "rspamd":
        return rspamd.symbols(hits)
    return [symbol for symbol in ready.symbols if hits(symbol)]


def _scored(ready: Ready, greeting: Greeting, symbols: list[str], cases: tuple[NameCase, ...]) -> Outcome:
    points = sum(ready.symbols[symbol][0].score or 0.0 for symbol in symbols)
    return Outcome(
        answer=Answer.SCORE,
        evidence=ready.evidence(cases[0] if cases else None),
        source=ready.receiver.source,
        stage=ready.receiver.stage,
        score=round(points, 3),
        symbols=tuple(symbols),
        assumed=_assumed(greeting),
    )


def _refused(ready: Ready, rule: Rule, greeting: Greeting, match: str, cases: tuple[NameCase, ...]) -> Outcome:
    if rule.accepts:
        return _plain(ready, greeting, Answer.ACCEPT, cases)
    lines = _lines(ready, rule.reply, greeting, match)
    code = int(lines[0][:3]) if lines else rule.code
    return Outcome(
        answer=_answer(code),
        evidence=ready.evidence(rule.case or (cases[0] if cases else None)),
        source=rule.source or ready.receiver.source,
        stage=rule.stage or ready.receiver.stage,
        code=code,
        reply=lines,
        closes=rule.closes,
        assumed=_assumed(greeting),
    )


def _plain(ready: Ready, greeting: Greeting, answer: Answer, cases: tuple[NameCase, ...]) -> Outcome:
    return Outcome(
        answer=answer,
        evidence=ready.evidence(cases[0] if cases else None),
        source=ready.receiver.source,
        assumed=_assumed(greeting),
    )


def _known_case(ready: Ready, greeting: Greeting, cases: tuple[NameCase, ...]) -> Outcome:
    """The gravest of what is known for the greeting's cases; unknown where one of them is."""
    rows = [_holding(ready.rows.get(case), greeting) for case in cases] or [None]
    answers = [answer_of(row) for row in rows]
    for answer in _SEVERITY:
        if answer in answers:
            return _from_row(ready, greeting, rows[answers.index(answer)], answer, cases)
    return _from_row(ready, greeting, rows[0], Answer.ACCEPT, cases)


def _holding(row: Row | None, greeting: Greeting) -> Row | None:
    """The row, if what it depends on is known to be so."""
    if row is None or _UNSHOWN.intersection(row.remarks):
        return None
    if "spf-fail-only" in row.remarks:
        host = greeting.known_host()
        return row if host is not None and host.spf == "fail" else None
    if "about-ptr" in row.remarks and greeting.facts.ptr is None:
        greeting.assumed.add(PTR_MATCHES)
    return row


def _from_row(
    ready: Ready, greeting: Greeting, row: Row | None, answer: Answer, cases: tuple[NameCase, ...]
) -> Outcome:
    if row is None or answer is Answer.UNKNOWN:
        return _unknown(ready)
    _note_assumptions(ready, greeting, cases)
    refuses = answer in (Answer.REJECT, Answer.TEMPFAIL)
    lines = _lines(ready, row.reply, greeting, greeting.name)
    return Outcome(
        answer=answer,
        evidence=row.evidence or ready.receiver.evidence,
        source=row.source or ready.receiver.source,
        stage=(row.stage or ready.receiver.stage) if refuses or row.score is not None else Stage.UNKNOWN,
        code=int(lines[0][:3]) if lines else row.code,
        reply=lines,
        score=row.score[1] if isinstance(row.score, tuple) else row.score,
        assumed=_assumed(greeting),
    )


def _unknown(ready: Ready) -> Outcome:
    return Outcome(answer=Answer.UNKNOWN, evidence=EvidenceKind.UNKNOWN, source=ready.receiver.source)


def _note_assumptions(ready: Ready, greeting: Greeting, cases: tuple[NameCase, ...]) -> None:
    """A known case speaks of the client's own address and name; say so where the client is not known."""
    if greeting.ip is None and any(case in _LITERALS for case in cases):
        greeting.assumed.add(LITERAL_IS_CLIENT)
    asks_name = any(_refuses(ready.rows.get(case)) for case in _NAME_CASES)
    if greeting.well_formed and asks_name and greeting.known_host() is None:
        greeting.assumed.add(NAME_IS_CLIENT)
    if greeting.facts.ptr is None and _refuses(ready.rows.get(NameCase.PTR_BAD)):
        greeting.assumed.add(PTR_MATCHES)


def _refuses(row: Row | None) -> bool:
    return answer_of(row) not in (Answer.ACCEPT, Answer.UNKNOWN)


def answer_of(row: Row | None) -> Answer:
    """The answer a row stands for: said outright, or by its code or score."""
    if row is None:
        return Answer.UNKNOWN
    if row.answer is not None:
        return row.answer
    if row.score is not None:
        return Answer.SCORE
    return _answer(row.code or int(templates(row.reply)[0][:3]))


def _answer(code: int | None) -> Answer:
    """A refusal whose code nobody wrote down counts as final."""
    return Answer.TEMPFAIL if code is not None and code < 500 else Answer.REJECT


def templates(reply: Reply | None) -> tuple[str, ...]:
    """The lines of a reply as the data writes it, one or several."""
    return (reply,) if isinstance(reply, str) else reply or ()


def _lines(ready: Ready, reply: Reply | None, greeting: Greeting, match: str) -> tuple[str, ...]:
    if reply is None:
        return ()
    wording = ready.receiver.wording
    values = {
        "name": printed(wording, greeting.name),
        "match": match,
        "verb": greeting.verb,
        "lowverb": greeting.verb.lower(),
        "ip": greeting.ip or UNKNOWN,
        "host": greeting.host or UNKNOWN,
    }
    return reply_lines(wording, templates(reply), values)


def _assumed(greeting: Greeting) -> tuple[str, ...]:
    return tuple(sorted(greeting.assumed)) if greeting.assumed else ()
