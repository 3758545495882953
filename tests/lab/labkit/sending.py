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


def after(mark: str) -> Edit:
    """On a line of its own after the line that holds ``mark``."""
    return lambda text, line: re.sub(rf"(?m)^(.*{re.escape(mark)}.*)$", lambda hit: f"{hit[1]}\n{line}", text, count=1)


def instead_of(old: str) -> Edit:
    """The code in place of ``old``."""
    return lambda text, code: text.replace(old, code, 1)


def query_of(mark: str) -> Edit:
    """What stands after ``?`` in the guide's address, after ``mark`` in the program's."""
    return lambda text, code: text.replace(mark, f"{mark}?{code.partition('?')[2]}", 1)


def path_of(mark: str) -> Edit:
    """What stands after the host in the guide's address, after ``mark`` in the program's."""
    return lambda text, code: text.replace(mark, f"{mark}/{code.rpartition('/')[2]}", 1)


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
_NODE = f"""\
const nodemailer = require('/opt/nodemailer/node_modules/nodemailer');
const host = '{EAR}', port = 25;
const transport = nodemailer.createTransport({{ host, port }});
transport.sendMail({{ from: '{FROM}', to: '{TO}', subject: 'offer', text: 'Here is the offer.' }}).catch(() => 0);
"""
_PHPMAILER = f"""\
<?php
require '/usr/share/php/libphp-phpmailer/src/Exception.php';
require '/usr/share/php/libphp-phpmailer/src/PHPMailer.php';
require '/usr/share/php/libphp-phpmailer/src/SMTP.php';
$mail = new PHPMailer\\PHPMailer\\PHPMailer();
$mail->isSMTP();
$mail->Host = '{EAR}';
$mail->setFrom('{FROM}');
$mail->addAddress('{TO}');
$mail->Subject = 'offer';
$mail->Body = 'Here is the offer.';
$mail->send();
"""
_SYMFONY = f"""\
<?php
require '/usr/share/php/Symfony/Component/Mailer/autoload.php';
use Symfony\\Component\\Mailer\\Mailer;
use Symfony\\Component\\Mailer\\Transport;
use Symfony\\Component\\Mime\\Email;
$mailer = new Mailer(Transport::fromDsn('smtp://{EAR}:25'));
try {{
    $mailer->send((new Email())->from('{FROM}')->to('{TO}')->subject('offer')->text('Here is the offer.'));
}} catch (Exception $refused) {{
}}
"""
_PERL = f"""\
use Net::SMTP;
my $host = '{EAR}';
my $smtp = Net::SMTP->new($host) or die;
$smtp->mail('{FROM}');
$smtp->quit;
"""
_PYTHON = f"""\
import smtplib
host, port = "{EAR}", 25
try:
    smtplib.SMTP(host, port).sendmail("{FROM}", ["{TO}"], "Subject: offer\\n\\nHere is the offer.\\n")
except smtplib.SMTPException:
    pass
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
    Sending(
        id="esmtp",
        layers=("esmtp",),
        files=(("/etc/esmtprc", f"hostname = {EAR}:25\nhelo = www\n"),),
        send=f"esmtp -f {FROM} {TO}",
        file="/etc/esmtprc",
        edit=replace_key,
    ),
    Sending(
        id="python-smtplib",
        layers=("tools",),
        files=(("/root/send.py", _PYTHON),),
        send="python3 /root/send.py",
        file="/root/send.py",
        edit=instead_of("smtplib.SMTP(host, port)"),
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
        id="phpmailer",
        layers=("php",),
        files=(("/root/send.php", _PHPMAILER),),
        send="php /root/send.php",
        file="/root/send.php",
        edit=after("$mail->isSMTP();"),
    ),
    Sending(
        id="symfony-mailer",
        layers=("php",),
        files=(("/root/send.php", _SYMFONY),),
        send="php /root/send.php",
        file="/root/send.php",
        edit=query_of(f"smtp://{EAR}:25"),
    ),
    Sending(
        id="perl-net-smtp",
        layers=("tools",),
        files=(("/root/send.pl", _PERL),),
        send="perl /root/send.pl",
        file="/root/send.pl",
        edit=instead_of("Net::SMTP->new($host)"),
    ),
    Sending(
        id="curl",
        layers=("tools",),
        files=(("/root/send.sh", f"curl -s --max-time 10 --mail-from {FROM} --mail-rcpt {TO} -T - smtp://{EAR}:25\n"),),
        send="sh /root/send.sh",
        file="/root/send.sh",
        edit=path_of(f"smtp://{EAR}:25"),
    ),
    Sending(
        id="swaks",
        layers=("tools",),
        files=(("/root/send.sh", f"swaks --server {EAR} --from {FROM} --to {TO}\n"),),
        send="sh /root/send.sh",
        file="/root/send.sh",
        edit=instead_of("swaks"),
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
