"""``helodoctor triage`` as scripts and people use it: many messages in, one line each out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helodoctor.bounce.mailboxes import MESSAGE_BOUND, Place, places
from helodoctor.cli import main

REFUSED = "504 5.5.2 <srv{}>: Helo command rejected: need fully-qualified hostname\n"
FULL = "552 5.2.2 <anna@kolibri.example>: Mailbox is full\n"
POEM = "The mail came back at break of day,\nand no one knew what it would say.\n"


def mbox(*texts: str, end: str = "\n") -> bytes:
    head = "From MAILER-DAEMON Mon Nov 23 17:00:00 2026\nSubject: failure\n\n"
    return "\n".join(head + text for text in texts).replace("\n", end).encode()


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str], str]:
    code = main(["triage", *arguments])
    shown = capsys.readouterr()
    return code, shown.out.splitlines(), shown.err


def objects(lines: list[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in lines]


def test_each_file_of_a_folder_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "a.txt").write_text(REFUSED.format(1))
    (tmp_path / "deep" / "b.txt").write_text(FULL)
    code, lines, _ = run(capsys, "--json", str(tmp_path))
    assert code == 1
    assert [(Path(str(one["file"])).name, one["cause"]) for one in objects(lines)] == [
        ("a.txt", "helo-not-fqdn"),
        ("b.txt", "not-helo-quota"),
    ]
    assert all("index" not in one for one in objects(lines))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_mbox_gives_its_messages_one_by_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], end: str
) -> None:
    (tmp_path / "mbox").write_bytes(mbox(REFUSED.format(1), FULL, REFUSED.format(3), end=end))
    _, lines, _ = run(capsys, "--json", str(tmp_path / "mbox"))
    assert [(one["index"], one["helo_name"]) for one in objects(lines)] == [(0, "srv1"), (1, None), (2, "srv3")]


def test_a_from_inside_a_paragraph_does_not_part_a_message(tmp_path: Path) -> None:
    box = tmp_path / "mbox"
    box.write_bytes(mbox("Dear all,\nFrom now on\n"))
    assert [place.index for place in places(box)] == [0]


def test_a_boundary_across_two_chunks_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    box = tmp_path / "mbox"
    box.write_bytes(mbox("one\n", "two\n", "three\n"))
    whole = list(places(box))
    for chunk in range(1, 40):
        monkeypatch.setattr("helodoctor.bounce.mailboxes._CHUNK", chunk)
        assert list(places(box)) == whole


def test_a_maildirs_unfinished_messages_are_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in ("cur", "new", "tmp"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"1.{folder}").write_text(REFUSED.format(folder))
    _, lines, _ = run(capsys, "--json", str(tmp_path))
    assert [one["helo_name"] for one in objects(lines)] == ["srvcur", "srvnew"]


def test_a_long_log_is_read_in_parts_that_end_at_line_ends(tmp_path: Path) -> None:
    log = tmp_path / "mail.log"
    line = "Nov 23 17:00:00 mx postfix/qmgr[1]: removed\n"
    log.write_text(line * (2 * MESSAGE_BOUND // len(line) + 10))
    parts = list(places(log))
    assert [part.index for part in parts] == [0, 1, 2]
    assert all(part.read().endswith(b"removed\n") for part in parts)
    assert sum(part.length for part in parts) == log.stat().st_size


def test_several_processes_give_the_same_in_the_same_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(40):
        (tmp_path / f"{number:02}.txt").write_text(REFUSED.format(number) if number % 3 else POEM)
    one = run(capsys, "--json", str(tmp_path))
    assert run(capsys, "--json", "--jobs", "2", str(tmp_path)) == one
    assert len(one[1]) == 40


def test_people_get_a_table_and_a_summary(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(REFUSED.format(1))
    (tmp_path / "b.txt").write_text(POEM)
    _, lines, _ = run(capsys, str(tmp_path))
    assert lines[0].split()[:3] == ["helo-not-fqdn", "504", "5.5.2"]
    assert [line.split() for line in lines[-2:]] == [["1", "helo-not-fqdn"], ["1", "unknown"]]


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("")
    (tmp_path / "b.txt").write_text(POEM)
    code, lines, told = run(capsys, "--json", str(tmp_path))
    assert (code, len(lines)) == (0, 1)
    assert "a.txt" in told


def test_nothing_readable_at_all_is_an_input_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(" \n")
    assert run(capsys, str(tmp_path))[0] == 2


@pytest.mark.parametrize("arguments", [["/nowhere/at/all"], ["--jobs", "0", "."], ["--jobs", "1000", "."]])
def test_wrong_arguments_get_one_sentence(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    code, lines, told = run(capsys, *arguments)
    assert (code, lines, told.count("\n")) == (2, [], 1)


def test_a_message_beyond_the_bound_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "huge"
    path.write_bytes(b"x" * (MESSAGE_BOUND + 100))
    assert len(Place(str(path), 0, MESSAGE_BOUND + 100).read()) == MESSAGE_BOUND + 1
