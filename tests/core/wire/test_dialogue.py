"""Conversations: whole replies, answered commands, stages."""

from __future__ import annotations

import pytest

from helodoctor.model import Line, Speaker, Stage
from helodoctor.wire import dialogue
from helodoctor.wire.stages import stage_of


def turns(*lines: str) -> list[tuple[str, Stage, int | None]]:
    spoken: list[tuple[Speaker, str, int, int]] = [
        ("server" if line[0].isdigit() else "us", line, 0, 0) for line in lines
    ]
    return [(turn.speaker, turn.stage, turn.code) for turn in dialogue.turns(spoken)]


def test_replies_answer_commands_in_order() -> None:
    assert turns("220 hi", "EHLO x", "250-a", "250 b", "MAIL FROM:<>", "RCPT TO:<b>", "250 ok", "550 no") == [
        ("server", Stage.CONNECT, 220),
        ("us", Stage.HELO, None),
        ("server", Stage.HELO, 250),
        ("us", Stage.MAIL, None),
        ("us", Stage.RCPT, None),
        ("server", Stage.MAIL, 250),
        ("server", Stage.RCPT, 550),
    ]


def test_a_reply_after_starttls_and_data_has_its_stage() -> None:
    assert [
        stage for _, stage, code in turns("220 hi", "STARTTLS", "454 no", "DATA", "354 go", ".", "550 no") if code
    ] == [Stage.CONNECT, Stage.STARTTLS, Stage.DATA, Stage.DATA]


def test_a_live_dialogue_becomes_one_text_with_offsets() -> None:
    lines = [Line(0.0, "server", "220-a\n220 b"), Line(0.1, "us", "EHLO x")]
    whole, pieces = dialogue.of_lines(lines)
    assert whole == "220-a\n220 b\nEHLO x"
    assert [whole[start:end] for _, _, start, end in pieces] == ["220-a", "220 b", "EHLO x"]


@pytest.mark.parametrize(
    ("words", "stage"),
    [
        ("RCPT TO command", Stage.RCPT),
        ("end of DATA command", Stage.DATA),
        ("MAIL FROM:<a@b> SIZE=1", Stage.MAIL),
        ("EHLO", Stage.HELO),
        ("performing the HELO handshake", Stage.HELO),
        ("initial connection", Stage.CONNECT),
        ("STARTTLS", Stage.STARTTLS),
        ("CONNECT", Stage.CONNECT),
        ("nothing known", Stage.UNKNOWN),
    ],
)
def test_words_for_stages(words: str, stage: Stage) -> None:
    assert stage_of(words) is stage
