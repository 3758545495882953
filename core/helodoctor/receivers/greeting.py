"""One greeting as the tests see it: the name, what is known, and what has to be taken for granted."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from ipaddress import IPv4Address, IPv6Address, ip_address

from helodoctor import names
from helodoctor.receivers.facts import NO_HOST, Facts, Host

# What is taken for granted where a fact is not known; the ids are worded in words/predictions.toml.
NAME_IS_CLIENT = "name-is-client"
PTR_MATCHES = "ptr-matches"
LITERAL_IS_CLIENT = "literal-is-client"
NAME_NOT_FOUND = "name-not-found"
PRACTICE_ACCEPTS = "practice-accepts"

_HEAD = 1000
UNKNOWN_CLIENT = "192.0.2.1"
_RECEIVER = Host(addresses=("192.0.2.25",))

Address = IPv4Address | IPv6Address


def address_of(text: str) -> Address | None:
    """``text`` as an IP address, if it is one in the strict writing of RFC 4291 and dotted decimals."""
    try:
        return ip_address(text)
    except ValueError:
        return None


def octets(text: str) -> bytes:
    """``text`` as on the wire; bytes that were no UTF-8 came in as lone surrogates and go out unchanged."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half a character that no wire has brought
        return text.encode("utf-8", "surrogatepass")


def fits_dns(name: bytes) -> bool:
    """Whether the DNS can hold ``name`` (RFC 1035 2.3.4): labels of 1 to 63 octets, 253 characters in all."""
    bare = name.removesuffix(b".")
    return not bare or (len(bare) <= 253 and all(0 < len(label) <= 63 for label in bare.split(b".")))


class Greeting:
    """A HELO name with the facts around it. Values many tests need are worked out once, on demand.

    ``name`` is the argument without edge blanks; ``raw`` its bytes on the wire; ``assumed`` collects what the test
    running now took for granted.
    """

    def __init__(self, text: str, facts: Facts, verb: str = "EHLO", host: str = "") -> None:
        self.text = text
        self.name = text.strip(" \t")
        self.facts = facts
        self.verb = verb
        self.host = host
        self.assumed: set[str] = set()
        self._answers: dict[Callable[[Greeting], str | None], tuple[str | None, set[str]]] = {}

    def once(self, test: Callable[[Greeting], str | None]) -> str | None:
        """The answer of ``test``, asked once for all receivers that share it; its assumptions come with it."""
        found = self._answers.get(test)
        if found is None:
            before, self.assumed = self.assumed, set()
            found = self._answers[test] = (test(self), self.assumed)
            self.assumed = before
        if found[1]:
            self.assumed |= found[1]
        return found[0]

    @cached_property
    def raw(self) -> bytes:
        """The name as octets."""
        return octets(self.name)

    @property
    def head(self) -> str:
        """The name as far as patterns look at it: no command line is longer (RFC 5321 4.5.3.1.4), but text may be."""
        return self.name[:_HEAD]

    @cached_property
    def lower(self) -> str:
        """The name in lower case."""
        return self.name.lower()

    @cached_property
    def bracketed(self) -> str | None:
        """What stands between ``[`` and ``]``, if the whole name is in brackets."""
        return self.name[1:-1] if len(self.name) > 1 and self.name[0] == "[" and self.name[-1] == "]" else None

    @cached_property
    def address(self) -> Address | None:
        """The address the name is: bare, or a literal with or without its ``IPv6:`` tag."""
        inner = self.name if self.bracketed is None else self.bracketed
        return address_of(inner[5:] if inner[:5].lower() == "ipv6:" else inner)

    @cached_property
    def well_formed(self) -> bool:
        """Whether this is a well-formed public name, a single final dot apart."""
        return bool(self.name) and names.fault(self.name.removesuffix(".")) is None

    @cached_property
    def ip(self) -> str | None:
        """The client's address; an IPv4 client of a socket for both families comes without its ``::ffff:``."""
        address = address_of(self.facts.ip) if self.facts.ip else None
        mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
        return str(mapped) if mapped else self.facts.ip

    @property
    def client(self) -> str:
        """The client's address, or a stand-in that no test prints."""
        return self.ip or UNKNOWN_CLIENT

    @cached_property
    def _client_address(self) -> Address | None:
        return address_of(self.client)

    def is_client(self, address: str) -> bool:
        """Whether ``address`` is the client's, compared as addresses."""
        if address == self.client:
            return True
        return self._client_address is not None and address_of(address) == self._client_address

    def literal_is_client(self) -> bool:
        """Whether the name's own address is the client's; taken for granted where the client is not known."""
        if self.ip is None:
            self.assumed.add(LITERAL_IS_CLIENT)
            return True
        return self.address is not None and self.address == self._client_address

    @cached_property
    def fits_dns(self) -> bool:
        """Whether the DNS can hold the name."""
        return fits_dns(self.raw)

    def known_host(self) -> Host | None:
        """What is known of the name in the DNS."""
        if not self.fits_dns:
            return NO_HOST
        known = self.facts.hosts.get(self.lower.removesuffix("."))
        return NO_HOST if known is None and self.facts.complete else known

    def lookup(self) -> Host:
        """What the DNS says of the name: known, or taken for granted."""
        known = self.known_host()
        if known is not None:
            return known
        if self.host and self.lower == self.host.lower():
            return _RECEIVER
        if self.well_formed:
            self.assumed.add(NAME_IS_CLIENT)
            return Host(addresses=(self.client,))
        if self.address is None and "." in self.name:
            self.assumed.add(NAME_NOT_FOUND)
        return NO_HOST

    def lookup_as(self, name: str) -> Host:
        """What the DNS says of ``name``, which is what the receiver makes of the greeting's name before it asks."""
        if name == self.name:
            return self.lookup()
        asked = Greeting(name, self.facts, self.verb, self.host)
        host = asked.lookup()
        self.assumed |= asked.assumed
        return host

    def ptr(self) -> str:
        """The client's reverse name in lower case, ``""`` for none; taken for matching where it is not known."""
        if self.facts.ptr is not None:
            return self.facts.ptr.lower().removesuffix(".")
        self.assumed.add(PTR_MATCHES)
        return self.lower.removesuffix(".") if self.well_formed else "client.invalid"

    def confirmed_ptr(self) -> bool:
        """Whether the client's reverse name leads back to its address (FCrDNS, RFC 8601 3)."""
        if self.facts.ptr is None:
            self.assumed.add(PTR_MATCHES)
            return True
        known = self.facts.hosts.get(self.ptr())
        if known is None:
            return bool(self.facts.ptr) and not self.facts.complete
        return any(self.is_client(address) for address in known.addresses)

    def belongs_to_client(self) -> bool:
        """Whether one of the name's addresses is the client's."""
        return any(self.is_client(address) for address in self.lookup().addresses)
