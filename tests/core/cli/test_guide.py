"""helodoctor guide: the walk with its questions answered from a script, and the sample played unattended."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from helodoctor import steps
from helodoctor.cli import main
from helodoctor.cli.terminal import Terminal
from helodoctor.model import Case, NetworkProblem

NAME = "mail.firma.example"
REFUSED = """220 mx.receiver.example ESMTP
HELO www
250 mx.receiver.example
MAIL FROM:<office@sender.example>
250 2.1.0 Ok
RCPT TO:<user@receiver.example>
504 5.5.2 <www>: Helo command rejected: need fully-qualified hostname
"""


@pytest.fixture
def bounce(tmp_path: Path) -> str:
    path = tmp_path / "bounce.txt"
    path.write_text(REFUSED)
    return str(path)


def answer(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_the_demo_shows_refusal_cause_fix_and_acceptance_in_this_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["guide", "--demo"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    marks = (
        "> EHLO www",
        "550 5.7.1 user@receiver.example... Access denied - bogus HELO [1]",
        "introduced itself as “www”",
        "sudo postconf -e 'smtp_helo_name = mail.firma.example'",
        f"> EHLO {NAME}",
        f"The listener heard {NAME} from your server",
        f"The practice server took the name {NAME}",
        "Fixed: your server says the new name, and the receiver takes it.",
    )
    positions = [out.index(mark) for mark in marks]
    assert positions == sorted(positions)


def test_the_whole_walk_by_hand(
    bounce: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "", "2", "yes", "postfix", NAME, "no", "", "no", "yes", "yes")
    assert main(["guide", bounce]) == 1
    out = capsys.readouterr().out
    for page in ("2  What happened", "4  Is it a good name?", "5  Try it", "6  Fix it", "7  Is it fixed?"):
        assert page in out
    assert "> EHLO www" in out
    assert "smtp_helo_name = mail.firma.example" in out
    assert f"> EHLO {NAME}" in out
    assert "Half proven: the receiver takes the new name" in out


def test_a_text_can_be_pasted(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, "", *REFUSED.splitlines(), ".", "?")
    assert main(["guide"]) == 1
    out = capsys.readouterr().out
    assert "Then the steps begin with finding it out." in out
    assert "5  Try it" not in out


def test_at_the_end_of_the_input_every_question_is_answered_by_enter(
    bounce: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch)
    assert main(["guide", bounce]) == 1
    out = capsys.readouterr().out
    assert "Not proven yet." in out
    assert "> EHLO" not in out, "nothing is sent without a yes"


def test_a_name_that_cannot_be_set_is_asked_for_again(
    bounce: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "", "1", "nosuchsystem", "127.0.0.1", NAME)
    assert main(["guide", bounce]) == 1
    out = capsys.readouterr().out
    assert "There is no mail system with “nosuchsystem” in its name" in out
    assert "“127.0.0.1” cannot be used as the new" in out
    assert f"nslookup {NAME}" in out


def test_several_systems_of_one_name_are_offered(
    bounce: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "", "1", "exim", "2", NAME)
    assert main(["guide", bounce]) == 1
    out = capsys.readouterr().out
    assert "  1  Exim 4" in out
    assert "REMOTE_SMTP_HELO_DATA = mail.firma.example" in out


def test_a_bounce_that_clears_the_name_ends_on_page_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bounce.txt"
    path.write_text("550 5.1.1 <nobody@receiver.example>: Recipient address rejected: User unknown in local table\n")
    answer(monkeypatch)
    assert main(["guide", str(path)]) == 1
    out = capsys.readouterr().out
    assert "The name is not to blame, so the walk ends here." in out
    assert "3  The name" not in out


def test_a_few_questions_lead_to_the_system(
    bounce: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "", "1", "", "2", "5", NAME)
    assert main(["guide", bounce]) == 1
    out = capsys.readouterr().out
    assert "What kind of device is it?" in out
    assert "MailPlus Server › Mail Delivery" in out


def test_who_answers_no_question_gets_the_letter_for_the_helpdesk(
    bounce: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "", "1", "", "", NAME)
    main(["guide", bounce])
    assert "Help with the name of our mail server" in capsys.readouterr().out


def test_a_step_that_did_not_work_leads_from_reason_to_reason_to_a_letter(
    bounce: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "", "1", "postfix", NAME, "no", "6b", *["yes"] * 3, "6c", "no")
    main(["guide", bounce])
    out = " ".join(capsys.readouterr().out.partition("Did a step not work?")[2].split())
    marks = ("The account may not do this", "This is not the machine", "docker ps", "We do not get on at step 6b")
    positions = [out.index(mark) for mark in marks]
    assert positions == sorted(positions)
    assert out.count("The account may not do this") == 2


def test_the_dns_is_asked_only_after_a_yes(
    bounce: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str | None] = []

    async def ask(case: Case, resolver: str | None = None) -> Case:
        asked.append(case.new_name)
        raise NetworkProblem("no-name-server")

    monkeypatch.setattr(steps, "ask_new_name", ask)
    for agreed in ("no", "yes"):
        answer(monkeypatch, "", "1", "postfix", NAME, agreed)
        main(["guide", bounce])
    assert asked == [NAME]


def test_nothing_pasted_is_told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, "", ".")
    assert main(["guide"]) == 2
    assert capsys.readouterr().err.startswith("helodoctor guide: There is nothing to read")


def test_an_endless_line_is_cut_at_the_bound() -> None:
    pasted = Terminal(io.StringIO("x" * 3_000_000), io.StringIO()).paste()
    assert len(pasted) <= 2_000_001
