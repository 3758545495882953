"""The point of the conversation that a word of a log or bounce stands for."""

from __future__ import annotations

import re

from helodoctor.model import Stage

_WORDS = (
    (re.compile(r"starttls|\btls\b", re.IGNORECASE), Stage.STARTTLS),
    (
        re.compile(
            r"end of (?:data|message)|end-of-|\bdata\b|bdat|pipelin|message body|\beom\b|\bdot\b", re.IGNORECASE
        ),
        Stage.DATA,
    ),
    (re.compile(r"rcpt|recipient", re.IGNORECASE), Stage.RCPT),
    (re.compile(r"\bmail\b|sender|\bfrom\b|envelope", re.IGNORECASE), Stage.MAIL),
    (re.compile(r"auth", re.IGNORECASE), Stage.AUTH),
    (re.compile(r"helo|ehlo|lhlo|hello", re.IGNORECASE), Stage.HELO),
    (re.compile(r"connect|greeting|banner", re.IGNORECASE), Stage.CONNECT),
)


_VERB = re.compile(r"\W*(?:pipelined )?(?P<verb>ehlo|helo|lhlo|mail|rcpt|data|bdat|starttls|auth)\b", re.IGNORECASE)


def stage_of(words: str) -> Stage:
    """The stage that ``words`` (``"RCPT TO command"``, ``"end of data"``, ``"CONNECT"``) name, else unknown."""
    verb = _VERB.match(words)  # "EHLO mail.sender.example": the verb counts, not the words of its argument
    words = verb["verb"] if verb else words
    return next((stage for pattern, stage in _WORDS if pattern.search(words)), Stage.UNKNOWN)
