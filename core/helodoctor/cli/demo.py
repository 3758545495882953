"""The built-in sample played unattended: refusal, cause, fix, and both facts, all on this machine."""

from __future__ import annotations

import asyncio

from helodoctor import steps
from helodoctor.cli.main import EXIT_FAULT, EXIT_OK
from helodoctor.cli.terminal import Terminal
from helodoctor.model import Announcement, Case, Guide, Line, ProofState, Target
from helodoctor.network.listener import Greeting, Listener
from helodoctor.network.practice import PracticeServer
from helodoctor.network.sender import Sender
from helodoctor.report import trial as report
from helodoctor.words import Words, proofs, readings
from helodoctor.words import guides as sentences

POLICY = "infomaniak"
OLD_NAME, NEW_NAME = "www", "mail.firma.example"
SYSTEM = "postfix"


async def play(terminal: Terminal, words: Words) -> int:
    """Play the sample; 0 when both facts are proven at the end."""
    sender = Sender(OLD_NAME)
    case = await _refused(sender, terminal, words)
    case = _explained(case, terminal, words)
    sender.name = NEW_NAME
    async with PracticeServer(POLICY) as server:
        case = await _heard(case, sender, terminal, words)
        case = await _taken(case, Target(host=server.host, port=server.port, policy=POLICY), terminal, words)
    proof = steps.proof(case)
    terminal.heading(words.sentence("walk", "page", "facts"))
    terminal.say(proofs.says(words, proof))
    terminal.say(proofs.takes(words, proof))
    terminal.say(proofs.state(words, proof))
    return EXIT_OK if proof.state is ProofState.FIXED else EXIT_FAULT


async def _refused(sender: Sender, terminal: Terminal, words: Words) -> Case:
    """The built-in sender tries to deliver; its dialogue is what the user would paste."""
    terminal.say(words.sentence("walk", "demo", "start"))
    terminal.heading(words.sentence("walk", "page", "paste"))
    spoken: list[str] = []

    def show(line: Line) -> None:
        spoken.append(line.text)
        terminal.show(report.line_as_text(line, words))

    async with PracticeServer(POLICY) as server:
        await sender.deliver(server.host, server.port, on_line=show)
    return steps.judge(steps.read(Case(), "\n".join(spoken)))


def _explained(case: Case, terminal: Terminal, words: Words) -> Case:
    """What happened, and the steps that mend it."""
    diagnosis = case.diagnosis
    assert diagnosis is not None
    terminal.heading(words.sentence("walk", "page", "happened"))
    terminal.say(readings.summary(words, diagnosis))
    terminal.say(readings.next_step(words, diagnosis))
    case = steps.plan_fix(case, SYSTEM, NEW_NAME)
    assert case.guide is not None
    terminal.heading(words.sentence("walk", "page", "fix"))
    terminal.say(words.sentence("walk", "demo", "fix", system=sentences.system_title(words, SYSTEM), name=NEW_NAME))
    _outline(case.guide, terminal, words)
    return case


def _outline(guide: Guide, terminal: Terminal, words: Words) -> None:
    for step in guide.steps:
        terminal.show(f"  {step.number}  {sentences.phrase(words, step.title)}")
        if step.command:
            terminal.show(f"        {step.command}")


async def _heard(case: Case, sender: Sender, terminal: Terminal, words: Words) -> Case:
    """The first fact: the sender, its name changed, is heard by the listener."""
    terminal.heading(words.sentence("walk", "page", "fixed"))
    terminal.say(words.sentence("walk", "demo", "changed", old=OLD_NAME, name=NEW_NAME))
    heard: asyncio.Queue[Greeting] = asyncio.Queue()
    async with Listener(heard.put_nowait) as listener:
        await sender.deliver(listener.host, listener.port)
    greeting = heard.get_nowait()
    return steps.hear(
        case, Announcement(name=greeting.name, source="listener", time=greeting.time, client=greeting.client)
    )


async def _taken(case: Case, target: Target, terminal: Terminal, words: Words) -> Case:
    """The second fact: the practice server, asked again, takes the new name."""
    case = await steps.attempt(
        case,
        steps.trial_plan(case, NEW_NAME, target),
        on_line=lambda line: terminal.show(report.line_as_text(line, words)),
    )
    terminal.say(report.conclusion_as_text(case.trials[-1], words).splitlines()[0])
    return case
