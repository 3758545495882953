"""The practice server: a receiver that judges HELO names by a chosen policy, with real replies at real stages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from helodoctor import receivers
from helodoctor.model import Answer, Stage, TrialVerdict
from helodoctor.network.plain import printable
from helodoctor.network.server import MailServer, ServerProtocol, address_and_port
from helodoctor.receivers.decision import Decision, fill


class Judged(Struct, frozen=True, kw_only=True):
    """One conversation the practice server has judged: who announced what, and what became of it."""

    client: str
    name: str
    verb: str
    tls: bool
    verdict: TrialVerdict
    stage: Stage
    reply: str
    assumed: tuple[str, ...] = ()


class _Practice(ServerProtocol):
    def __init__(self, server: PracticeServer) -> None:
        self._texts = server.dialogue
        super().__init__(server, self._texts.host, self._texts.banner.removeprefix(self._texts.host).strip())
        self._server = server
        self._decision = Decision(answer=Answer.ACCEPT)
        self._verb = self._name = ""
        self._judged: Judged | None = None

    def greeted(self, verb: str, name: str) -> Sequence[str]:
        """The greeting is judged anew each time, after STARTTLS too."""
        self._verb, self._name = verb, name
        self._decision = receivers.decide(self._server.policy, name, self._server.facts_of(self.client[0]), verb=verb)
        if (no := self._refusal(Stage.HELO)) is not None:
            return no
        if verb == "HELO":
            return (f"250 {self._text(self._texts.helo)}",)
        extensions = [word for word in self._texts.extensions if word != "STARTTLS" or not self.encrypted]
        rows = [self._text(self._texts.ehlo), *extensions]
        return [f"250-{row}" for row in rows[:-1]] + [f"250 {rows[-1]}"]

    def mailed(self) -> Sequence[str]:
        """MAIL, where some policies refuse."""
        return self._refusal(Stage.MAIL) or (f"250 {self._text(self._texts.mail)}",)

    def addressed(self) -> Sequence[str]:
        """RCPT, where most policies refuse."""
        if (no := self._refusal(Stage.RCPT)) is not None:
            return no
        yes = f"250 {self._text(self._texts.rcpt)}"
        self._note(TrialVerdict.ACCEPTED, Stage.RCPT, yes)
        return (yes,)

    def invited(self) -> str:
        """DATA, in the receiver's words."""
        return f"354 {self._texts.data}"

    def received(self) -> Sequence[str]:
        """The end of a message, where policies that score would refuse."""
        return self._refusal(Stage.DATA) or (f"250 {self._text(self._texts.message)}",)

    async def smtp_QUIT(self, _arg: str | None) -> None:  # noqa: N802
        """Goodbye in the receiver's words."""
        await self.say(f"221 {self._text(self._texts.quit)}")
        assert self.transport is not None
        self.transport.close()

    def _text(self, text: str) -> str:
        return fill(
            text,
            host=self._texts.host,
            name=self._name,
            ip=self.client[0],
            sender=self.sender,
            recipient=self.recipient,
        )

    def _refusal(self, stage: Stage) -> tuple[str, ...] | None:
        """The policy's refusal if this is the stage it is spoken at."""
        decision = self._decision
        if not decision.refuses or decision.stage is not stage:
            return None
        lines = decision.lines(sender=self.sender, recipient=self.recipient)
        verdict = TrialVerdict.REFUSED if decision.answer is Answer.REJECT else TrialVerdict.TEMPFAIL
        self._note(verdict, stage, " ".join(lines))
        self.hangs_up = decision.closes
        return lines

    def _note(self, verdict: TrialVerdict, stage: Stage, reply: str) -> None:
        """Keep what became of this mail; the last word of a conversation is its outcome."""
        self._judged = Judged(
            client=address_and_port(*self.client),
            name=printable(self._name),
            verb=self._verb,
            tls=self.encrypted,
            verdict=verdict,
            stage=stage,
            reply=printable(reply),
            assumed=self._decision.assumed,
        )

    def finished(self) -> None:
        """Tell of a conversation that came to a verdict."""
        if self._judged is not None and self._server.on_conversation is not None:
            self._server.on_conversation(self._judged)


class PracticeServer(MailServer):
    """An async context with ``host`` and ``port``; ``policy`` is one of ``receivers.policies()``.

    It asks no DNS: ``facts`` maps names to what is to be held true of them; of other names the policy assumes that a
    well-formed public one belongs to the client. It keeps and relays no mail.

    Raises:
        InputProblem: there is no such policy.
    """

    def __init__(
        self,
        policy: str = "infomaniak",
        host: str = "127.0.0.1",
        port: int = 0,
        facts: Mapping[str, receivers.Host] | None = None,
        on_conversation: Callable[[Judged], None] | None = None,
    ) -> None:
        super().__init__(host, port)
        self.policy = policy
        self.dialogue = receivers.dialogue(policy)
        self.on_conversation = on_conversation
        self._facts = facts or {}

    def protocol(self) -> ServerProtocol:
        """A new conversation."""
        return _Practice(self)

    def facts_of(self, client_ip: str) -> receivers.Facts:
        """What the policy is told about the client and the names."""
        return receivers.Facts(ip=client_ip, hosts=self._facts)
