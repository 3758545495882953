"""Page 3: what a server says to the listener, how it is pointed at it, and all names found side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from helodoctor.knowledge.senders import Pointing, all_systems
from helodoctor.model import Candidate, Case, InputProblem, Target

if TYPE_CHECKING:
    from helodoctor.network.listener import Greeting

_MOST_HEARD = 50


async def attend(
    on_open: Callable[[Target], object],
    on_greeting: Callable[[Greeting], None],
    *,
    host: str = "127.0.0.1",
    port: int = 0,
) -> None:
    """Listen until cancelled; ``on_open`` is told where, ``on_greeting`` every name as it is announced.

    Raises:
        InputProblem: the address cannot be listened on.
    """
    import asyncio

    from helodoctor.network.listener import Listener

    server = Listener(on_greeting, host, port)
    try:
        await server.start()
    except OSError as fault:
        raise InputProblem("cannot-listen", address=server.address, reason=fault.strerror or str(fault)) from fault
    async with server:
        on_open(Target(host=server.host, port=server.port))
        await asyncio.Event().wait()


def heard(case: Case, greeting: Greeting) -> Case:
    """Keep what was announced to the listener as a candidate; the same name by the same client only once."""
    found = Candidate(
        name=greeting.name,
        source="listener",
        where=greeting.client.rpartition(":")[0],
        confidence="sure",
        scope="after-starttls" if greeting.tls else "before-starttls",
    )
    known = sum(one.source == "listener" for one in case.candidates)
    if not greeting.name or found in case.candidates or known >= _MOST_HEARD:
        return case
    return replace(case, candidates=(found, *case.candidates))


def candidates(case: Case) -> tuple[Candidate, ...]:
    """Every name found so far: what was heard by the listener or seen by others first, then what is set."""
    diagnosis = case.diagnosis
    name = (diagnosis.helo_name or diagnosis.report.helo_name) if diagnosis else None
    shown = (Candidate(name=name, source="bounce", where="", confidence="sure", scope="all-mail"),) if name else ()
    return (*shown, *sorted(case.candidates, key=lambda one: one.source not in ("listener", "headers")))


def pointing(system: str | None, target: Target) -> Pointing | None:
    """How ``system`` is pointed at the listener at ``target``; ``None`` where we know no exact setting.

    Raises:
        InputProblem: there is no such system.
    """
    if system is None:
        return None
    if system not in all_systems():
        raise InputProblem("unknown-system", system=system)
    known = all_systems()[system]
    found = known.listener or (all_systems()[known.like].listener if known.like else None)
    if found is None:
        return None
    values = {"{host}": target.host, "{port}": str(target.port)}
    return replace(found, text=_filled(found.text, values), sh=_filled(found.sh, values))


def _filled(template: str | None, values: dict[str, str]) -> str | None:
    for place, value in values.items():
        template = template.replace(place, value) if template else template
    return template
