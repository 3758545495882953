"""The built-in sample played unattended: refusal, cause, fix, and both facts, all on this machine."""

from __future__ import annotations

from collections.abc import Callable

from helodoctor import steps
from helodoctor.cli.exits import EXIT_FAULT, EXIT_OK
from helodoctor.cli.terminal import Terminal
from helodoctor.model import Case, Guide, Line, ProofState
from helodoctor.network.practice import PracticeServer
from helodoctor.network.sender import Sender
from helodoctor.report import trial as report
from helodoctor.words import Words, proofs, readings
from helodoctor.words import guides as sentences
from helodoctor.words import trials as trial_words

POLICY = "infomaniak"
OLD_NAME, NEW_NAME = "www", "mail.firma.example"
SYSTEM = "postfix"


async def play(terminal: Terminal, words: Words) -> int:
    """Play the sample; 0 when both facts are proven at the end."""
    case = await _refused(terminal, words)
    case = _explained(case, terminal, words)
    terminal.heading(words.sentence("walk", "page", "fixed"))
    terminal.say(words.sentence("walk", "demo", "changed", old=OLD_NAME, name=NEW_NAME))
    case = await steps.hear_sample(case, NEW_NAME)
    case = await steps.practise(case, steps.practice_plan(case, NEW_NAME, POLICY), _shower(terminal, words))
    terminal.say(trial_words.reading(words, case.trials[-1]))
    proof = steps.proof(case)
    terminal.heading(words.sentence("walk", "page", "facts"))
    terminal.say(proofs.says(words, proof))
    terminal.say(proofs.takes(words, proof))
    terminal.say(proofs.state(words, proof))
    return EXIT_OK if proof.state is ProofState.FIXED else EXIT_FAULT


async def _refused(terminal: Terminal, words: Words) -> Case:
    """The built-in sender tries to deliver; its dialogue is what the user would paste."""
    terminal.say(words.sentence("walk", "demo", "start"))
    terminal.heading(words.sentence("walk", "page", "paste"))
    async with PracticeServer(POLICY) as server:
        delivery = await Sender(OLD_NAME).deliver(server.host, server.port, on_line=_shower(terminal, words))
    return steps.judge(steps.read(Case(), "\n".join(line.text for line in delivery.lines)))


def _shower(terminal: Terminal, words: Words) -> Callable[[Line], None]:
    """Shows every line as it is spoken, with its gloss."""
    return lambda line: terminal.show(report.line_as_text(line, words))


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
