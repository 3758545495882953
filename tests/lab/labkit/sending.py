"""Mail software that sends: how it is set up with a bad name, how it is made to send, and how a person edits its files.

The guides are followed on these; what a guide gives as a command is run as written, and only what it tells a person to
do by hand (put a line into a file, change a program) is done here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

ADDRESS, NAME = "203.0.113.64", "out64.example.test"
EAR, TO, FROM = "ear.rcpt.test", "user@heard.rcpt.test", "alice@out64.example.test"
MESSAGE = f"From: {FROM}\nTo: {TO}\nSubject: offer\n\nHere is the offer.\n"

Edit = Callable[[str, str], str]
"""What a person makes of a file's text, given the line or code of the guide."""


def append(text: str, line: str) -> str:
    """At the end."""
    return f"{text.rstrip()}\n{line}\n"


def replace_key(text: str, line: str) -> str:
    """In place of the line that begins with the same word, or at the end."""
    key = re.split(r"[\s=]", line.strip(), maxsplit=1)[0]
    pattern = re.compile(rf"(?m)^{re.escape(key)}\b.*$")
    return pattern.sub(lambda _: line, text, count=1) if pattern.search(text) else append(text, line)


def instead_of(old: str) -> Edit:
    """The code in place of ``old``."""
    return lambda text, code: text.replace(old, code, 1)


@dataclass(frozen=True, kw_only=True)
class Sending:
    """One mail system. ``start`` is a shell script, ``send`` a command that gets :data:`MESSAGE` on standard input.

    ``file`` and ``edit`` are for what the guide leaves to a person, and so is ``restart``, a command; ``folder`` is
    where the guide's commands are typed.
    """

    id: str
    layers: tuple[str, ...]
    send: str
    start: str = ""
    file: str = ""
    edit: Edit = append
    files: tuple[tuple[str, str], ...] = ()
    folder: str = "/"
    restart: str = ""


_SENDMAIL = f"/usr/sbin/sendmail -i -f {FROM} {TO}"
_EXIM_ANSWERS = """\
dc_eximconfig_configtype='internet'
dc_other_hostnames='out64.example.test'
dc_local_interfaces='127.0.0.1'
dc_use_split_config='false'
dc_minimaldns='false'
CFILEMODE='644'
dc_localdelivery='mail_spool'
"""
_COURIER_START = """\
cd /etc/courier
echo out64.example.test > defaultdomain
echo localhost > locals
echo www > me
printf '127.0.0.1\\tallow,RELAYCLIENT\\n' > smtpaccess/default
makesmtpaccess; makealiases
install -d -m 755 -o courier -g courier /run/courier /run/courier/authdaemon
service courier-authdaemon start; service courierfilter start; service courier start
"""
_NODE = f"""\
const nodemailer = require('/opt/nodemailer/node_modules/nodemailer');
const host = '{EAR}', port = 25;
const transport = nodemailer.createTransport({{ host, port }});
transport.sendMail({{ from: '{FROM}', to: '{TO}', subject: 'offer', text: 'Here is the offer.' }}).catch(() => 0);
"""
_HARAKA_CONFIG = {
    "me": "www\n",
    "smtp.ini": "listen=127.0.0.1:25\nnodes=0\n",
    "plugins": "relay\n",
    "relay.ini": "[relay]\nacl=true\n",
    "relay_acl_allow": "127.0.0.0/8\n",
    "connection.ini": "[main]\n[haproxy]\nhosts[] =\n[headers]\n[max]\nbytes=1000000\n[message]\n[uuid]\n",
    "outbound.ini": "enable_tls=false\n",
}
_HARAKA = """\
cd /opt/mail; mkdir -p queue
/opt/node/node /opt/haraka/node_modules/Haraka/bin/haraka -c . > haraka.log 2>&1 &
until swaks --server 127.0.0.1 --quit-after BANNER > /dev/null 2>&1; do sleep 0.2; done
"""

SYSTEMS = (
    Sending(
        id="postfix",
        layers=("postfix",),
        start="postconf -e myhostname=www inet_protocols=ipv4 inet_interfaces=loopback-only\nservice postfix start",
        send=_SENDMAIL,
    ),
    Sending(
        id="exim4-debian",
        layers=("exim",),
        files=(("/etc/exim4/update-exim4.conf.conf", _EXIM_ANSWERS),),
        start="update-exim4.conf; service exim4 start",
        send=_SENDMAIL,
    ),
    Sending(id="courier", layers=("courier",), start=_COURIER_START, send=f"/usr/sbin/sendmail -f {FROM} {TO}"),
    Sending(
        id="esmtp",
        layers=("esmtp",),
        files=(("/etc/esmtprc", f"hostname = {EAR}:25\nhelo = www\n"),),
        send=f"esmtp -f {FROM} {TO}",
        file="/etc/esmtprc",
        edit=replace_key,
    ),
    Sending(
        id="nodemailer",
        layers=("nodemailer",),
        files=(("/root/send.js", _NODE),),
        send="/opt/node/node /root/send.js",
        file="/root/send.js",
        edit=instead_of("nodemailer.createTransport({ host, port })"),
    ),
    Sending(
        id="haraka",
        layers=("haraka", "tools"),
        files=tuple((f"/opt/mail/config/{name}", text) for name, text in _HARAKA_CONFIG.items()),
        start=_HARAKA,
        send=f"swaks --server 127.0.0.1 --from {FROM} --to {TO}",
        folder="/opt/mail",
        restart=f"pkill node; sleep 1; rm -f /opt/mail/queue/*; {_HARAKA}",
    ),
)
