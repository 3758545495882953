"""The script for the mail server: it runs under every shell, does no harm, and its output reads back as the trial."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.network.scripted import Script, Scripted, polite, polite_until
from tests.core.network.test_hostile_servers import close, repeat, say

from helodoctor.model import InputProblem, Stage, Target, Trial, TrialPlan, TrialVerdict
from helodoctor.network import pasted
from helodoctor.network.practice import PracticeServer
from helodoctor.network.probe import probe
from helodoctor.network.safety import check_plan
from helodoctor.report.script import as_script
from helodoctor.words import speak

TOOLS = ("cat", "cut", "kill", "mkfifo", "mktemp", "printf", "rm", "sh", "sleep", "tr")
SHELLS = [
    pytest.param(shell, marks=[] if shutil.which(shell[0]) else pytest.mark.skip(f"there is no {shell[0]} here"))
    for shell in (("dash",), ("bash",), ("bash", "--posix"), ("busybox", "sh"))
]


def only(folder: Path, *tools: str) -> dict[str, str]:
    """An environment in which only the usual tools and these can be found."""
    folder.mkdir(exist_ok=True)
    for tool in (*TOOLS, *tools):
        if (found := shutil.which(tool)) and not (folder / tool).exists():
            (folder / tool).symlink_to(found)
    return {"PATH": str(folder), "HOME": str(folder), "TMPDIR": str(folder)}


async def run_script(plan: TrialPlan, shell: tuple[str, ...] = ("sh",), env: dict[str, str] | None = None) -> str:
    """What the script prints; nothing of it may go to standard error."""
    script = as_script(plan, "sh", speak("en"))
    process = await asyncio.create_subprocess_exec(
        shutil.which(shell[0]) or shell[0],
        *shell[1:],
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=env or dict(os.environ),
    )
    async with asyncio.timeout(60):
        out, err = await process.communicate(script.encode())
    assert err == b""
    return out.decode(errors="replace")


def plan_for(port: int, **changes: Any) -> TrialPlan:
    values = {"target": Target(host="127.0.0.1", port=port), "name": "www", "recipient": "o'neil@receiver.example"}
    return TrialPlan(**({"sender": "office@sender.example", "timeout": 20.0} | values | changes))  # type: ignore[arg-type]


def said(trial: Trial) -> list[tuple[str, str, Stage]]:
    return [(line.speaker, line.text, line.stage) for line in trial.dialogue]


# --- the same trial by hand and from the script ----------------------------------------------------------------------


async def both(policy: str, shell: tuple[str, ...], env: dict[str, str] | None = None, **changes: Any) -> list[Trial]:
    async with PracticeServer(policy) as server:
        plan = plan_for(server.port, tls="off", **changes)
        return [await probe(plan), pasted.read(await run_script(plan, shell, env))]


def assert_same(live: Trial, read: Trial) -> None:
    assert said(read) == said(live)
    fields = ("verdict", "refused_at", "reached", "reply_code", "enhanced_code", "reply_text", "cause", "extensions")
    for field in fields:
        assert getattr(read, field) == getattr(live, field), field
    assert (read.plan.target, read.plan.name) == (live.plan.target, live.plan.name)
    if live.reached is not Stage.HELO:  # else the addresses were not said
        assert (read.plan.sender, read.plan.recipient) == (live.plan.sender, live.plan.recipient)
    assert (live.origin, read.origin) == ("live", "pasted")


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    ("policy", "name"), [("infomaniak", "www"), ("infomaniak", "mail.sender.org"), ("exim", "my_server.sender.org")]
)
def test_the_script_says_and_reads_what_the_trial_does(shell: tuple[str, ...], policy: str, name: str) -> None:
    assert_same(*asyncio.run(both(policy, shell, name=name)))


@pytest.mark.parametrize(
    ("tool", "needs"), [("bash", ("bash",)), ("nc", ("nc",)), ("busybox nc", ("busybox",))]
)
def test_it_takes_whatever_is_there(tool: str, needs: tuple[str, ...], tmp_path: Path) -> None:
    if not all(map(shutil.which, needs)):
        pytest.skip(f"there is no {tool} here")
    env = only(tmp_path / "bin", *needs)
    if tool == "busybox nc":
        (tmp_path / "bin" / "nc").symlink_to(shutil.which("busybox") or "")
    assert_same(*asyncio.run(both("postfix-hardened", ("dash",), env)))


@pytest.mark.skipif(not shutil.which("openssl"), reason="there is no openssl here")
@pytest.mark.parametrize("tls", ["auto", "required"])
def test_with_openssl_it_goes_encrypted(tls: str, tmp_path: Path) -> None:
    async def trial() -> Trial:
        async with PracticeServer() as server:
            env = only(tmp_path / "bin", "openssl")
            return pasted.read(await run_script(plan_for(server.port, tls=tls), ("dash",), env))

    result = asyncio.run(trial())
    assert (result.verdict, result.refused_at, result.cause) == (TrialVerdict.REFUSED, Stage.RCPT, "helo-not-fqdn")


def test_the_null_sender_and_the_greeting_only() -> None:
    assert_same(*asyncio.run(both("infomaniak", ("sh",), sender="")))
    assert_same(*asyncio.run(both("infomaniak", ("sh",), sender="", recipient=None, stop_after="ehlo")))


# --- servers that misbehave, seen from the script --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("script", "obstacle"),
    [
        (close, "closed"),
        (polite_until(1, close), "closed"),
        (say(b"220-half\r\n"), "timeout"),
        (say(b"HTTP/1.1 400\r\n"), "not-smtp"),
        (repeat(b"220-more\r\n", 1000), "too-many-lines"),
        (say(b"\x1b[2J\x00\xff" * 20 + b"\r\n"), "not-smtp"),
    ],
)
def test_misbehaviour_ends_the_script_with_a_word(script: Script, obstacle: str) -> None:
    async def trial() -> tuple[str, Trial]:
        async with Scripted(script) as server:
            out = await run_script(plan_for(server.port, timeout=1.0 if obstacle == "timeout" else 20.0))
        return out, pasted.read(out)

    out, result = asyncio.run(trial())
    assert out.replace("\n", "").replace("\ufffd", "").isprintable()
    # Without a single line heard the script cannot tell a server that hangs up from one that is not there.
    assert result.obstacle == (obstacle if script is not close else "no-connection")
    assert result.verdict is TrialVerdict.UNDETERMINED


def test_nothing_listening_is_read_as_such() -> None:
    async def trial() -> Trial:
        async with Scripted(polite) as server:
            plan = plan_for(server.port)
        return pasted.read(await run_script(plan))

    result = asyncio.run(trial())
    assert (result.verdict, result.obstacle) == (TrialVerdict.UNREACHABLE, "connection-refused")


def test_the_script_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()

    async def trial() -> None:
        async with Scripted(polite) as server:
            await run_script(plan_for(server.port, tls="off"), env=dict(os.environ) | {"TMPDIR": str(folder)})

    asyncio.run(trial())
    assert list(folder.iterdir()) == []


PRINTABLE = st.text(alphabet=[chr(code) for code in range(0x20, 0x7F)], max_size=60)


@given(name=PRINTABLE)
def test_no_name_breaks_out_of_its_quotes(name: str) -> None:
    plan = plan_for(25, name=name)
    check_plan(plan)
    lines = as_script(plan, "sh", speak("en")).splitlines()
    assert f"name='{name.replace(chr(39), chr(39) + chr(92) + chr(39) * 2)}'" in lines
    powershell = as_script(plan, "powershell", speak("en")).splitlines()
    assert f"    $name = '{name.replace(chr(39), chr(39) * 2)}'" in powershell


@pytest.mark.parametrize(
    "hostile", ["$(touch HERE)", "`touch HERE`", "'; touch HERE; '", "\\", "-e", "%s%n", "a b  c", "*"]
)
def test_names_reach_the_wire_unchanged_and_run_nothing(hostile: str, tmp_path: Path) -> None:
    touched = tmp_path / "touched"
    name = hostile.replace("HERE", str(touched))

    async def trial() -> bytes:
        async with Scripted(polite) as server:
            await run_script(plan_for(server.port, name=name), ("dash",))
        return server.heard

    heard = asyncio.run(trial())
    assert f"EHLO {name}\r\n".encode() in heard
    assert not touched.exists()
    assert b"\nDATA" not in heard


# --- PowerShell ------------------------------------------------------------------------------------------------------


@given(name=PRINTABLE)
def test_the_powershell_script_parses_whatever_the_name(name: str) -> None:
    reason = "PowerShell is not in Debian; its grammar (tree-sitter-powershell) is not installed"
    tree_sitter = pytest.importorskip("tree_sitter", reason=reason)
    grammar = pytest.importorskip("tree_sitter_powershell", reason=reason)
    parser = tree_sitter.Parser(tree_sitter.Language(grammar.language()))
    plan = plan_for(25, name=name, tls="required")
    tree = parser.parse(as_script(plan, "powershell", speak("en")).encode())
    assert not tree.root_node.has_error


def test_what_powershell_says_of_a_failed_connection_is_understood() -> None:
    for said, obstacle in (
        ("ConnectionRefused", "connection-refused"), ("TimedOut", "connect-timeout"),
        ("HostNotFound", "host-not-found"), ("NetworkUnreachable", "no-route"), ("AccessDenied", "no-connection"),
    ):  # fmt: skip
        trial = pasted.read(f"# Trial of mx.receiver.example:25 by HELO Doctor\r\n! connect {said}\r\n")
        assert trial.obstacle == obstacle
        assert trial.plan.target.host == "mx.receiver.example"


# --- other transcripts -----------------------------------------------------------------------------------------------


def test_a_telnet_transcript_is_read_too() -> None:
    trial = pasted.read(
        "220 mta-gw1.infomaniak.ch ESMTP Infomaniak Network Mail Servers;\nHELO www\n"
        "250 mta-gw1.infomaniak.ch Hello, pleased to meet you\nMAIL FROM: user123@infomaniak.ch\n"
        "250 2.1.0 user123@infomaniak.ch... Sender ok\nRCPT TO: user123@infomaniak.ch\n"
        "550 5.7.1 user123@infomaniak.ch... Access denied - bogus HELO [1] ...\nquit\n221 bye\n"
    )
    assert (trial.verdict, trial.refused_at, trial.cause) == (TrialVerdict.REFUSED, Stage.RCPT, "helo-not-fqdn")
    assert (trial.plan.target.host, trial.plan.name) == ("mta-gw1.infomaniak.ch", "www")
    assert trial.plan.recipient == "user123@infomaniak.ch"


@pytest.mark.parametrize(("text", "problem"), [("", "nothing-pasted"), ("A poem.\nNot more.", "no-conversation")])
def test_a_text_without_a_conversation(text: str, problem: str) -> None:
    with pytest.raises(InputProblem) as raised:
        pasted.read(text)
    assert raised.value.id == problem


@given(st.text(max_size=300) | st.binary(max_size=300))
def test_any_text_is_read_or_refused(text: str | bytes) -> None:
    header = "# Trial of mx.receiver.example:25 by HELO Doctor\n"
    for given_text in (text, header + text if isinstance(text, str) else header.encode() + text):
        with contextlib.suppress(InputProblem):
            assert pasted.read(given_text).origin == "pasted"


@pytest.mark.parametrize("line", ["! closed", "! made-up", "! connect", "! connect Connection refused", "!"])
def test_only_our_own_script_tells_of_obstacles(line: str) -> None:
    with pytest.raises(InputProblem):
        pasted.read(f"Dear all,\n{line}\n")
