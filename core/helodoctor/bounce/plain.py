"""A text that is no mail message: cleaned, unwrapped, and given to the readers from the most to the least exact."""

from __future__ import annotations

import re

from helodoctor.bounce import frames
from helodoctor.bounce.cleaning import clean
from helodoctor.bounce.facts import Facts
from helodoctor.bounce.frames import Found
from helodoctor.bounce.merging import unite
from helodoctor.bounce.pieces import PIECE, pieces
from helodoctor.bounce.readers import dsn, generic, headers, transcript
from helodoctor.bounce.text import Text
from helodoctor.bounce.unwrap import unwrap
from helodoctor.model import BounceKind

_MOST = 300

# Where programs begin the copy of the message they could not deliver (their own separators).
_SEPARATORS = (
    r"-{2,}[ \t]*(?:This is a copy of (?:the|your) message|Below this line is a copy|Below the line|Original message",
    r"The header of the original|Returned message|Unsent message|Message header follows|Undelivered Message",
    r"The unsent message follows|Enclosed is a copy|The body of the message|Beginning of the original",
    r"Transcript of the original|Your message follows|Message headers follow)",
    r"Message headers follow",
    r"Original message headers?:",
    r"Below is a copy of the original",
    r"The original message was:",
)
# This one a mail program may as well have put above a whole bounce that it passes on.
_FORWARD = re.compile(r"[ \t>]*-{2,}[ \t]*Original message", re.IGNORECASE)
_ORIGINAL = re.compile(rf"(?im)^[ \t>]*(?:{'|'.join(_SEPARATORS)}).*$")


def read(text: Text, returned: bool = True) -> list[Facts]:
    """Everything a plain ``text`` reports; never empty. ``returned``: it may end with a copy of the message."""
    if len(text.string) <= PIECE:
        return _piece(text, returned)
    told: list[Facts] = []
    first: list[Facts] = []
    for start, end in pieces(text.string):
        found = _piece(text.cut(start, end), returned)
        told = unite([facts for facts in found if facts.refused or facts.accepted or facts.reply_code], told)
        first = first or found[:1]
        if len(told) >= _MOST:  # each is compared with all: without an end a long log would take ever longer
            break
    return told[:_MOST] or first


def _piece(text: Text, returned: bool) -> list[Facts]:
    cleaned = clean(text)
    told = _without_copy(cleaned) if returned else cleaned
    found = _read(told)
    forwarded = told is not cleaned and _FORWARD.match(cleaned.string, len(told.string))
    if forwarded and not any(facts.reply_text and facts.refused for facts in found):
        return _read(cleaned)
    return found


def _without_copy(text: Text) -> Text:
    found = _ORIGINAL.search(text.string)
    return text.cut(0, found.start()) if found and text.string[: found.start()].strip() else text


def _read(text: Text) -> list[Facts]:
    lines = unwrap(text)
    status = dsn.read(lines)
    if status and any(facts.reply_text for facts in status):
        return status
    shapes = frames.candidates(lines)
    if arrived := headers.read(lines):
        frames.hint(lines, shapes, [(0, 0, facts) for facts in arrived])
        return arrived
    framed = frames.read(lines, shapes)
    spoken, said = transcript.read(lines, [place[:2] for place in framed])
    found = _all(lines, [*framed, *spoken], said)
    frames.hint(lines, shapes, found)
    united = unite([facts for _, _, facts in found])
    return _with_status(united, status)


def _all(lines: Text, exact: list[Found], said: list[tuple[int, int]]) -> list[Found]:
    """What the exact readers found and what else looks like a reply; if nothing does, the text as such."""
    others = generic.read(lines, [*(place[:2] for place in exact), *said])
    found = sorted([*exact, *others], key=lambda place: place[:2])
    if not found:
        return [generic.whole(lines)]
    return [*found, *_before(lines, found, said)] if all(_went_well(facts) for _, _, facts in found) else found


def _went_well(facts: Facts) -> bool:
    return facts.accepted and facts.kind is BounceKind.TRANSCRIPT


def _before(lines: Text, found: list[Found], said: list[tuple[int, int]]) -> list[Found]:
    """What stands before a conversation that went well may still tell of an earlier refusal."""
    first = min([start for start, _, _ in found] + [start for start, _ in said])
    lead = lines.string[:first]
    head = lead[: max(lead.rfind("\n"), 0)]
    return [generic.statement(lines, 0, len(head))] if head.strip() else []


def _with_status(united: list[Facts], status: list[Facts]) -> list[Facts]:
    for facts in united:
        if status and not facts.enhanced_code:
            facts.absorb(status[0])
            facts.enhanced_code = status[0].enhanced_code
    return united
