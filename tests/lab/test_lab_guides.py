"""The steps of a guide, run as they are written on the real software: the name changes, the undo is exact.

What the name is before and after is heard by a listener in the sender's own box, where it hands its mail to.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec import Struct

from helodoctor.model import Step
from labkit.box import Box
from labkit.heard import announced, guide_of, listening
from labkit.saying import SAYINGS

NAME = "mail.firma.example"
MESSAGE = "From: alice@sender.example\nTo: box@receiver.example\nSubject: offer\n\nHere is the offer.\n"


class Sender(Struct, frozen=True, kw_only=True):
    """One mail system in a box: the packages, its settings, how it sends, and what it announces before the guide.

    Without ``send`` (its mail needs a name server) the settings alone are looked at. ``folder`` is where the program's
    own commands are typed.
    """

    system: str
    layer: str
    files: dict[str, str]
    send: str = ""
    before: str = ""
    restart: str = "true"
    set_up: str = "true"
    folder: str = "/"


ALICE, BOX, HOME = "alice@sender.example", "box@receiver.example", "/root"
SAYING = {saying.system: saying for saying in SAYINGS}
HARAKA, SENDMAIL = SAYING["haraka"], SAYING["sendmail"]
RUNNING = "until smtpctl show status > /dev/null 2>&1; do sleep 0.1; done"

SENDERS = (
    Sender(
        system="msmtp",
        layer="msmtp",
        files={"/etc/msmtprc": "defaults\n\naccount default\nhost 127.0.0.1\nport 2525\nfrom alice@sender.example\n"},
        send="msmtp -C /etc/msmtprc box@receiver.example",
        before="localhost",
    ),
    Sender(
        system="dma",
        layer="dma",
        files={"/etc/dma/dma.conf": "SMARTHOST 127.0.0.1\nPORT 2525\nMAILNAME /etc/mailname\n"},
        send="timeout 5 dma -D -f alice@sender.example box@receiver.example; rm -f /var/spool/dma/*",
        before="www",
    ),
    Sender(
        system="nullmailer",
        layer="nullmailer",
        files={"/etc/nullmailer/remotes": "127.0.0.1 smtp --port=2525\n"},
        set_up="rm -f /var/spool/nullmailer/trigger; mkfifo /var/spool/nullmailer/trigger;"
        " chown mail:mail /var/spool/nullmailer/trigger",
        send="cat > /lab/mail; (timeout 5 su mail -s /bin/sh -c nullmailer-send > /dev/null 2>&1 &); sleep 1;"
        " timeout 3 nullmailer-inject box@receiver.example < /lab/mail; sleep 1; rm -f /var/spool/nullmailer/queue/*",
        before="www",
    ),
    Sender(
        system="opensmtpd",
        layer="opensmtpd",
        files={
            "/etc/smtpd.conf": 'listen on lo port 25\naction "out" relay host smtp://127.0.0.1:2525\n'
            'match from local for any action "out"\n'
        },
        set_up=f"smtpd; {RUNNING}",
        restart=f"pkill -x smtpd; while pgrep -x smtpd > /dev/null; do sleep 0.1; done; smtpd; {RUNNING}",
        send="sendmail -f alice@sender.example box@receiver.example",
        before="www",
    ),
    Sender(
        system="sendmail",
        layer="sendmail",
        files={"/etc/mail/sendmail.mc": SENDMAIL.text(named=False), **dict(SENDMAIL.files)},
        set_up=SENDMAIL.ready,
        send=f"rm -rf /var/spool/mqueue/*; {SENDMAIL.send}",
        before="www.sender.example",
    ),
    Sender(system="courier", layer="courier", files={}),
    Sender(
        system="postfix",
        layer="postfix",
        files={
            "/etc/postfix/main.cf": "compatibility_level = 3.6\nmyhostname = www\ninet_interfaces = loopback-only\n"
            "# the way out\ninet_protocols = ipv4\nmydestination =\nrelayhost = [127.0.0.1]:2525\n"
        },
        set_up="postfix start",
        send=f"postsuper -d ALL; /usr/sbin/sendmail -i -f {ALICE} {BOX}",
        before="www",
    ),
    Sender(
        system="exim4-debian",
        layer="exim",
        files={
            "/etc/exim4/update-exim4.conf.conf": "dc_eximconfig_configtype='smarthost'\ndc_other_hostnames=''\n"
            "dc_local_interfaces='127.0.0.2'\ndc_smarthost='127.0.0.1::2525'\ndc_use_split_config='true'\n"
            "dc_minimaldns='false'\nCFILEMODE='644'\ndc_localdelivery='mail_spool'\n"
        },
        set_up="update-exim4.conf",
        send=f"rm -f /var/spool/exim4/input/* /var/spool/exim4/db/*; /usr/sbin/sendmail -odi -i -f {ALICE} {BOX}",
        before="www.sender.example",
    ),
    Sender(
        system="exim",
        layer="exim",
        files={
            "/etc/exim/exim.conf": "begin routers\nout:\n  driver = manualroute\n  route_list = * 127.0.0.1::2525\n"
            "  transport = remote_smtp\n  self = send\nbegin transports\nremote_smtp:\n  driver = smtp\n"
        },
        set_up="ln -sf /etc/exim/exim.conf /etc/exim4/exim4.conf",
        send=f"rm -f /var/spool/exim4/input/* /var/spool/exim4/db/*; exim -odi -i -f {ALICE} {BOX}",
        before="www.sender.example",
    ),
    Sender(
        system="esmtp",
        layer="esmtp",
        files={"/etc/esmtprc": "hostname = 127.0.0.1:2525\n"},
        send=f"esmtp -f {ALICE} {BOX}",
        before="www",
    ),
    Sender(
        system="haraka",
        layer="haraka",
        files=dict(HARAKA.files),
        set_up=HARAKA.ready,
        restart=HARAKA.ready,
        send=HARAKA.send,
        before="www",
        folder="/opt/mail",
    ),
    Sender(
        system="mutt",
        layer="programs",
        files={f"{HOME}/.muttrc": f'set smtp_url="smtp://127.0.0.1:2525"\nset from="{ALICE}"\n'},
        send=f"mutt -F {HOME}/.muttrc -s offer {BOX}",
        before="www",
    ),
    Sender(
        system="s-nail",
        layer="programs",
        files={f"{HOME}/.mailrc": f"set v15-compat mta=smtp://127.0.0.1:2525 smtp-auth=none from={ALICE}\n"},
        send=f"MAILRC={HOME}/.mailrc s-nail -:u -s offer {BOX}",
        before="www.sender.example",
    ),
    Sender(
        system="git-send-email",
        layer="programs",
        files={
            f"{HOME}/.gitconfig": f"[user]\n\tname = Alice\n\temail = {ALICE}\n"
            "[sendemail]\n\tsmtpServer = 127.0.0.1\n\tsmtpServerPort = 2525\n"
        },
    ),
)


SERVERS = ("opensmtpd", "sendmail", "courier", "postfix", "exim", "haraka")  # built only where chosen with --lab


def _chosen(sender: Sender) -> object:
    marks = [pytest.mark.server(sender.layer)] if sender.layer in SERVERS else []
    return pytest.param(sender, id=sender.system, marks=marks)


@pytest.fixture(params=[_chosen(sender) for sender in SENDERS])
def sender(request: pytest.FixtureRequest) -> Sender:
    found: Sender = request.param
    return found


@pytest.fixture
def box(sender: Sender) -> Iterator[Box]:
    """The sender's machine, alone with its listener."""
    files = {"/usr/local/bin/systemctl": f"#!/bin/sh\n{sender.restart}\n", **sender.files}
    with listening(sender.layer, files) as made:
        made.run(["chmod", "+x", "/usr/local/bin/systemctl"])
        made.run(["sh", "-c", sender.set_up])
        yield made


def follow(box: Box, sender: Sender, step: Step) -> None:
    """Run the step's command as written; a step for an editor is done as its sentence says."""
    if step.id.endswith(".restart-service"):
        box.run(["sh", "-c", sender.restart])
    elif step.command and step.shell == "sh":
        done = box.run(["sh", "-c", f"export HOME={HOME}; cd {sender.folder}\n{step.command}"], check=False)
        # A look at a setting that is not there finds nothing, and an idle queue has nothing to try.
        optional = step.id.endswith((".look", ".retry-queue"))
        assert done.returncode == 0 or optional, f"{step.id}: {step.command}: {done.stdout}{done.stderr}"
    elif step.command:
        edit(box, step, step.command)


def edit(box: Box, step: Step, text: str) -> None:
    """What the person does: replace the line that begins with the key, or put the text at its place in the file."""
    told = {value.name: value.value.replace("~", HOME) for value in step.do.values}
    lines = box.read(told["file"]).splitlines()
    section, key = told.get("section"), told["key"]
    if section is None:
        lines = [text if line.startswith(key) else line for line in lines]
        lines += [] if text in lines else [text]
    elif section == "begin transports":  # "each block there that has driver = smtp", says the warning
        lines = [row for line in lines for row in ([line, f"  {text}"] if line.strip() == "driver = smtp" else [line])]
    elif section == "action … relay":
        lines = [line.replace(" relay ", f" relay {text} ") if line.startswith("action") else line for line in lines]
    else:
        before = section.endswith("(")  # in front of the first MAILER line
        at = next(index for index, line in enumerate(lines) if line.startswith(section))
        lines.insert(at if before else at + 1, text)
    box.write(told["file"], "\n".join(lines) + "\n")


def state(box: Box) -> dict[str, bytes]:
    """Every file of the mail systems' own folders, as it is."""
    folders = (
        "etc/msmtprc", "etc/dma", "etc/nullmailer", "etc/mail", "etc/courier", "etc/smtpd.conf", "etc/postfix",
        "etc/exim4", "etc/exim", "etc/esmtprc", "opt/mail/config", "root/.muttrc", "root/.mailrc", "root/.gitconfig",
    )  # fmt: skip
    found: dict[str, bytes] = {}
    for folder in folders:
        place = box.root / folder
        for path in [place] if place.is_file() else place.rglob("*"):
            if path.is_file() and not path.is_symlink() and ".before-" not in path.name:
                found[str(path.relative_to(box.root))] = path.read_bytes()
    return found


# What "make" in /etc/mail writes anew with the time of day in it; the guide undoes the two files it changes.
GENERATED = ("etc/mail/databases", "etc/mail/Makefile", "etc/mail/submit.cf", "etc/mail/sendmail.conf")


def test_the_steps_change_the_name_and_the_undo_restores_every_byte(box: Box, sender: Sender) -> None:
    if sender.send:
        assert announced(box, sender.send, MESSAGE) == sender.before
    before = state(box)
    (box.root / "lab/heard").unlink(missing_ok=True)
    guide = guide_of(sender.system, NAME)
    for step in guide.steps:
        follow(box, sender, step)
    for shown in (step for step in guide.steps if step.id.endswith(".show")):
        assert NAME in box.run(["sh", "-c", f"export HOME={HOME}; cd {sender.folder}\n{shown.command}"]).stdout
    if sender.send:
        assert announced(box, sender.send, MESSAGE) == NAME
    for step in reversed(guide.steps):
        if step.undo_command:
            box.run(["sh", "-c", f"export HOME={HOME}; cd {sender.folder}\n{step.undo_command}"])
    after = state(box)
    assert {path for path in before | after if before.get(path) != after.get(path)} <= set(GENERATED)
