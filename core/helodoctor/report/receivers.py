"""The receivers that are known, for scripts (the JSON of ``receivers``) and for people: the list, or one in full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from textwrap import fill

from helodoctor.model import Answer, Stage
from helodoctor.receivers import KnownCase, Receiver, known_cases
from helodoctor.receivers.decision import fill as fill_places
from helodoctor.words import Words
from helodoctor.words import predictions as sentences

_WIDTH = 79


def as_row(receiver: Receiver) -> dict[str, object]:
    """One entry of the list."""
    return {
        "id": receiver.id,
        "number": receiver.number,
        "title": receiver.title,
        "setting": receiver.setting,
        "kind": receiver.kind,
    }


def as_object(receiver: Receiver, words: Words) -> dict[str, object]:
    """One receiver in full: where the knowledge is from, and every case it covers."""
    return {
        **as_row(receiver),
        "version": receiver.version,
        "configuration": receiver.configuration,
        "source": receiver.source,
        "observed": receiver.observed,
        "evidence": receiver.evidence.value,
        "date": receiver.date,
        "stage": receiver.stage.value,
        "otherwise": receiver.otherwise.value,
        "cases": [_case_object(known, words) for known in known_cases(receiver)],
    }


def _case_object(known: KnownCase, words: Words) -> dict[str, object]:
    return {
        "case": known.case.value,
        "title": sentences.case(words, known.case),
        "verdict": known.answer.value,
        "stage": known.stage.value,
        "code": known.code,
        "reply": "\n".join(known.reply) or None,
        "score": list(known.score) if known.score else None,
        "evidence": known.evidence.value,
        "source": known.source,
        "remarks": [sentences.remark(words, remark) for remark in known.remarks],
    }


def list_as_text(receivers: Iterable[Receiver], words: Words) -> str:
    """The list: id, title and setting, software before providers."""
    ordered = sorted(receivers, key=lambda receiver: (receiver.kind != "software", receiver.number))
    width = max(len(receiver.id) for receiver in ordered) + 2
    return "\n".join(
        f"{one.id:<{width}}{sentences.called(words, one.title, one.setting)}" for one in ordered
    )


def as_text(receiver: Receiver, words: Words) -> str:
    """One receiver in full, without a final line break."""
    blocks = ["\n".join(_heading(receiver, words))]
    blocks += ["\n".join(_case(known, words)) for known in known_cases(receiver) if _says_more(known)]
    blocks.append("\n".join(_takes(receiver, words)))
    blocks.append(_wrapped(words.sentence(
        "predictions", "otherwise", answer=sentences.answer(words, receiver.otherwise)
    )))  # fmt: skip
    return "\n\n".join(block for block in blocks if block)


def _heading(receiver: Receiver, words: Words) -> Iterator[str]:
    title = " ".join(filter(None, (receiver.title, receiver.version)))
    yield f"{sentences.called(words, title, receiver.setting)} · {sentences.kind(words, receiver.kind)}"
    if receiver.configuration:
        yield _wrapped(words.sentence("predictions", "settings", configuration=receiver.configuration))
    known_by = sentences.evidence(words, receiver.evidence)
    yield _wrapped(
        words.sentence("predictions", "source", source=receiver.source, evidence=known_by, date=receiver.date)
    )
    if receiver.observed:
        yield _wrapped(words.sentence("predictions", "observed", observed=receiver.observed))


def _says_more(known: KnownCase) -> bool:
    return known.answer is not Answer.ACCEPT or bool(known.remarks)


def _case(known: KnownCase, words: Words) -> Iterator[str]:
    """The case and what is done, then the reply as it is, where it is said, and how that is known."""
    done = sentences.answer(words, known.answer)
    yield _wrapped(words.sentence("predictions", "case", case=sentences.case(words, known.case), answer=done))
    yield from (f"    {line}" for line in _reply(known, words))
    notes = [sentences.remark(words, remark) for remark in known.remarks]
    if known.stage is not Stage.UNKNOWN:
        notes.insert(0, words.sentence("predictions", "where", stage=sentences.stage(words, known.stage)))
    notes.append(f"[{sentences.evidence(words, known.evidence)}]")
    yield _wrapped(" · ".join(notes), "    ")


def _reply(known: KnownCase, words: Words) -> Iterator[str]:
    if known.reply:
        yield from (fill_places(line, verb="EHLO", lowverb="ehlo") for line in known.reply)
    elif known.code:
        yield words.sentence("predictions", "code", code=known.code)
    elif known.score:
        yield sentences.points(words, *known.score)


def _takes(receiver: Receiver, words: Words) -> Iterator[str]:
    """The cases it takes without more ado, by how that is known."""
    plain = [known for known in known_cases(receiver) if not _says_more(known)]
    for evidence, group in groupby(sorted(plain, key=lambda one: one.evidence), key=lambda one: one.evidence):
        cases = ", ".join(sentences.case(words, known.case) for known in group)
        known_by = sentences.evidence(words, evidence)
        yield _wrapped(words.sentence("predictions", "takes", evidence=known_by, cases=cases))


def _wrapped(text: str, indent: str = "") -> str:
    return fill(text, _WIDTH, initial_indent=indent, subsequent_indent=indent or "  ", break_on_hyphens=False)
