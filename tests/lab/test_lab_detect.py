"""What ``detect`` reads in the settings of real software is what that software then says to our listener.

With a name set and without, before and after STARTTLS. Where nothing is set, ``detect`` tells a rule; the rule is
worked out here from what ``detect`` tells of the same machine.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from helodoctor import detect
from helodoctor.knowledge import resource
from helodoctor.model import Candidate
from labkit.box import Box, LabProblem, wait_until
from labkit.heard import Ear, ear, sender
from labkit.saying import MESSAGE, NAME, SAYINGS, Saying

SERVERS = ("opensmtpd", "sendmail", "courier")  # built only where they are chosen with --lab


def survey(box: Box) -> tuple[Candidate, ...]:
    """What ``detect --root`` says of a copy of the machine's settings."""
    with tempfile.TemporaryDirectory() as folder:
        for place in ("etc", "var/lib/exim4", "usr/sbin", "opt/mail"):
            if (box.root / place).exists():
                shutil.copytree(box.root / place, Path(folder) / place, symlinks=True)
        return detect.survey(Path(folder)).candidates


def own_names(box: Box) -> dict[str, str]:
    """The short and the long name of the machine, as ``detect`` tells them."""
    found = survey(box)
    names = {one.scope: one.name for one in found if one.name and one.scope in ("host-name", "long-name")}
    return {"long-name": names["host-name"], **names}


def contents(box: Box) -> dict[str, bytes]:
    """Every file of the mail systems' own folders that holds something."""
    places = ("postfix", "exim4", "courier", "nullmailer")
    files = [path for place in places for path in (box.root / "etc" / place).rglob("*") if path.is_file()]
    kept = {str(path.relative_to(box.root)): path.read_bytes() for path in files if not path.is_symlink()}
    return {path: held for path, held in kept.items() if held}


def first_line(box: Box, path: str) -> str:
    return box.read(path).splitlines()[0]


def dotted(host: str, otherwise: str) -> str:
    return host if "." in host else otherwise


RULES: dict[str, Callable[[dict[str, str], Box], str]] = {
    "postfix-myhostname": lambda own, _: dotted(own["host-name"], f"{own['host-name']}.localdomain"),
    "exim-node-name": lambda own, _: own["long-name"],
    "sendmail-canonical": lambda own, _: own["long-name"],
    "canonical-name": lambda own, _: own["long-name"],
    "opensmtpd-mailname": lambda _, box: first_line(box, "/etc/mailname"),
    "nullmailer-me": lambda _, box: first_line(box, "/etc/mailname"),
    "host-name": lambda own, _: own["host-name"],
    "phpmailer": lambda own, _: own["host-name"],
    "node-hostname": lambda own, _: dotted(own["host-name"], "[127.0.0.1]"),
    "python-getfqdn": lambda own, _: dotted(own["long-name"], "[127.0.0.1]"),
    "django-dns-name": lambda own, _: own["long-name"],
    "git-domain": lambda own, _: dotted(own["long-name"], "localhost.localdomain"),
    "symfony-literal": lambda *_: "[127.0.0.1]",
    "msmtp-localhost": lambda *_: "localhost",
    "localhost": lambda *_: "localhost",
    "localhost-localdomain": lambda *_: "localhost.localdomain",
}


def told(box: Box, saying: Saying) -> Candidate:
    """What ``detect`` says first: of the settings alone, with the system told, and of the whole machine."""
    here = [one for one in survey(box) if one.system == saying.system]
    text = box.read(saying.file)
    if not text:
        return here[0]
    alone, narrowed = (detect.detect(text, path=saying.file, system=system) for system in (None, saying.system))
    assert alone.system == saying.system
    assert {one.name for one in (alone.candidates[0], narrowed.candidates[0], *here[:1])} == {alone.candidates[0].name}
    return alone.candidates[0]


def expected(box: Box, candidate: Candidate) -> str:
    return candidate.name or RULES[candidate.default or ""](own_names(box), box)


def put(box: Box, saying: Saying, named: bool) -> None:
    """The settings with or without the name, taken in by the software."""
    path = box.root / saying.file[1:]
    path.parent.mkdir(parents=True, exist_ok=True)
    text = saying.text(named)
    path.unlink(missing_ok=True)
    if text:
        path.write_text(text)
    box.run(["sh", "-c", f"chmod +x /usr/local/bin/systemctl; {saying.ready}"], check=False)


def point(box: Box, saying: Saying, command: str | None) -> None:
    """Run what points the software at the listener or back, where that is a command."""
    if command and saying.pointing and saying.pointing.text is None:
        done = box.run(["sh", "-c", command], check=False)
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"


def said(box: Box, saying: Saying, listener: Ear) -> list[tuple[str, bool]]:
    """Send one message: the names it was announced with, each with whether that was encrypted."""
    listener.forget()
    done = box.run(["sh", "-c", saying.send], input=MESSAGE, check=False)
    enough = (lambda: any(tls for _, tls in listener.heard())) if saying.encrypts else (lambda: bool(listener.heard()))
    try:
        wait_until(enough, f"{saying.system} to greet", 20)
    except LabProblem as silent:
        raise LabProblem(f"{silent}; heard {listener.heard()}; {done.stdout}{done.stderr}") from silent
    return listener.heard()


def chosen(saying: Saying) -> object:
    marks = [pytest.mark.server(saying.system)] if saying.system in SERVERS else []
    return pytest.param(saying, id=saying.system, marks=marks)


@pytest.mark.parametrize("saying", [chosen(saying) for saying in SAYINGS])
def test_the_name_that_detect_reads_is_the_name_that_is_said(saying: Saying, tmp_path: Path) -> None:
    files = {
        "/lab-certificate": resource("network/throw-away.pem").read_text(),
        "/usr/local/bin/systemctl": f"#!/bin/sh\n{saying.restart}\n",
        **dict(saying.files),
    }
    way = saying.pointing
    with sender(saying.layers, files) as box, ear(box, tmp_path / "heard") as listener:
        for named in (False, True):
            put(box, saying, named)
            settings = contents(box)
            point(box, saying, way and way.sh)
            name = expected(box, told(box, saying))
            assert (name == NAME) is named
            heard = said(box, saying, listener)
            assert {spoken for spoken, _ in heard} == {name}
            assert {encrypted for _, encrypted in heard} == ({False, True} if saying.encrypts else {False})
            point(box, saying, way and way.back)
            assert contents(box) == settings
