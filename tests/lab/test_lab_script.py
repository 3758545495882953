"""The trial as a script: run on a machine beside the real servers, under every shell, its output is the same trial."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from helodoctor.model import Target
from labkit.box import Box
from labkit.dialogue import RECIPIENT, SENDER
from labkit.lab import Lab
from labkit.observing import settings_of
from labkit.trials import plan, run_trials

PROGRAM = str(Path(sys.executable).with_name("helodoctor"))
POSTFIX, POSTFIX_TLS = "203.0.113.25", "203.0.113.85"
SHELLS = {"dash": ["dash"], "bash": ["bash"], "busybox": ["busybox", "sh"]}
# The programs a small mail server has, and one that the script can reach the other side with.
BASICS = "sh dash cat cut sleep mktemp mkfifo rm tr kill printf busybox".split()  # noqa: SIM905 - a list of words
WAYS = {"bash": ("bash", "bash"), "nc": ("nc", "nc"), "busybox": ("busybox", "nc"), "openssl": ("openssl", "openssl")}
SAME = ("verdict", "refused_at", "reached", "reply_code", "enhanced_code", "reply_text", "cause", "name")


def program(*arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run([PROGRAM, *arguments], input=text, capture_output=True, text=True, timeout=60, check=False)


def script_for(host: str, name: str, *more: str) -> str:
    done = program("script", host, "--name", name, "--from", SENDER, "--to", RECIPIENT, *more)
    assert done.returncode == 0, done.stderr
    return done.stdout


def only(box: Box, way: str) -> str:
    """A search path on which nothing reaches the network but ``way``."""
    folder = f"/lab/only-{way}"
    program, called = WAYS[way]
    links = f'for it in {" ".join(BASICS)}; do ln -sf "$(command -v $it)" {folder}/; done'
    box.run(["sh", "-c", f'mkdir -p {folder}; {links}; ln -sf "$(command -v {program})" {folder}/{called}'])
    return folder


def run_script(box: Box, script: str, shell: list[str], path: str = "/usr/bin:/bin:/usr/sbin:/sbin") -> str:
    (box.root / "lab").mkdir(exist_ok=True)
    box.write("/lab/trial.sh", script)
    done = box.run(["env", f"PATH={path}", "/usr/bin/" + shell[0], *shell[1:], "/lab/trial.sh"], check=False)
    return done.stdout


def read_back(output: str) -> dict[str, object]:
    done = program("read-trial", "-", "--json", text=output)
    trial: dict[str, object] = json.loads(done.stdout)
    return trial


def ours(lab: Lab, name: str, host: str = POSTFIX) -> dict[str, object]:
    """Our own trial from the desk, in the same words."""
    (setting, *_) = settings_of(["postfix"])
    [[trial]] = run_trials(lab.desk, [[plan(setting, name, target=Target(host=host))]])
    found = {"name": name, **{key: getattr(trial, key) for key in SAME if key != "name"}}
    return json.loads(json.dumps(found))


@pytest.mark.server("postfix")
@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("name", ["www", "127.0.0.1", "nonexistent.example.test", "mail.example.test"])
def test_the_script_tells_what_our_trial_tells(lab: Lab, shell: str, name: str) -> None:
    lab.server("postfix")
    output = run_script(lab.tools(), script_for(POSTFIX, name), SHELLS[shell])
    trial = read_back(output)
    assert {key: trial[key] for key in SAME} == ours(lab, name), output


@pytest.mark.server("postfix")
@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", ["www", "mail.example.test"])
def test_the_script_works_with_what_is_there(lab: Lab, way: str, shell: str, name: str) -> None:
    """Without bash it takes nc; with neither, openssl, for which the server must offer encryption."""
    lab.server("postfix")
    box = lab.tools()
    host = POSTFIX_TLS if way == "openssl" else POSTFIX
    output = run_script(box, script_for(host, name), SHELLS[shell], only(box, way))
    trial = read_back(output)
    assert {key: trial[key] for key in SAME} == ours(lab, name, host), output


@pytest.mark.server("postfix")
@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(("target", "tls"), [(POSTFIX_TLS, "required"), (f"{POSTFIX_TLS}:465", "implicit")])
def test_the_script_speaks_tls(lab: Lab, shell: str, target: str, tls: str) -> None:
    lab.server("postfix")
    for name, verdict in (("www", "refused"), ("mail.example.test", "accepted")):
        output = run_script(lab.tools(), script_for(target, name, "--tls", tls), SHELLS[shell])
        assert read_back(output)["verdict"] == verdict, output


@pytest.mark.server("postfix")
def test_the_script_begins_no_message(lab: Lab) -> None:
    box = lab.server("postfix")
    run_script(lab.tools(), script_for(POSTFIX, "mail.example.test"), SHELLS["dash"])
    sessions = [line for line in box.read("/var/log/mail.log").splitlines() if "disconnect from tools" in line]
    assert sessions
    assert not [line for line in sessions if "data=" in line or "bdat=" in line]
