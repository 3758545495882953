"""The pages of the walk, asked one after the other in a terminal; the route is the journey's table."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from helodoctor import journey, steps
from helodoctor.cli.exits import EXIT_FAULT, EXIT_OK
from helodoctor.cli.fixing import Fixing
from helodoctor.cli.input import read_bytes
from helodoctor.cli.terminal import Terminal
from helodoctor.journey import Page
from helodoctor.model import (
    Case,
    HeloDoctorError,
    Line,
    ProofState,
    Target,
    TrialPlan,
    Verdict,
)
from helodoctor.network import way_out
from helodoctor.organisation import own_texts
from helodoctor.report import judgement as judgement_report
from helodoctor.report import trial as trial_report
from helodoctor.words import Words, proofs, readings
from helodoctor.words import trials as trial_words
from helodoctor.words.problems import problem

LISTEN_SECONDS = 120
POLICY = "infomaniak"


Trying = Callable[[Case, TrialPlan, Callable[[Line], None]], Awaitable[Case]]


class Walk:
    """One walk: a terminal and a voice; every page takes the case and gives the next one."""

    def __init__(self, terminal: Terminal, words: Words, file: str | None = None) -> None:
        self.terminal = terminal
        self.words = words
        self.file = file
        self.pages: dict[Page, Callable[[Case], Awaitable[Case]]] = {
            Page.PASTE: self.paste,
            Page.HAPPENED: self.happened,
            Page.NAME: self.name,
            Page.JUDGE: self.judge,
            Page.TRY: self.attempt,
            Page.FIX: self.fix,
            Page.FIXED: self.fixed,
        }

    def _tell(self, key: str, part: str, **values: object) -> str:
        return self.words.sentence("walk", key, part, **values)

    def _agree(self, question: str) -> bool:
        return self.terminal.agree(
            self._tell("ask", question), yes=self._tell("ask", "yes"), no=self._tell("ask", "no")
        )

    async def paste(self, case: Case) -> Case:
        """Page 1: the text, from a file or pasted."""
        path = self.file or self.terminal.ask(self._tell("ask", "file"))
        if path:
            return steps.read(case, read_bytes(path))
        self.terminal.say(self._tell("ask", "paste"))
        return steps.read(case, self.terminal.paste())

    async def happened(self, case: Case) -> Case:
        """Page 2: what happened, and what to do next."""
        diagnosis = case.diagnosis
        if diagnosis is not None:
            self.terminal.say(readings.summary(self.words, diagnosis))
            self.terminal.say(readings.next_step(self.words, diagnosis))
            if diagnosis.verdict in (Verdict.NOT_HELO, Verdict.ACCEPTED):
                self.terminal.say(self._tell("tell", "innocent"))
        return case

    async def name(self, case: Case) -> Case:
        """Page 3: the announced name, from the text where it shows it."""
        question = "name" if case.name else "name-open"
        answer = self.terminal.ask(self._tell("ask", question), enter=case.name or "")
        if answer in ("", "?"):
            self.terminal.say(self._tell("tell", "name-unknown"))
            return steps.announce(case, None)
        return steps.announce(case, answer)

    async def judge(self, case: Case) -> Case:
        """Page 4: the findings of the offline rules."""
        case = steps.judge(case)
        if case.judgement:
            self.terminal.show(judgement_report.as_text(case.judgement, self.words))
        return case

    async def attempt(self, case: Case) -> Case:
        """Page 5: one careful trial, on the receiver, on the practice server, or none."""
        told = [self._tell("ask", "try-none"), self._tell("ask", "try-practice")]
        if case.target:
            told.append(self._tell("ask", "try-real", target=case.target))
        choice = self.terminal.choose(self._tell("ask", "try"), told)
        if choice == 1 or case.name is None:
            return case
        if choice == 2:
            return await self._practise(case, case.name)
        assert case.target is not None
        return await self._try(case, steps.trial_plan(case, case.name, case.target))

    async def _practise(self, case: Case, name: str) -> Case:
        return await self._try(case, steps.practice_plan(case, name, POLICY), steps.practise)

    async def _try(self, case: Case, plan: TrialPlan, run: Trying = steps.attempt) -> Case:
        """Show what will be sent, ask, and run; a trial that may not run is told and left out."""
        self.terminal.say(self._tell("ask", "send", target=plan.target, name=plan.name))
        for line in trial_report.plan_lines(plan):
            self.terminal.show(f"    {line}")
        if not self._agree("sure"):
            return case
        try:
            case = await run(case, plan, self._line)
        except HeloDoctorError as fault:
            self.terminal.say(problem(self.words, fault))
            return case
        trial = case.trials[-1]
        self.terminal.show(trial_report.conclusion_as_text(trial, self.words, steps.compare(case, trial)))
        return await self._check_port(case) if way_out.puzzling(trial) else case

    async def _check_port(self, case: Case) -> Case:
        """Nobody was reached: whether port 25 is closed here, found out with the user's consent."""
        self.terminal.say(trial_words.offer(self.words, (known.title for known in way_out.known_hosts())))
        if not self._agree("sure"):
            return case
        try:
            case = await steps.ask_way_out(case)
        except HeloDoctorError as fault:
            self.terminal.say(problem(self.words, fault))
            return case
        self.terminal.show(trial_report.conclusion_as_text(case.trials[-1], self.words))
        return case

    def _line(self, line: Line) -> None:
        self.terminal.show(trial_report.line_as_text(line, self.words))

    async def fix(self, case: Case) -> Case:
        """Page 6: the steps for the mail system and the new name."""
        return await Fixing(self.terminal, self.words).plan(case)

    async def fixed(self, case: Case) -> Case:
        """Page 7: the two facts, each with the offer to prove it now."""
        if case.new_name and self._agree("heard"):
            case = await self._listen(case)
        if case.new_name and self._agree("again"):
            case = await self._practise(case, case.new_name)
        proof = steps.proof(case)
        self.terminal.say(proofs.says(self.words, proof))
        self.terminal.say(proofs.takes(self.words, proof))
        self.terminal.say(proofs.state(self.words, proof))
        self.terminal.say(proofs.next_step(self.words, proof))
        return case

    async def _listen(self, case: Case) -> Case:
        try:
            async with asyncio.timeout(LISTEN_SECONDS):
                return await steps.listen(case, self._opened)
        except TimeoutError:
            self.terminal.say(self._tell("tell", "silent"))
            return case

    def _opened(self, target: Target) -> None:
        self.terminal.say(self._tell("ask", "port", host=target))


async def take(terminal: Terminal, words: Words, file: str | None = None) -> int:
    """Walk from page to page to the end; 1 while something is left to prove or to do, 0 when nothing is.

    Raises:
        InputProblem: the file cannot be read, or nothing was pasted.
    """
    walk = Walk(terminal, words, file)
    case = Case()
    page: Page | None = Page.PASTE
    while page is not None:
        terminal.heading(words.sentence("walk", "page", page))
        for text in own_texts(page) if page is not Page.FIX else ():  # the guide brings its own
            terminal.say(text)
        case = await walk.pages[page](case)
        page = journey.next_page(page, case)
    return _exit_code(case)


def _exit_code(case: Case) -> int:
    diagnosis = case.diagnosis
    at_rest = diagnosis is not None and diagnosis.verdict is Verdict.ACCEPTED
    return EXIT_OK if at_rest or steps.proof(case).state is ProofState.FIXED else EXIT_FAULT
