"""The careful trial against servers that behave: what is sent, what is read from the answers."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from tests.core.network.scripted import Connection, Script, Scripted, polite

from helodoctor import receivers
from helodoctor.model import InputProblem, Line, Stage, Target, Trial, TrialPlan, TrialVerdict
from helodoctor.network.banners import banners, filter_of
from helodoctor.network.deadline import Deadline
from helodoctor.network.practice import PracticeServer
from helodoctor.network.probe import probe
from helodoctor.words import speak
from helodoctor.words import trials as sentences


def run(script: Script, **changes: Any) -> tuple[Trial, Scripted]:
    """One trial of a scripted server; no trial here may ever send a message."""

    async def trial() -> tuple[Trial, Scripted]:
        async with asyncio.timeout(30), Scripted(script) as server:
            result = await probe(server.plan(**changes))
        return result, server

    result, server = asyncio.run(trial())
    assert not {"DATA", "BDAT"} & set(server.commands)
    return result, server


def answers(*replies: str) -> Script:
    """A server with this banner and these replies, without TLS; all is well with it after that."""

    async def script(talk: Connection) -> None:
        await talk.say(replies[0])
        await talk.answer(*replies[1:])
        while await talk.hear() != "QUIT":
            await talk.say("250 ok")
        await talk.say("221 bye")

    return script


def test_a_trial_goes_as_far_as_the_recipient_and_sends_nothing() -> None:
    trial, server = run(polite)
    assert server.commands == ["EHLO", "STARTTLS", "EHLO", "MAIL", "RCPT", "RSET", "QUIT"]
    assert b"EHLO www\r\n" in server.heard
    assert b"MAIL FROM:<office@sender.example>\r\nRCPT TO:<user@receiver.example>\r\n" in server.heard
    assert (trial.verdict, trial.reached, trial.cause) == (TrialVerdict.ACCEPTED, Stage.RCPT, "accepted")
    assert trial.tls is not None and trial.tls.version == "TLSv1.3"
    assert trial.source_address == trial.address == "127.0.0.1"


def test_the_null_sender_is_sent_as_such() -> None:
    _, server = run(polite, sender="")
    assert b"MAIL FROM:<>\r\n" in server.heard


def test_a_trial_that_ends_at_the_greeting_proves_nothing() -> None:
    trial, server = run(polite, stop_after="ehlo", recipient=None, tls="off")
    assert server.commands == ["EHLO", "QUIT"]
    assert (trial.verdict, trial.reached) == (TrialVerdict.UNDETERMINED, Stage.HELO)


@pytest.mark.parametrize("policy", receivers.policies())
def test_only_a_receiver_known_to_judge_at_the_greeting_accepts_there(policy: str) -> None:
    async def trial() -> Trial:
        async with PracticeServer(policy) as server:
            target = Target(host=server.host, port=server.port)
            return await probe(TrialPlan(target=target, name="mail.sender.org", stop_after="ehlo"))

    result = asyncio.run(trial())
    early = policy in ("gmail-like", "haraka-strict", "qpsmtpd-strict")
    assert result.verdict is (TrialVerdict.ACCEPTED if early else TrialVerdict.UNDETERMINED)
    assert result.reached is Stage.HELO


def test_every_early_judge_is_a_receiver_whose_data_says_so() -> None:
    stages = {receiver.id: receiver.stage for receiver in receivers.receivers()}
    early = [speaker.judges_early for speaker in banners().speaker if speaker.judges_early]
    assert {stages[receiver] for receiver in early} == {Stage.HELO}


def test_every_speaker_is_a_receiver_there_is_data_of() -> None:
    known = {receiver.id for receiver in receivers.receivers()}
    assert known >= {receiver for speaker in banners().speaker for receiver in speaker.receivers}
    assert all(speaker.source and (speaker.banner or speaker.parties) for speaker in banners().speaker)


@pytest.mark.parametrize(
    ("banner", "title"),
    [
        ("220 **********0*2******0***********", "Cisco PIX/ASA Mailguard"),
        ("220*******************0*2******0****", "Cisco PIX/ASA Mailguard"),
        ("220 SMTP/cmap________________read", "Cisco PIX/ASA Mailguard"),
        ("220 *** welcome *** mx.receiver.example ESMTP", None),
        ("220 mx.receiver.example ESMTP Postfix", None),
    ],
)
def test_a_filter_on_the_way_is_known_by_its_first_line(banner: str, title: str | None) -> None:
    trial, _ = run(answers(banner, "250 mx", "250 ok", "250 ok"))
    known = filter_of(trial.dialogue)
    assert (known.title if known else None) == title


def test_a_refused_ehlo_is_followed_by_helo_and_both_replies_are_kept() -> None:
    trial, server = run(answers("220 mx", "550 no EHLO from you", "550 5.7.1 <www>: Helo command rejected"))
    assert server.commands == ["EHLO", "HELO", "QUIT"]
    assert [line.text for line in trial.dialogue if line.stage is Stage.HELO] == [
        "EHLO www", "550 no EHLO from you", "HELO www", "550 5.7.1 <www>: Helo command rejected",
    ]  # fmt: skip
    assert (trial.verdict, trial.refused_at) == (TrialVerdict.REFUSED, Stage.HELO)
    assert (trial.reply_code, trial.enhanced_code) == (550, "5.7.1")
    assert trial.reply_text == "<www>: Helo command rejected"


def test_an_old_server_that_knows_only_helo_is_no_refusal() -> None:
    trial, server = run(answers("220 mx", "502 what?", "250 mx", "250 ok", "250 ok"))
    assert server.commands == ["EHLO", "HELO", "MAIL", "RCPT", "RSET", "QUIT"]
    assert trial.verdict is TrialVerdict.ACCEPTED


@pytest.mark.parametrize(("first", "second"), [("550 5.7.1 no FQDN", True), ("450 later", True), ("502 what?", False)])
def test_an_ehlo_that_was_turned_away_is_told_though_helo_was_taken(first: str, second: bool) -> None:
    """Haraka's helo.checks answers the two in different ways."""
    trial, _ = run(answers("220 mx", first, "250 mx", "250 ok", "250 ok"))
    assert trial.verdict is TrialVerdict.ACCEPTED
    assert ("at the first greeting (EHLO)" in sentences.reading(speak("en"), trial)) is second


def test_a_refusal_for_another_reason_clears_the_name_even_after_a_refused_ehlo() -> None:
    replies = ("220 mx", "502 what?", "250 mx", "250 ok", "550 5.1.1 user unknown")
    trial, _ = run(answers(*replies))
    assert (trial.verdict, trial.refused_at) == (TrialVerdict.REFUSED, Stage.RCPT)
    assert trial.cause == "not-helo-user-unknown"


@pytest.mark.parametrize(
    ("replies", "stage", "verdict"),
    [
        (("554 5.7.1 go away",), Stage.CONNECT, TrialVerdict.REFUSED),
        (("421 4.3.2 busy",), Stage.CONNECT, TrialVerdict.TEMPFAIL),
        (("220 mx", "421 4.7.0 later"), Stage.HELO, TrialVerdict.TEMPFAIL),
        (("220 mx", "250 mx", "450 4.7.1 <www>: Helo command rejected: Host not found"), Stage.MAIL,
         TrialVerdict.TEMPFAIL),
        (("220 mx", "250 mx", "250 ok", "504 5.5.2 <www>: Helo command rejected: need fully-qualified hostname",
          "250 ok"), Stage.RCPT, TrialVerdict.REFUSED),
    ],
)  # fmt: skip
def test_the_stage_of_the_refusal(replies: tuple[str, ...], stage: Stage, verdict: TrialVerdict) -> None:
    trial, _ = run(answers(*replies))
    assert (trial.verdict, trial.refused_at, trial.reached) == (verdict, stage, stage)


@pytest.mark.parametrize(
    ("replies", "verdict", "code", "text"),
    [
        (("220********0*2*******", "500 x", "250 mx", "250 ok", "250 ok"), "accepted", 250, "ok"),
        (("220\tmx", "250mx", "250 ok", "550No such name"), "refused", 550, "No such name"),
        (("220", "250", "250", "550"), "refused", 550, ""),
    ],
)
def test_a_missing_blank_after_the_code_stops_nobody(
    replies: tuple[str, ...], verdict: str, code: int, text: str
) -> None:
    trial, _ = run(answers(*replies))
    assert (trial.verdict, trial.reply_code, trial.reply_text) == (verdict, code, text)


@pytest.mark.parametrize(("name", "cause"), [("www", "unknown"), ("", "helo-missing")])
def test_a_server_that_wants_the_greeting_it_has_had_says_nothing_of_the_name(name: str, cause: str) -> None:
    trial, _ = run(answers("220 mx", "250 mx", "503 5.5.1 Error: send HELO/EHLO first"), name=name)
    assert (trial.verdict, trial.cause) == (TrialVerdict.REFUSED, cause)


@pytest.mark.parametrize(
    ("replies", "verdict", "cause"),
    [
        (("521 mx does not accept mail",), "refused", "not-helo-other"),
        (("554-gmx.net (mxgmx1) Nemesis ESMTP Service not available\r\n554-Bad DNS PTR resource record.\r\n554 bye",),
         "refused", "not-helo-ptr"),
        (("220 mx", "250 mx", "530 5.7.0 Must issue a STARTTLS command first"), "refused", "not-helo-tls"),
        (("220 mx", "250 mx", "530 5.7.0 Authentication required"), "refused", "not-helo-auth"),
        (("220 mx", "250 mx", "550 5.7.1 SPF check of HELO identity www failed"), "refused", "not-helo-spf"),
        (("220 mx", "250 mx", "452 4.3.1 Insufficient system storage"), "tempfail", "not-helo-other"),
        (("220 mx", "250 mx", "250 ok", "251 User not local; will forward"), "accepted", "accepted"),
        (("220 mx", "250 mx", "250 ok", "252 Cannot VRFY user"), "accepted", "accepted"),
        (("220 mx", "250 mx", "250 ok", "556 5.1.10 Domain does not accept mail"), "refused", "not-helo-other"),
        (("220 mx", "250 mx", "250 ok", "550 Ihr Server meldet sich mit ungueltigem HELO"), "refused", "helo-not-fqdn"),
        (("220 mx", "250 mx", "250 ok", "550 5.7.1 bad\rHELO"), "refused", "unknown"),
        (("220 mx", "502 what", "502 what"), "refused", "unknown"),
        (("220 mx", "250 mx", "250 ok", "250 ok", "550 no RSET"), "accepted", "accepted"),
    ],
)  # fmt: skip
def test_odd_answers_are_read_right(replies: tuple[str, ...], verdict: str, cause: str) -> None:
    trial, _ = run(answers(*replies))
    assert (trial.verdict, trial.cause) == (verdict, cause)


def test_a_goodbye_instead_of_an_answer_is_no_yes() -> None:
    trial, _ = run(answers("220 mx", "221 bye"))
    assert (trial.verdict, trial.obstacle, trial.stopped_at) == ("undetermined", "unexpected-reply", Stage.HELO)


def test_the_last_line_of_a_reply_counts() -> None:
    trial, _ = run(answers("220 mx", "250 mx", "250 ok", "550-5.7.1 see\r\n550-5.7.1 our page\r\n550 5.7.1 bye"))
    assert (trial.reply_code, trial.enhanced_code, trial.reply_text) == (550, "5.7.1", "see our page bye")
    assert trial.dialogue[-1].text == "221 bye"


def test_extensions_are_kept_with_their_parameters() -> None:
    trial, _ = run(answers("220 mx", "250-mx hello\r\n250-SIZE 1000\r\n250 AUTH PLAIN", "250 ok", "550 no"))
    assert trial.extensions == ("SIZE 1000", "AUTH PLAIN")


def test_encryption_can_be_left_out() -> None:
    trial, server = run(polite, tls="off", stop_after="ehlo")
    assert "STARTTLS" not in server.commands
    assert trial.tls is None


def test_encryption_that_is_required_but_not_offered_ends_the_trial() -> None:
    trial, server = run(answers("220 mx", "250 mx"), tls="required")
    assert (trial.verdict, trial.obstacle) == (TrialVerdict.UNDETERMINED, "starttls-not-offered")
    assert server.commands == ["EHLO"]


def test_encryption_that_is_refused_is_gone_without_unless_required() -> None:
    replies = ("220 mx", "250-mx\r\n250 STARTTLS", "454 4.7.0 not now", "250 ok", "250 ok", "250 ok")
    assert run(answers(*replies))[0].verdict is TrialVerdict.ACCEPTED
    assert run(answers(*replies), tls="required")[0].obstacle == "starttls-refused"


def test_every_line_is_told_as_it_is_spoken() -> None:
    seen: list[Line] = []

    async def trial() -> Trial:
        async with PracticeServer() as server:
            target = Target(host=server.host, port=server.port)
            plan = TrialPlan(target=target, name="www", recipient="user@receiver.example")
            return await probe(plan, on_line=seen.append)

    told = asyncio.run(trial()).dialogue
    assert tuple(seen) == told
    assert [line.t for line in seen] == sorted(line.t for line in seen)


def test_the_deadline_can_be_extended_while_the_trial_runs() -> None:
    async def slow(talk: Connection) -> None:
        await asyncio.sleep(0.3)
        await polite(talk)

    async def trial() -> Trial:
        deadline = Deadline(0.1)
        async with Scripted(slow) as server:
            running = asyncio.create_task(probe(server.plan(), deadline=deadline))
            await asyncio.sleep(0.02)
            deadline.extend(20)
            return await running

    assert asyncio.run(trial()).verdict is TrialVerdict.ACCEPTED


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"recipient": None}, "recipient-missing"),
        ({"source": "here"}, "source-unusable"),
        ({"timeout": 0.0}, "timeout-unusable"),
        ({"timeout": float("nan")}, "timeout-unusable"),
        ({"name": "x" * 506}, "name-too-long-to-send"),
    ],
)
def test_a_plan_that_cannot_be_carried_out_is_said_before_any_connection(changes: dict[str, Any], problem: str) -> None:
    with pytest.raises(InputProblem) as raised:
        run(polite, **changes)
    assert raised.value.id == problem


def test_nothing_listening_is_not_a_refusal() -> None:
    async def trial() -> Trial:
        async with Scripted(polite) as server:
            plan = server.plan()
        return await probe(plan)

    result = asyncio.run(trial())
    assert (result.verdict, result.obstacle) == (TrialVerdict.UNREACHABLE, "connection-refused")
    assert result.address == "127.0.0.1"


def test_the_source_address_is_used() -> None:
    trial, _ = run(polite, source="127.0.0.7")
    assert trial.source_address == "127.0.0.7"


def test_a_source_address_of_another_machine_is_said() -> None:
    trial, _ = run(polite, source="192.0.2.7")
    assert (trial.verdict, trial.obstacle) == (TrialVerdict.UNREACHABLE, "source-unavailable")


def test_ipv6_and_a_source_of_the_other_family() -> None:
    async def trial(source: str | None) -> Trial:
        async with PracticeServer(host="::1") as server:
            target = Target(host="::1", port=server.port)
            return await probe(TrialPlan(target=target, name="www", recipient="user@receiver.example", source=source))

    assert asyncio.run(trial(None)).verdict is TrialVerdict.REFUSED
    assert asyncio.run(trial("127.0.0.1")).obstacle == "no-route"
