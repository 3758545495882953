"""One delivery told twice (by a status part and by prose, by a transcript and by a summary) becomes one note."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from helodoctor.bounce.facts import Facts

_SAME = 40


def merge(first: Sequence[Facts], second: Sequence[Facts]) -> list[Facts]:
    """``first`` with what ``second`` adds to each; what only ``second`` tells is kept where ``first`` is silent."""
    result = list(first)
    rest = [facts for facts in second if not _absorbed(result, facts)]
    told = next((facts for facts in rest if facts.reply_code), rest[0] if rest else None)
    if len(result) == 1 and told and not result[0].reply_text:
        result[0].adopt(told)
        result[0].absorb(told)
    if any(facts.reply_text for facts in result):
        return result
    return [*(facts for facts in rest if facts.reply_text), *result] or list(second)


def unite(found: Sequence[Facts], known: Sequence[Facts] = ()) -> list[Facts]:
    """Notes of the same reply united, with those ``known`` already, in order of their first place."""
    result = list(known)
    for facts in found:
        if not _absorbed(result, facts):
            result.append(facts)
    return result


def _absorbed(result: Sequence[Facts], facts: Facts) -> bool:
    for known in result:
        if _same(known, facts):
            if not known.reply_text and facts.reply_text:
                known.adopt(facts)
            known.absorb(facts)
            return True
    return False


def _same(one: Facts, other: Facts) -> bool:
    if one.recipient and other.recipient and one.recipient.lower() != other.recipient.lower():
        return False
    if one.reply_text and other.reply_text:
        if one.reply_code and other.reply_code and one.reply_code != other.reply_code:
            return False
        a, b = _key(one.reply_text), _key(other.reply_text)
        shorter = min(len(a), len(b), _SAME)
        return shorter > 3 and (a[:shorter] == b[:shorter] or a in b or b in a)
    return bool(one.recipient and other.recipient)


@lru_cache(maxsize=1024)
def _key(reply: str) -> str:
    return "".join(letter for letter in reply.lower() if letter.isalnum())
