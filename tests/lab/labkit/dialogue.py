"""A fast, plain SMTP client for the comparisons: bytes in, bytes out, nothing clever (the tested client is ours)."""

from __future__ import annotations

import socket
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from labkit.names import Named
from labkit.network import Desk

CLIENT = "203.0.113.10"
SENDER = "sender@example.test"
RECIPIENT = "user@rcpt.test"
_AT_ONCE = 4


@dataclass(frozen=True)
class Outcome:
    """Where a conversation was refused (``accept`` when nowhere), with which code, and the whole reply.

    The stages are ``banner``, ``helo``, ``mail``, ``rcpt``; the code is ``timeout`` or ``closed`` where no reply came.
    Reply lines are joined by LF.
    """

    stage: str
    code: str
    reply: str


class _Talk:
    def __init__(self, address: str, source: str, timeout: float) -> None:
        self._socket = socket.create_connection((address, 25), timeout, (source, 0))
        self._input = self._socket.makefile("rb")

    def reply(self) -> list[str]:
        """The lines of one reply.

        Raises:
            OSError: the server is silent for too long, or gone.
        """
        lines: list[str] = []
        while not lines or lines[-1][3:4] == "-":
            line = self._input.readline(100_000)
            if not line:
                raise ConnectionError
            lines.append(line.rstrip(b"\r\n").decode("utf-8", "surrogateescape"))
        return lines

    def say(self, command: bytes) -> list[str]:
        self._socket.sendall(command + b"\r\n")
        return self.reply()

    def say_again(self, command: bytes, before: list[str]) -> list[str]:
        """The reply to ``command``, or what was said before where the server hung up after it."""
        try:
            return self.say(command)
        except TimeoutError:
            raise
        except OSError:
            return before

    def close(self) -> None:
        try:
            self.say(b"QUIT")
        except OSError:
            pass
        finally:
            self._input.close()
            self._socket.close()


def converse(address: str, name: Named, source: str, *, falls_back: bool = False, timeout: float = 40.0) -> Outcome:
    """One conversation up to RCPT; with ``falls_back`` a refused EHLO is followed by HELO, as mail servers do."""
    commands = [
        ("helo", name.line("EHLO")),
        ("mail", f"MAIL FROM:<{SENDER}>".encode()),
        ("rcpt", f"RCPT TO:<{RECIPIENT}>".encode()),
    ]
    stage = "banner"
    talk: _Talk | None = None
    try:
        talk = _Talk(address, source, timeout)
        lines = talk.reply()
        while lines[-1][:1] == "2" and commands:
            stage, command = commands.pop(0)
            lines = talk.say(command)
            if falls_back and command[:4] == b"EHLO" and lines[-1][:1] in "45":
                lines = talk.say_again(name.line("HELO"), lines)
    except TimeoutError:
        return Outcome(stage, "timeout", "")
    except OSError:
        return Outcome(stage, "closed", "")
    finally:
        if talk:
            talk.close()
    return Outcome("accept" if lines[-1][:1] == "2" else stage, lines[-1][:3], "\n".join(lines))


def ask(desk: Desk, address: str, names: Sequence[Named], *, falls_back: bool = False) -> list[Outcome]:
    """What the server answers to each name, a few conversations at a time, from the client's desk."""

    def one(name: Named) -> Outcome:
        return converse(address, name, CLIENT, falls_back=falls_back)

    def all_of_them() -> list[Outcome]:
        with ThreadPoolExecutor(_AT_ONCE) as workers:
            return list(workers.map(one, names))

    return desk.call(all_of_them)


def ask_everyone(
    desk: Desk, questions: Iterable[tuple[str, Sequence[Named]]], *, falls_back: bool = False
) -> list[list[Outcome]]:
    """Several servers at once, each as :func:`ask`: (address, names) in, outcomes in the same order."""
    asked = list(questions)
    with ThreadPoolExecutor(max(len(asked), 1)) as workers:
        return list(workers.map(lambda question: ask(desk, *question, falls_back=falls_back), asked))
