"""Which address does this machine come from? One question to one server that the user was shown, never silently."""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from helodoctor.knowledge import load
from helodoctor.model import NetworkProblem
from helodoctor.names.addresses import read_address
from helodoctor.network.dns_questions import PATIENCE, Inquiry, chosen_resolver


class AddressService(Struct, frozen=True, kw_only=True):
    """A server that answers ``question`` with the address it is asked from; ``server`` is ``HOST[:PORT]``."""

    id: str
    title: str
    server: str
    question: str
    kind: str
    source: str


class _Services(Struct, frozen=True, kw_only=True):
    reviewed: str
    service: tuple[AddressService, ...]


@cache
def address_services() -> tuple[AddressService, ...]:
    """The servers that can be asked, the first the usual one."""
    return load("dns/address_services.toml", _Services).service


def usual_service() -> AddressService:
    """The one that is asked where the user did not choose."""
    return address_services()[0]


async def own_address(service: AddressService, *, patience: float = PATIENCE) -> str:
    """The address ``service`` sees this machine come from.

    It is that of this machine, not of a mail server elsewhere (``design.md``, "Three confusions").

    Raises:
        NetworkProblem: the server did not answer, or not with an address.
    """
    reply = await Inquiry(chosen_resolver(service.server), patience).ask(service.question, service.kind)
    address = next((found for record in reply.records if (found := read_address(record.strip('"')))), None)
    if address is None:
        raise NetworkProblem("own-address-unanswered", service=service.title)
    return str(address)
