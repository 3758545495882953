"""Questions to the name service: each asked once, and every way to get no answer told from the others."""

from __future__ import annotations

import asyncio
import time
from ipaddress import ip_address

import dns.asyncresolver
import dns.edns
import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.resolver
from msgspec import Struct
from msgspec.structs import replace

from helodoctor.model import DnsAnswer, InputProblem, NetworkProblem
from helodoctor.network.target import parse as parse_target
from helodoctor.organisation import check_network

PATIENCE = 8.0  # seconds for one question, with all tries and all name servers
_TRY = 2.0  # seconds for one name server to answer once
_RECORDS = 50  # of one answer; more are counted as hostile
_ALIASES = 8  # followed one by one; resolvers give up at about as many
_DNSSEC_CODES = range(1, 13)  # extended errors about validation, RFC 8914 4.2 to 4.13
_UNREACHABLE_CODES = (22, 23)  # no reachable authority, network error: RFC 8914 4.23, 4.24


class Reply(Struct, frozen=True, kw_only=True):
    """What came back for one question.

    ``records`` are texts without final dots; ``aliases`` the names that were passed through, in order; ``ttl`` how many
    seconds the answer stays true, for a "no" too. ``trouble`` is ``None`` when the answer is to be believed.
    """

    name: str
    kind: str
    rcode: str
    records: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    strings: tuple[bytes, ...] = ()
    ttl: int | None = None
    ms: float = 0.0
    trouble: str | None = None

    @property
    def exists(self) -> bool:
        """Whether there is anything of that name, if not of that kind."""
        return self.trouble is None and self.rcode == "NOERROR"

    def as_answer(self, server: str | None = None) -> DnsAnswer:
        """The same for a report."""
        return DnsAnswer(
            question=f"{self.name} {self.kind}",
            rcode=self.rcode,
            answer=(*(f"CNAME {alias}" for alias in self.aliases), *self.records),
            ttl=self.ttl,
            ms=round(self.ms, 1),
            trouble=self.trouble,
            server=server,
        )


class Inquiry:
    """Asks one set of name servers; a question that was asked already gets the answer it got.

    Raises:
        NetworkProblem: the organisation allows no questions.
    """

    def __init__(self, resolver: dns.asyncresolver.Resolver, patience: float = PATIENCE) -> None:
        check_network()
        self._resolver = resolver
        self._resolver.lifetime = patience
        self._resolver.timeout = min(_TRY, patience)
        self._tasks: dict[tuple[str, str], asyncio.Task[Reply]] = {}

    async def ask(self, name: str, kind: str) -> Reply:
        """The reply to the question for records of ``kind`` at ``name`` (no final dot)."""
        question = (name.lower(), kind)
        if question not in self._tasks:
            self._tasks[question] = asyncio.create_task(_timed(self._resolver, *question))
        return await self._tasks[question]

    def replies(self) -> tuple[Reply, ...]:
        """Every reply there is, in the order of the questions."""
        return tuple(task.result() for task in self._tasks.values() if task.done() and not task.cancelled())


def system_resolver() -> dns.asyncresolver.Resolver:
    """The name servers this machine uses.

    Raises:
        NetworkProblem: the machine names none.
    """
    try:
        return dns.asyncresolver.Resolver()
    except (dns.resolver.NoResolverConfiguration, OSError) as fault:  # OSError: Windows without those registry keys
        raise NetworkProblem("no-name-server") from fault


def chosen_resolver(text: str) -> dns.asyncresolver.Resolver:
    """The name server ``HOST[:PORT]``, its host given by its address.

    Raises:
        InputProblem: ``text`` is no address, with or without a port.
    """
    try:
        target = parse_target(text, 53)
        ip_address(target.host)
    except (InputProblem, ValueError) as fault:
        raise InputProblem("name-server-unreadable", server=text) from fault
    resolver = dns.asyncresolver.Resolver(configure=False)
    resolver.nameservers = [target.host]
    resolver.port = target.port
    return resolver


async def _timed(resolver: dns.asyncresolver.Resolver, name: str, kind: str) -> Reply:
    begun = time.perf_counter()
    reply = await _asked(resolver, name, kind)
    if reply.trouble == "dns-server-failure":
        reply = replace(reply, trouble=await _behind_failure(resolver, name, kind))
    return replace(reply, ms=(time.perf_counter() - begun) * 1000)


async def _asked(resolver: dns.asyncresolver.Resolver, name: str, kind: str) -> Reply:
    try:
        answer = await resolver.resolve(f"{name}.", kind, raise_on_no_answer=False, search=False)
    except dns.resolver.NXDOMAIN as fault:
        return _negative(name, kind, fault)
    except (dns.resolver.NoNameservers, dns.resolver.LifetimeTimeout) as fault:
        return _unanswered(name, kind, fault)
    except (dns.exception.DNSException, UnicodeError):
        return _without(name, kind, "FORMERR", "dns-malformed")
    return _positive(name, kind, answer)


def _positive(name: str, kind: str, answer: dns.resolver.Answer) -> Reply:
    response = answer.response
    if answer.rrset is None and _points_elsewhere(response):
        return _without(name, kind, "NOERROR", "dns-lame")
    aliases = tuple(_text(cname[0].target) for cname in answer.chaining_result.cnames)
    records = tuple(answer.rrset or ())[:_RECORDS]
    return Reply(
        name=name,
        kind=kind,
        rcode="NOERROR",
        records=tuple(record.to_text().rstrip(".") for record in records),
        strings=tuple(b"".join(record.strings) for record in records) if kind == "TXT" else (),
        aliases=aliases,
        ttl=_ttl(response),
    )


def _negative(name: str, kind: str, fault: dns.resolver.NXDOMAIN) -> Reply:
    response = next(iter(fault.kwargs["responses"].values()))
    aliases = tuple(_text(cname[0].target) for cname in _chain(response))
    return Reply(name=name, kind=kind, rcode="NXDOMAIN", aliases=aliases, ttl=_ttl(response))


def _unanswered(name: str, kind: str, fault: dns.resolver.NoNameservers | dns.resolver.LifetimeTimeout) -> Reply:
    """Why nobody answered, from what each name server did (``errors``: server, TCP, port, error, response)."""
    errors = fault.kwargs["errors"]
    if any(isinstance(error[3], dns.message.ChainTooLong) for error in errors):
        return _without(name, kind, "NOERROR", "alias-loop")
    responses = [error[4] for error in errors if isinstance(error[4], dns.message.Message)]
    refusal = next((response for response in responses if response.rcode() != dns.rcode.NOERROR), None)
    if refusal is not None:
        return _without(name, kind, dns.rcode.to_text(refusal.rcode()), _of_refusal(refusal))
    if any(isinstance(error[3], dns.exception.FormError) for error in errors):
        return _without(name, kind, "FORMERR", "dns-malformed")
    # A server is asked over TCP only after it said that its answer is too long for UDP.
    return _without(name, kind, "TIMEOUT", "dns-tcp-blocked" if any(error[1] for error in errors) else "dns-timeout")


def _of_refusal(response: dns.message.Message) -> str:
    if response.rcode() == dns.rcode.REFUSED:
        return "dns-refused"
    codes = [error.code for error in response.extended_errors()]
    if any(code in _DNSSEC_CODES for code in codes):
        return "dnssec-broken"
    return "dns-lame" if any(code in _UNREACHABLE_CODES for code in codes) else "dns-server-failure"


async def _behind_failure(resolver: dns.asyncresolver.Resolver, name: str, kind: str) -> str:
    """Why a server failed without saying so: two ways can be found out by asking otherwise."""
    loops, unchecked = await asyncio.gather(_leads_back(resolver, name), _answers_unchecked(resolver, name, kind))
    if loops:
        return "alias-loop"
    return "dnssec-broken" if unchecked else "dns-server-failure"


async def _leads_back(resolver: dns.asyncresolver.Resolver, name: str) -> bool:
    """Whether the aliases of ``name``, followed one by one, come back to one of them."""
    seen = {name}
    for _ in range(_ALIASES):
        reply = await _asked(resolver, name, "CNAME")
        if not reply.records:
            return False
        name = reply.records[0].lower()
        if name in seen:
            return True
        seen.add(name)
    return False


async def _answers_unchecked(resolver: dns.asyncresolver.Resolver, name: str, kind: str) -> bool:
    """Whether the name server does answer when it is told not to check signatures (the CD bit, RFC 4035 3.2.2)."""
    unchecked = dns.asyncresolver.Resolver(configure=False)
    unchecked.nameservers, unchecked.port = resolver.nameservers, resolver.port
    unchecked.lifetime, unchecked.timeout = resolver.lifetime, resolver.timeout
    unchecked.flags = dns.flags.RD | dns.flags.CD
    return (await _asked(unchecked, name, kind)).trouble is None


def _without(name: str, kind: str, rcode: str, trouble: str) -> Reply:
    return Reply(name=name, kind=kind, rcode=rcode, trouble=trouble)


def _points_elsewhere(response: dns.message.Message) -> bool:
    """Whether an empty answer is a referral: the server asked knows nothing itself, and says nothing about the name."""
    return (
        not response.flags & dns.flags.AA
        and any(rrset.rdtype == dns.rdatatype.NS for rrset in response.authority)
        and not any(rrset.rdtype == dns.rdatatype.SOA for rrset in response.authority)
    )


def _chain(response: dns.message.Message) -> list[dns.rrset.RRset]:
    try:
        return response.resolve_chaining().cnames if isinstance(response, dns.message.QueryMessage) else []
    except dns.exception.DNSException:
        return []


def _ttl(response: dns.message.Message) -> int | None:
    """How long the answer stays true; for a "no" what the zone's SOA record allows (RFC 2308 5)."""
    ttls = [rrset.ttl for rrset in response.answer]
    for rrset in response.authority:
        if rrset.rdtype == dns.rdatatype.SOA:
            ttls.append(min(rrset.ttl, rrset[0].minimum))
    return min(ttls) if ttls else None


def _text(name: dns.name.Name) -> str:
    return name.to_text(omit_final_dot=True).lower()
