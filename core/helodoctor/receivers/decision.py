"""What a policy decides about one name, and the texts of the conversation around it; replies keep their places open."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from helodoctor.model import Answer, Stage

_PLACE = re.compile(r"\{([a-z]+)\}")


_LEFT_OPEN = ("recipient", "sender")
UNKNOWN = "..."


def fill(text: str, **values: str) -> str:
    """``text`` with its ``{places}`` replaced by ``values``, in one pass: a value is never read for places itself."""
    return _PLACE.sub(lambda place: values.get(place[1], place[0]), text) if "{" in text else text


def fill_known(text: str, values: Mapping[str, str]) -> str:
    """The same, with ``...`` for what is not known; only the addresses of the mail stay open."""

    def value(place: re.Match[str]) -> str:
        return place[0] if place[1] in _LEFT_OPEN else values.get(place[1], UNKNOWN)

    return _PLACE.sub(value, text)


class Dialogue(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one receiver says when all goes well: the text of each reply, without its code.

    Places: ``{host}`` the receiver's own name, ``{name}`` the HELO name, ``{ip}`` the client's address, ``{sender}``
    and ``{recipient}`` the addresses without angle brackets. ``extensions`` are the EHLO keywords.
    """

    host: str
    banner: str
    helo: str
    ehlo: str
    mail: str
    rcpt: str
    data: str
    message: str
    quit: str
    extensions: tuple[str, ...]


class Decision(Struct, frozen=True, kw_only=True):
    """What a policy does with a name: the answer, and for a refusal where and with which reply lines.

    ``stage`` is where the refusal is spoken (the conversation goes on until then); ``reply`` holds whole reply lines
    with code, ``{recipient}`` and ``{sender}`` still open; ``closes`` tells that the receiver hangs up after it;
    ``assumed`` lists the ids of what was taken for granted.
    """

    answer: Answer
    stage: Stage = Stage.UNKNOWN
    code: int | None = None
    reply: tuple[str, ...] = ()
    closes: bool = False
    assumed: tuple[str, ...] = ()

    @property
    def refuses(self) -> bool:
        """Whether the mail is turned away, for now or for good."""
        return self.answer in (Answer.REJECT, Answer.TEMPFAIL)

    def lines(self, **values: str) -> tuple[str, ...]:
        """The reply lines with every place filled (``recipient=``, ``sender=``)."""
        return tuple(fill(line, **values) for line in self.reply)
