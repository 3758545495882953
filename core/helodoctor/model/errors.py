"""The exception tree, whole on one page.

    HeloDoctorError            its ``id`` and values are worded by ``words.problem``
      InputProblem             what was given cannot be used (exit code 2)
      NetworkProblem           the other side or the way to it did not answer (exit code 3)
"""

from __future__ import annotations


class HeloDoctorError(Exception):
    """A condition the user is told about in one sentence: ``id`` keys the words, ``values`` fill its places."""

    def __init__(self, problem_id: str, **values: str) -> None:
        super().__init__(problem_id, values)
        self.id = problem_id
        self.values = values


class InputProblem(HeloDoctorError):
    """The input or the arguments cannot be used."""


class NetworkProblem(HeloDoctorError):
    """The network or the server did not answer."""
