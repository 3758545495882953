"""When a step did not work: the reasons to look at, the likeliest first, and in the end somebody to hand it to."""

from __future__ import annotations

from collections.abc import Iterator

from helodoctor.guides.engine import Prepared, filled, letter, places_of, prepare
from helodoctor.guides.phrases import phrase_for
from helodoctor.guides.places import Places
from helodoctor.knowledge.senders import guide_book
from helodoctor.model import Case, Reason

HAND_OVER = "hand-over"
_SYSTEMS_OWN = "system"  # in a step's list: here come the reasons that the mail system's file names


def reasons(case: Case, step_id: str) -> tuple[Reason, ...]:
    """Why the step may not have worked in this case; the last one always is the hand-over to a person, with a letter.

    A step that is no longer in the case's guide leads to the hand-over at once.

    Raises:
        InputProblem: there is no such system, it has no guide, or the new name is none that could be set.
    """
    prepared = prepare(case)
    number = next((step.number for step in case.guide.steps if step.id == step_id), None) if case.guide else None
    facts: Places = {**prepared.facts, **({"number": number} if number else {})}
    data = next((data for known, data in prepared.steps if known == step_id), None)
    places = places_of(data, facts) if data else facts
    keys = dict.fromkeys((*(_keys(data.stuck, prepared) if data else ()), HAND_OVER))
    book = guide_book()
    return tuple(_reason(key, places) for key in keys if set(book.reasons[key].needs) <= places.keys())


def _keys(stuck: tuple[str, ...], prepared: Prepared) -> Iterator[str]:
    for key in stuck:
        if key == _SYSTEMS_OWN:
            yield from prepared.system.stuck
        else:
            yield key


def _reason(key: str, places: Places) -> Reason:
    data = guide_book().reasons[key]
    title, look = (phrase_for("stuck", key, part, places) for part in ("title", "look"))
    assert title and look  # the tests hold every reason against its words
    template = data.anywhere or (data.sh if "unix" in places else None)
    return Reason(
        id=key,
        title=title,
        look=look,
        command=filled(template, places, "sh"),
        letter=letter(data.letter, places) if data.letter else None,
    )
