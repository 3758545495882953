"""The careful live trial: EHLO, perhaps MAIL and RCPT, then goodbye; never DATA (``design.md``, RFC 5321)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime

from msgspec.structs import replace

from helodoctor.model import Line, Stage, Tls, Trial, TrialPlan
from helodoctor.network import certificates, safety
from helodoctor.network.connecting import Connector, asked_for, is_implicit
from helodoctor.network.conversation import Conversation
from helodoctor.network.deadline import Deadline
from helodoctor.network.limits import History
from helodoctor.network.outcome import Ending, conclude
from helodoctor.network.replies import Obstacle, Reply
from helodoctor.organisation import check_trial

_GOODBYE = 221
_CLOSING = 421  # RFC 5321 3.8: the server will hang up, whatever was asked


async def probe(
    plan: TrialPlan,
    *,
    on_line: Callable[[Line], None] | None = None,
    deadline: Deadline | None = None,
    history: History | None = None,
) -> Trial:
    """Carry out ``plan`` once and read the outcome; ``on_line`` sees each line as it is spoken.

    ``deadline`` (default: ``plan.timeout`` seconds over all) may be extended from outside while the trial runs;
    ``history`` (default: this user's) keeps the limit of ``design.md``. The trial's ``plan`` names the server reached.

    Raises:
        InputProblem: the name or an address may not go on the wire, or the plan cannot be carried out.
        NetworkProblem: the trial may not start now, or the organisation allows none.
    """
    safety.check_plan(plan)
    check_trial(plan)
    started = datetime.now(UTC).isoformat(timespec="seconds")
    deadline = deadline or Deadline(plan.timeout)
    connector = Connector(plan, deadline, history or History())
    run, obstacle = _Run(plan), None
    with ExitStack() as held:
        try:
            async with deadline:
                run.talk = await connector.open(held, on_line)
                run.plan = replace(plan, target=connector.target)
                held.callback(run.talk.abort)
                await run.go()
        except Obstacle as fault:
            obstacle = fault.id
        except TimeoutError:
            obstacle = "timeout" if run.talk else connector.given_up("connect-timeout").id
    ending = run.ending(obstacle, connector.address, started)
    return conclude(replace(plan, target=connector.target, mx=False), run.lines, ending)


class _Run:
    """One run of a plan, and what has been reached in it."""

    def __init__(self, plan: TrialPlan) -> None:
        self.plan = plan
        self.talk: Conversation | None = None
        self.tls: Tls | None = None
        self.extensions: tuple[str, ...] = ()
        self._mail_open = False

    @property
    def lines(self) -> list[Line]:
        """What was said."""
        return self.talk.lines if self.talk else []

    def ending(self, obstacle: str | None, address: str | None, started: str) -> Ending:
        """What is to be known beside the lines."""
        talk = self.talk
        return Ending(
            obstacle=obstacle,
            stopped_at=talk.stage if talk else Stage.CONNECT,
            address=address,
            source_address=talk.source if talk else self.plan.source,
            tls=self._judged_tls(),
            extensions=self.extensions,
            started=started,
        )

    def _judged_tls(self) -> Tls | None:
        """What was agreed on, and whether others would trust the certificate."""
        if self.tls is None or self.talk is None:
            return self.tls
        judged = certificates.judge(self.talk.chain, asked_for(self.plan.target.host))
        return replace(self.tls, certificate_ok=judged.ok, problem=judged.problem)

    async def go(self) -> None:
        """Go through the plan; ends early when a reply says no.

        Raises:
            Obstacle: the conversation could not be led to an end.
        """
        talk = self._talking
        if is_implicit(self.plan):
            self.tls = talk.tls()
        banner = await talk.reply()
        if banner.code // 100 == 2 and banner.code != 220:
            raise Obstacle("unexpected-reply")
        if _yes(banner) and await self._greet() and await self._encrypt():
            await self._envelope()
        await talk.part(*(("RSET", "QUIT") if self._mail_open else ("QUIT",)))

    @property
    def _talking(self) -> Conversation:
        assert self.talk is not None
        return self.talk

    async def _greet(self) -> bool:
        """EHLO, and HELO where that is not taken, as mail servers do (RFC 5321 3.2)."""
        reply = await self._talking.command(f"EHLO {self.plan.name}", Stage.HELO)
        self.extensions = _extensions(reply)
        if _yes(reply) or reply.code == _CLOSING:
            return _yes(reply)
        return _yes(await self._talking.command(f"HELO {self.plan.name}", Stage.HELO))

    async def _encrypt(self) -> bool:
        """STARTTLS where it is offered and wanted, then the second greeting, which may be judged differently."""
        required = self.plan.tls == "required"
        if self.tls or self.plan.tls == "off":
            return True
        if not any(keyword.upper() == "STARTTLS" for keyword in self.extensions):
            if required:
                raise Obstacle("starttls-not-offered")
            return True
        reply = await self._talking.command("STARTTLS", Stage.STARTTLS)
        if reply.code == 220:
            self.tls = await self._talking.start_tls(asked_for(self.plan.target.host))
            return await self._greet()
        if required and reply.code != _CLOSING:
            raise Obstacle("starttls-refused")
        return reply.code != _CLOSING

    async def _envelope(self) -> None:
        """MAIL and RCPT with the plan's addresses."""
        if self.plan.stop_after == "rcpt" and _yes(
            await self._talking.command(f"MAIL FROM:<{self.plan.sender}>", Stage.MAIL)
        ):
            self._mail_open = True
            _yes(await self._talking.command(f"RCPT TO:<{self.plan.recipient}>", Stage.RCPT))


def _yes(reply: Reply) -> bool:
    """Whether a reply lets the conversation go on.

    Raises:
        Obstacle: it asks for more input, which no command of a trial has (3xx), or says goodbye (221) unasked.
    """
    if reply.code // 100 == 3 or reply.code == _GOODBYE:
        raise Obstacle("unexpected-reply")
    return reply.code // 100 == 2


def _extensions(reply: Reply) -> tuple[str, ...]:
    """The keywords of an EHLO reply, with their parameters (RFC 5321 4.1.1.1)."""
    return tuple(line[4:] for line in reply.text.split("\n")[1:]) if _yes(reply) else ()
