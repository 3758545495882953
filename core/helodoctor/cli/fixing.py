"""Page 6 in the terminal: which system, which name, the DNS, the steps, and what if one of them did not work."""

from __future__ import annotations

from helodoctor import guides, steps
from helodoctor.cli.terminal import Terminal
from helodoctor.model import Case, HeloDoctorError, InputProblem, Reason
from helodoctor.report import guide as report
from helodoctor.words import Words
from helodoctor.words import guides as sentences
from helodoctor.words.problems import problem


class Fixing:
    """Asks and tells until the case has a guide and nothing is stuck."""

    def __init__(self, terminal: Terminal, words: Words) -> None:
        self.terminal = terminal
        self.words = words

    async def plan(self, case: Case) -> Case:
        """The case with its guide, shown step by step."""
        system = self._system(steps.likely_system(case) or "")
        suggestion = (case.judgement.suggestion if case.judgement else None) or ""
        planned = self._planned(case, system, self._new_name(suggestion))
        while planned is None:
            planned = self._planned(case, system, self._new_name())
        if planned.new_name and self._agree("dns"):
            planned = await self._asked(planned)
        assert planned.guide is not None
        self.terminal.show("\n" + report.as_text(planned.guide, self.words))
        self._stuck(planned)
        return planned

    def _tell(self, key: str, part: str, **values: object) -> str:
        return self.words.sentence("walk", key, part, **values)

    def _agree(self, question: str) -> bool:
        return self.terminal.agree(
            self._tell("ask", question), yes=self._tell("ask", "yes"), no=self._tell("ask", "no")
        )

    # The two questions

    def _new_name(self, suggestion: str = "") -> str:
        return self.terminal.ask(self._tell("ask", "new-name"), enter=suggestion)

    def _planned(self, case: Case, system: str, name: str) -> Case | None:
        """The case with its guide; ``None``, with the reason told, for a name that cannot be set."""
        try:
            return steps.plan_fix(case, system, name or None)
        except InputProblem as fault:
            self.terminal.say(problem(self.words, fault))
            return None

    def _system(self, likely: str) -> str:
        """The id of the mail system that the words typed, or a few questions, lead to."""
        text = self.terminal.ask(self._tell("ask", "system"), enter=likely).lower()
        if likely and text == likely:
            return likely
        if not text:
            return self._questioned()
        found = [system for system in guides.systems() if system.has_guide and self._fits(system, text)]
        if not found:
            self.terminal.say(self._tell("tell", "not-found", text=text))
            return "unknown"
        if len(found) == 1:
            return found[0].id
        titles = [sentences.system_title(self.words, system.id) for system in found]
        return found[self.terminal.choose(self._tell("ask", "several"), titles) - 1].id

    def _fits(self, system: guides.System, text: str) -> bool:
        return text in system.id or text in sentences.system_title(self.words, system.id).lower()

    def _questioned(self) -> str:
        """One question after the other; Enter means that none fits, which leads to a helpdesk."""
        key: str | None = "start"
        while key is not None:
            answers = guides.questions()[key]
            told = [sentences.answer(self.words, answer) for answer in answers]
            answer = answers[self.terminal.choose(sentences.question(self.words, key), told, enter=len(told)) - 1]
            key = answer.question
        assert answer.system is not None  # an answer leads to a question or to a system
        return answer.system

    async def _asked(self, case: Case) -> Case:
        try:
            return await steps.ask_new_name(case)
        except HeloDoctorError as fault:
            self.terminal.say(problem(self.words, fault))
            return case

    # What did not work

    def _stuck(self, case: Case) -> None:
        numbers = {step.number: step.id for step in case.guide.steps} if case.guide else {}
        while (number := self.terminal.ask(self._tell("ask", "stuck")).lower()) in numbers:
            for reason in steps.stuck(case, numbers[number]):
                self._tell_reason(reason)
                if reason.letter is None and not self._agree("next-reason"):
                    break

    def _tell_reason(self, reason: Reason) -> None:
        self.terminal.say(sentences.phrase(self.words, reason.title) or "")
        self.terminal.say(sentences.phrase(self.words, reason.look) or "", indent=4)
        if reason.command:
            self.terminal.show(f"        {reason.command}")
        if reason.letter:
            self.terminal.show("\n".join(report.letter_lines(reason.letter, self.words)))
