"""What a user pastes as proof of the new name: the delivered message, or words that prove nothing."""

from __future__ import annotations

import pytest

from helodoctor import steps
from helodoctor.model import Case, InputProblem

DELIVERED = """\
Return-Path: <anna@firma.example>
Received: from mail.firma.example (mail.firma.example [203.0.113.9])
\tby mx.empfaenger.example (Postfix) with ESMTPS id 4F1C72
\tfor <bert@empfaenger.example>; Mon, 23 Nov 2026 20:07:01 +0100 (CET)
Received: by desk (Postfix, from userid 1000)
\tid 3ACD1; Mon, 23 Nov 2026 20:07:00 +0100 (CET)
From: anna@firma.example
Subject: offer

Here is the offer.
"""


@pytest.mark.parametrize("text", [DELIVERED, DELIVERED.encode()], ids=["text", "bytes"])
def test_a_delivered_message_shows_the_name_that_was_announced(text: str | bytes) -> None:
    [heard] = steps.reread(Case(), text).announcements
    assert (heard.name, heard.source, heard.client) == ("mail.firma.example", "received", "203.0.113.9")


def test_a_text_without_an_announced_name_is_told_so() -> None:
    with pytest.raises(InputProblem) as problem:
        steps.reread(Case(), "Here is the offer.")
    assert problem.value.id == "no-name-in-text"
