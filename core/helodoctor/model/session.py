"""A prepared session: what a helpdesk sets up for one user before the walk, and what it answers afterwards."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from helodoctor.model.trial import Target

PageId = Literal["paste", "happened", "name", "judge", "try", "fix", "fixed"]

LABEL_BOUND, SAID_BOUND, MANY_BOUND = 200, 4_000, 50
"""Characters of a name or an address, characters of a text, and how many texts of a kind there may be."""

Label = Annotated[str, Meta(max_length=LABEL_BOUND)]
Said = Annotated[str, Meta(max_length=SAID_BOUND)]


class PageNote(Struct, frozen=True, kw_only=True):
    """A remark of the helpdesk that stands beside one page of the walk. Plain text."""

    page: PageId
    text: Said


class OwnLetter(Struct, frozen=True, kw_only=True):
    """A letter in the helpdesk's own words, ready to be copied. Plain text."""

    subject: Label
    body: Said


class Reply(Struct, frozen=True, kw_only=True):
    """What the helpdesk answered to a case that was sent back, at a page or (``None``) to the whole. Plain text."""

    text: Said
    time: Annotated[datetime, Meta(tz=True)]
    page: PageId | None = None


class Session(Struct, frozen=True, kw_only=True):
    """One helpdesk's preparation of one case.

    ``target``, ``recipient``, ``name`` (the one the server should announce) and ``system`` are what the pages propose;
    the user may choose otherwise. ``pages`` are those to walk through, ``()`` being all; a page whose answer the rest
    needs is shown all the same.
    """

    helpdesk: Label = ""
    contact: Label = ""
    target: Target | None = None
    recipient: Label | None = None
    name: Label | None = None
    system: Label | None = None
    pages: Annotated[tuple[PageId, ...], Meta(max_length=7)] = ()
    notes: Annotated[tuple[PageNote, ...], Meta(max_length=MANY_BOUND)] = ()
    letters: Annotated[tuple[OwnLetter, ...], Meta(max_length=MANY_BOUND)] = ()
    replies: Annotated[tuple[Reply, ...], Meta(max_length=MANY_BOUND)] = ()
