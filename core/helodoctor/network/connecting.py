"""From a plan to an open conversation: which servers and addresses are tried, in which order, within the limit."""

from __future__ import annotations

import asyncio
import errno
import ipaddress
import ssl
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from msgspec.structs import replace

from helodoctor.model import Line, TrialPlan
from helodoctor.network import resolve
from helodoctor.network.conversation import Conversation, client_context
from helodoctor.network.deadline import Deadline
from helodoctor.network.limits import History
from helodoctor.network.replies import Obstacle

IMPLICIT_TLS_PORT = 465
_RELAY_PORT = 25
_PAUSE = 1.0  # seconds between one server of a domain and the next
_OBSTACLES = {
    errno.ECONNREFUSED: "connection-refused",
    errno.EACCES: "connect-denied",
    errno.EPERM: "connect-denied",
    errno.ENETUNREACH: "no-route",
    errno.EHOSTUNREACH: "no-route",
    errno.EADDRNOTAVAIL: "source-unavailable",
    errno.ETIMEDOUT: "connect-timeout",
}
# Windows' own event loop tells errors of the system instead of those of sockets, with no errno of use (winerror.h).
_WINDOWS_OBSTACLES = {
    121: "connect-timeout",  # ERROR_SEM_TIMEOUT
    1225: "connection-refused",  # ERROR_CONNECTION_REFUSED
    1231: "no-route",  # ERROR_NETWORK_UNREACHABLE
    1232: "no-route",  # ERROR_HOST_UNREACHABLE
}


def is_implicit(plan: TrialPlan) -> bool:
    """Whether encryption starts before the first word (RFC 8314 3)."""
    return plan.tls == "implicit" or (plan.tls == "auto" and plan.target.port == IMPLICIT_TLS_PORT)


def asked_for(host: str) -> str:
    """The name to ask for when encryption starts; an address is never asked for (RFC 6066 3)."""
    return "" if resolve.literal(host) else host


class Connector:
    """Opens the one connection of a trial; ``target`` and ``address`` tell which was tried last, also when it fails.

    ``nameless``: no name will be said, so none counts against the limit.
    """

    def __init__(self, plan: TrialPlan, deadline: Deadline, history: History, *, nameless: bool = False) -> None:
        self.target = plan.target
        self._name = None if nameless else plan.name
        self.address: str | None = None
        self._plan = plan
        self._deadline = deadline
        self._history = history
        self._failures: list[str] = []

    async def open(self, held: ExitStack, on_line: Callable[[Line], None] | None) -> Conversation:
        """The conversation with the first server that answers; ``held`` keeps it counted by the limit.

        Raises:
            Obstacle: none could be reached, and why.
            NetworkProblem: the limit does not allow a trial now.
        """
        hosts = await resolve.mail_hosts(self.target.host) if self._plan.mx else [self.target.host]
        for index, host in enumerate(hosts):
            self.target = replace(self._plan.target, host=host)
            if self.address is not None and not ipaddress.ip_address(self.address).is_loopback:
                await asyncio.sleep(_PAUSE)
            try:
                return await self._reach(host, len(hosts) - index, held, on_line)
            except Obstacle as fault:
                self._failures.append(fault.id)
        raise self.given_up(self._failures.pop())

    def given_up(self, last: str) -> Obstacle:
        """Why nothing could be reached, when ``last`` is what became of the last attempt."""
        failures = {*self._failures, last}
        if self._failures and failures == {"connect-timeout"} and self.target.port == _RELAY_PORT:
            self.target = self._plan.target
            return Obstacle("port-25-blocked")
        return Obstacle(last)

    async def _reach(
        self, host: str, hosts_left: int, held: ExitStack, on_line: Callable[[Line], None] | None
    ) -> Conversation:
        """Try the addresses of one host in turn, each with its fair part of the time left."""
        found = self._usable(await resolve.addresses(host))
        with ExitStack() as counted:
            if not all(ipaddress.ip_address(address).is_loopback for address in found):
                counted.enter_context(self._history.trial((host, *found), self._name, self._deadline.remaining))
            failure = "no-route"
            for index, self.address in enumerate(found):
                left = len(found) - index + hosts_left - 1
                # The last attempt has all the time that is left, also what is added meanwhile.
                share = self._deadline.remaining / left if left > 1 else None
                try:
                    talk = await self._open(self.address, share, on_line)
                except Obstacle as fault:
                    failure = fault.id
                else:
                    held.push(counted.pop_all())
                    return talk
        raise Obstacle(failure)

    def _usable(self, addresses: list[str]) -> list[str]:
        """The addresses that can be reached from the source address asked for."""
        if self._plan.source is None:
            return addresses
        version = ipaddress.ip_address(self._plan.source).version
        return [address for address in addresses if ipaddress.ip_address(address).version == version]

    async def _open(self, address: str, seconds: float | None, on_line: Callable[[Line], None] | None) -> Conversation:
        source = (self._plan.source, 0) if self._plan.source else None
        encryption: dict[str, Any] = {}
        if is_implicit(self._plan):
            encryption = {"ssl": client_context(), "server_hostname": asked_for(self.target.host)}
        try:
            async with asyncio.timeout(seconds):
                reader, writer = await asyncio.open_connection(
                    address, self._plan.target.port, local_addr=source, **encryption
                )
        except TimeoutError as fault:
            raise Obstacle("connect-timeout") from fault
        except ssl.SSLError as fault:
            raise Obstacle("tls-failed") from fault
        except OSError as fault:
            raise Obstacle(_obstacle(fault)) from fault
        return Conversation(reader, writer, on_line)


def _obstacle(fault: OSError) -> str:
    """What a connection that could not be opened met."""
    known = _WINDOWS_OBSTACLES.get(getattr(fault, "winerror", None) or 0)
    return known or _OBSTACLES.get(fault.errno or 0, "reset")
