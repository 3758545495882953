"""The careful live trial: EHLO, perhaps MAIL and RCPT, then goodbye; never DATA (``design.md``, RFC 5321)."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Callable
from datetime import UTC, datetime

from helodoctor.model import Line, Stage, Tls, Trial, TrialPlan
from helodoctor.network import resolve, safety
from helodoctor.network.conversation import Conversation, client_context
from helodoctor.network.deadline import Deadline
from helodoctor.network.outcome import Ending, conclude
from helodoctor.network.replies import Obstacle, Reply

_GOODBYE_SECONDS = 2.0
_IMPLICIT_TLS_PORT = 465


def _connect_obstacle(fault: OSError) -> str:
    if isinstance(fault, ConnectionRefusedError):
        return "connection-refused"
    if fault.errno in (errno.EACCES, errno.EPERM):
        return "connect-denied"
    return "no-route" if fault.errno in (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL) else "reset"


class _Trial:
    """One run of a plan: what has been reached, for the reading at the end."""

    def __init__(self, plan: TrialPlan, on_line: Callable[[Line], None] | None) -> None:
        self.plan = plan
        self.talk: Conversation | None = None
        self.tls: Tls | None = None
        self.extensions: tuple[str, ...] = ()
        self._on_line = on_line
        self._mail_open = False

    async def run(self) -> None:
        """Go through the plan; ends early when a reply says no."""
        self.talk = await self._connect()
        if (await self.talk.reply()).code == 220 and await self._greet() and await self._encrypt():
            await self._envelope()
        await self._goodbye()

    async def _connect(self) -> Conversation:
        target, last = self.plan.target, Obstacle("host-not-found")
        for address in await resolve.addresses(target.host):
            try:
                return await self._open(address)
            except OSError as fault:
                last = Obstacle(_connect_obstacle(fault))
        raise last

    async def _open(self, address: str) -> Conversation:
        plan = self.plan
        implicit = plan.tls == "implicit" or (plan.tls == "auto" and plan.target.port == _IMPLICIT_TLS_PORT)
        reader, writer = await asyncio.open_connection(
            address,
            plan.target.port,
            local_addr=(plan.source, 0) if plan.source else None,
            ssl=client_context() if implicit else None,
        )
        talk = Conversation(reader, writer, self._on_line)
        self.tls = talk.tls() if implicit else None
        return talk

    @property
    def _open_talk(self) -> Conversation:
        assert self.talk is not None
        return self.talk

    async def _greet(self) -> bool:
        """EHLO, and HELO where that is not taken, as mail servers do (RFC 5321 3.2)."""
        reply = await self._open_talk.command(f"EHLO {self.plan.name}", Stage.HELO)
        self.extensions = _extensions(reply)
        if reply.code // 100 == 2 or reply.code == 421:
            return reply.code // 100 == 2
        return (await self._open_talk.command(f"HELO {self.plan.name}", Stage.HELO)).code // 100 == 2

    async def _encrypt(self) -> bool:
        """STARTTLS where it is offered and wanted, then the second greeting, which may be judged differently."""
        offered = any(keyword.upper() == "STARTTLS" for keyword in self.extensions)
        if self.plan.tls in ("off", "implicit") or self._open_talk.encrypted:
            return True
        if not offered:
            if self.plan.tls == "required":
                raise Obstacle("starttls-not-offered")
            return True
        reply = await self._open_talk.command("STARTTLS", Stage.STARTTLS)
        if reply.code != 220:
            return self.plan.tls == "auto"
        self.tls = await self._open_talk.start_tls(self.plan.target.host)
        return await self._greet()

    async def _envelope(self) -> None:
        """MAIL and RCPT with the plan's addresses."""
        plan = self.plan
        if plan.stop_after == "ehlo":
            return
        reply = await self._open_talk.command(f"MAIL FROM:<{plan.sender}>", Stage.MAIL)
        if reply.code // 100 != 2:
            return
        reply = await self._open_talk.command(f"RCPT TO:<{plan.recipient}>", Stage.RCPT)
        self._mail_open = reply.code // 100 == 2

    async def _goodbye(self) -> None:
        """RSET where a mail was begun, and QUIT; what becomes of them no longer matters."""
        try:
            async with asyncio.timeout(_GOODBYE_SECONDS):
                if self._mail_open:
                    await self._open_talk.command("RSET", Stage.UNKNOWN)
                await self._open_talk.command("QUIT", Stage.UNKNOWN)
                await self._open_talk.close()
        except (Obstacle, TimeoutError):
            pass


def _extensions(reply: Reply) -> tuple[str, ...]:
    """The keywords of an EHLO reply, with their parameters (RFC 5321 4.1.1.1)."""
    return tuple(line[4:] for line in reply.text.split("\n")[1:]) if reply.code == 250 else ()


async def probe(
    plan: TrialPlan, *, on_line: Callable[[Line], None] | None = None, deadline: Deadline | None = None
) -> Trial:
    """Carry out ``plan`` once and read the outcome; ``on_line`` sees each line as it is spoken.

    ``deadline`` (default: ``plan.timeout`` seconds over all) may be extended from outside while the trial runs.

    Raises:
        InputProblem: the name or an address may not go on the wire.
        NetworkProblem: the trial may not start now (limits of ``design.md``).
    """
    safety.check_plan(plan)
    started = datetime.now(UTC).isoformat(timespec="seconds")
    trial, obstacle = _Trial(plan, on_line), None
    try:
        async with deadline or Deadline(plan.timeout):
            await trial.run()
    except Obstacle as fault:
        obstacle = fault.id
    except TimeoutError:
        obstacle = "timeout" if trial.talk else "connect-timeout"
    finally:
        if trial.talk:
            trial.talk.abort()
    talk = trial.talk
    ending = Ending(
        obstacle=obstacle,
        stopped_at=talk.stage if talk else Stage.CONNECT,
        address=talk.peer if talk else None,
        source_address=talk.source if talk else None,
        tls=trial.tls,
        extensions=trial.extensions,
        started=started,
    )
    return conclude(plan, talk.lines if talk else [], ending)
