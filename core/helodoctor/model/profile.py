"""An organisation's profile: whose helpdesk looks after this computer, and what it leaves to its users."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from helodoctor.model.session import MANY_BOUND, Label, PageId, Said

Place = Literal["machine", "program", "user"]
MaskId = Literal["mailbox", "subject", "text", "internal"]
EVERY_MASK: tuple[MaskId, ...] = ("mailbox", "subject", "text", "internal")


class OwnText(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text that precedes ours on ``page``; with ``system`` (an id) only in that mail system's guide."""

    page: PageId
    text: Said
    system: Label | None = None


class Origin(Struct, frozen=True, kw_only=True):
    """One file a profile was read from. ``usable``: it could be; else the strictest rules stand in for it."""

    path: str
    place: Place
    usable: bool = True


class Profile(Struct, frozen=True, kw_only=True):
    """What all profiles of this computer say together; without any everything is left to the user.

    ``network``: the name service may be asked and servers be tried; ``live_test``: servers may be tried; ``masks`` are
    those that are on whatever the user chooses. ``target`` is ``HOST[:PORT]``.
    """

    helpdesk: str = ""
    contact: str = ""
    language: str | None = None
    target: str | None = None
    network: bool = True
    live_test: bool = True
    masks: tuple[MaskId, ...] = ()
    texts: Annotated[tuple[OwnText, ...], Meta(max_length=3 * MANY_BOUND)] = ()
    origins: tuple[Origin, ...] = ()
