"""Mail software that is told a name, or none: its settings, and how it is made to send to port 2525 of its machine."""

from __future__ import annotations

from dataclasses import dataclass

from helodoctor import steps
from helodoctor.knowledge.senders import Pointing
from helodoctor.model import Target

FROM, TO = "alice@sender.example", "box@receiver.example"
MESSAGE = f"From: {FROM}\nTo: {TO}\nSubject: offer\n\nHere is the offer.\n"
NAME = "out.kolibri.example"


@dataclass(frozen=True, kw_only=True)
class Saying:
    """One mail system. ``settings`` is the text of ``file``.

    In it ``{name}`` is where ``named`` stands once a name is set (itself with ``@@`` for the name), and ``{point}``
    where the program's own text points it at the listener. ``ready`` is a command run whenever the settings have
    changed, ``restart`` what stands for the service manager, ``send`` one that gets :data:`MESSAGE` on standard input.
    ``files`` are other files it needs. ``encrypts`` is false where it does not take the listener's certificate.
    """

    system: str
    layers: tuple[str, ...]
    file: str
    settings: str
    named: str
    send: str
    ready: str = "true"
    restart: str = "true"
    files: tuple[tuple[str, str], ...] = ()
    encrypts: bool = True

    @property
    def pointing(self) -> Pointing | None:
        """How the system is pointed at the listener, as the program tells its users."""
        return steps.pointing(self.system, Target(host="127.0.0.1", port=2525))

    def text(self, named: bool) -> str:
        """The settings, with the name or without; ``""``: the file is not there."""
        point = (self.pointing.text if self.pointing else None) or ""
        name = self.named.replace("@@", NAME) if named else ""
        return self.settings.replace("{point}", point).replace("{name}", name)


_SENDMAIL = f"/usr/sbin/sendmail -i -f {FROM} {TO}"
_POSTFIX = """\
compatibility_level = 3.6
inet_interfaces = loopback-only
inet_protocols = ipv4
mydestination =
smtp_tls_security_level = may
{name}
"""
_POSTFIX_READY = "postfix stop; postsuper -d ALL; postfix start"
_EXIM_ANSWERS = """\
dc_eximconfig_configtype='internet'
dc_other_hostnames='www'
dc_local_interfaces='127.0.0.2'
dc_smarthost=''
dc_use_split_config='false'
dc_minimaldns='false'
CFILEMODE='644'
dc_localdelivery='mail_spool'
"""
_EXIM = """\
domainlist local_domains = @
acl_smtp_rcpt = accept
begin routers
out:
  driver = manualroute
  route_list = * 127.0.0.1::2525
  transport = remote_smtp
  self = send
begin transports
remote_smtp:
  driver = smtp
  {name}
begin retry
* * F,2h,15m
"""
_SENDMAIL_MC = """\
define(`_USE_ETC_MAIL_')dnl
include(`/usr/share/sendmail/cf/m4/cf.m4')dnl
OSTYPE(`debian')dnl
{name}
FEATURE(`nocanonify')dnl
define(`confSERVICE_SWITCH_FILE', `/etc/mail/service.switch')dnl
{point}
MAILER(`local')dnl
MAILER(`smtp')dnl
"""
_SMTPD_RUNS = "until smtpctl show status > /dev/null 2>&1; do sleep 0.1; done"
_OPENSMTPD = """\
listen on lo port 25
{point} {name}
match from local for any action "out"
"""
_COURIER_READY = """\
cd /etc/courier
service courier stop; pkill courieresmtp; rm -rf /var/lib/courier/msgq/* /var/lib/courier/msgs/*
echo sender.example > defaultdomain
echo localhost > locals
printf '127.0.0.1\\tallow,RELAYCLIENT\\n' > smtpaccess/default
makesmtpaccess; makealiases
install -d -m 755 -o courier -g courier /run/courier /run/courier/authdaemon
service courier-authdaemon start; service courierfilter start; service courier start
"""
_MSMTP = f"""\
defaults
tls on

account default
{{point}}
from {FROM}
{{name}}
"""
_HARAKA_READY = """\
pkill node; sleep 0.5
mkdir -p /opt/mail/queue; cd /opt/mail; rm -f queue/*
/opt/node/node /opt/haraka/node_modules/Haraka/bin/haraka -c . > haraka.log 2>&1 &
until swaks --server 127.0.0.1 --quit-after BANNER > /dev/null 2>&1; do sleep 0.2; done
"""
_HARAKA_FILES = {
    "smtp.ini": "listen=127.0.0.1:25\nnodes=0\n",
    "plugins": "relay\nqueue/smtp_forward\n",
    "relay.ini": "[relay]\nacl=true\nforce_routing=true\n",
    "relay_acl_allow": "127.0.0.0/8\n",
    "connection.ini": "[main]\n[haproxy]\nhosts[] =\n[headers]\n[max]\nbytes=1000000\n[message]\n[uuid]\n",
    "outbound.ini": "enable_tls=true\nlocal_mx_ok=true\n",
    "relay_dest_domains.ini": '[domains]\nreceiver.example={"action":"accept","nexthop":"127.0.0.1:2525"}\nany={"action":"accept","nexthop":"127.0.0.1:2525"}\n',  # noqa: E501
}
_PYTHON = f"""\
import smtplib, ssl
loose = ssl._create_unverified_context()
with smtplib.SMTP({{point}}{{name}}) as smtp:
    smtp.starttls(context=loose)
    smtp.ehlo()
    try:
        smtp.sendmail("{FROM}", ["{TO}"], "x")
    except smtplib.SMTPException:
        pass
"""
_AIOSMTPLIB = """\
import asyncio, aiosmtplib
async def main():
    smtp = aiosmtplib.SMTP({point}, start_tls=True, validate_certs=False{name})
    async with smtp:
        await smtp.ehlo()
try:
    asyncio.run(main())
except aiosmtplib.SMTPException:
    pass
"""
_DJANGO = """\
from django.core.mail.utils import DNS_NAME

SECRET_KEY = "for-this-lab-only"
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
{point}
EMAIL_USE_TLS = True
{name}
"""
_DJANGO_SEND = f"""\
cd /srv && DJANGO_SETTINGS_MODULE=settings python3 -c "
import django; from django.core.mail import send_mail
django.setup(); send_mail('offer', 'x', '{FROM}', ['{TO}'], fail_silently=True)"
"""
_NODEMAILER = f"""\
const nodemailer = require('/opt/nodemailer/node_modules/nodemailer');
const transport = nodemailer.createTransport({{
  {{point}}
  tls: {{ rejectUnauthorized: false }},
  {{name}}
}});
transport.sendMail({{ from: '{FROM}', to: '{TO}', subject: 'offer', text: 'Here is the offer.' }}).catch(() => 0);
"""
_PHPMAILER = f"""\
<?php
use PHPMailer\\PHPMailer\\PHPMailer;
foreach (["Exception", "PHPMailer", "SMTP"] as $part)
    require "/usr/share/php/libphp-phpmailer/src/$part.php";
$mail = new PHPMailer();
$mail->isSMTP();
{{point}}
$mail->SMTPOptions = ["ssl" => ["verify_peer" => false, "verify_peer_name" => false]];
$mail->setFrom("{FROM}");
$mail->addAddress("{TO}");
$mail->Body = "x";
{{name}}
$mail->send();
"""
_SYMFONY_SEND = f"""\
php -r '
require "/usr/share/php/Symfony/Component/Mailer/autoload.php";
preg_match("/^MAILER_DSN=(.*)$/m", file_get_contents("/srv/shop/symfony.env"), $found);
$transport = Symfony\\Component\\Mailer\\Transport::fromDsn($found[1]);
$mail = (new Symfony\\Component\\Mime\\Email())->from("{FROM}")->to("{TO}")->text("x");
try {{ $transport->send($mail); }} catch (Exception $refused) {{ }}'
"""
_RUBY = """\
require 'net/smtp'
smtp = {point}
smtp.enable_starttls(OpenSSL::SSL::SSLContext.new.tap { |c| c.verify_mode = OpenSSL::SSL::VERIFY_NONE })
smtp.start({name}) { |one| one.mailfrom('a@sender.example') rescue nil }
"""
_PERL = """\
use Net::SMTP;
my $smtp = Net::SMTP->new({point}{name});
$smtp->starttls(SSL_verify_mode => 0);
$smtp->quit;
"""
_EMAIL_SENDER = f"""\
use Email::Sender::Simple qw(try_to_sendmail);
use Email::Sender::Transport::SMTP;
my $transport = Email::Sender::Transport::SMTP->new({{
  {{point}}, ssl => 'starttls', ssl_options => {{ SSL_verify_mode => 0 }},
  {{name}}
}});
try_to_sendmail("Subject: x\\n\\nx\\n", {{ from => '{FROM}', to => '{TO}', transport => $transport }});
"""
_ENVELOPE = f"--mail-from {FROM} --mail-rcpt {TO}"
_SNAIL = f"""\
{{point}}
set from={FROM} smtp-use-starttls tls-verify=ignore
{{name}}
"""
_GIT = """\
[user]
	name = Alice
	email = alice@sender.example
{point}
	smtpEncryption = tls
	smtpsslcertpath =
	{name}
"""
_MUTT = f"""\
{{point}}
set from="{FROM}"
set ssl_starttls=yes
set certificate_file="/srv/seen"
{{name}}
"""

SAYINGS = (
    Saying(
        system="postfix", layers=("postfix",), file="/etc/postfix/main.cf", settings=_POSTFIX,
        named="smtp_helo_name = @@", ready=_POSTFIX_READY, send=_SENDMAIL,
    ),
    Saying(
        system="exim4-debian", layers=("exim",), file="/etc/exim4/exim4.conf.localmacros",
        files=(("/etc/exim4/update-exim4.conf.conf", _EXIM_ANSWERS),),
        settings="REMOTE_SMTP_SMARTHOST_TLS_VERIFY_HOSTS = :\n{name}\n", named="REMOTE_SMTP_HELO_DATA = @@",
        ready="update-exim4.conf; rm -f /var/spool/exim4/input/* /var/spool/exim4/db/*", send=_SENDMAIL,
    ),
    Saying(
        system="exim", layers=("exim",), file="/etc/exim/exim.conf", settings=_EXIM, named="helo_data = @@",
        ready="rm -f /var/spool/exim4/input/* /var/spool/exim4/db/*",
        send=f"exim4 -C /etc/exim/exim.conf -odi -i -f {FROM} {TO}",
    ),
    Saying(
        system="sendmail", layers=("sendmail",), file="/etc/mail/sendmail.mc",
        files=(("/etc/mail/service.switch", "hosts\tfiles\naliases\tfiles\n"),), settings=_SENDMAIL_MC,
        named="define(`confDOMAIN_NAME', `@@')dnl",
        ready="cd /etc/mail && make; cd /var/spool; rm -rf mqueue/*; chown root:root mqueue; chmod 700 mqueue",
        send=f"sendmail -Am -odi -i -f {FROM} {TO}",
    ),
    Saying(
        system="opensmtpd", layers=("opensmtpd",), file="/etc/smtpd.conf", settings=_OPENSMTPD, named="helo @@",
        ready="pkill -x smtpd; while pgrep -x smtpd > /dev/null; do sleep 0.1; done;"
        f" rm -rf /var/spool/smtpd/queue/*; smtpd; {_SMTPD_RUNS}", send=f"sendmail -f {FROM} {TO}",
    ),
    Saying(
        system="courier", layers=("courier",), file="/etc/courier/esmtphelo", settings="{name}", named="@@\n",
        files=(("/etc/courier/me", "srv01.kolibri.example\n"),), ready=_COURIER_READY,
        restart="service courier stop; service courier start", send=f"sendmail -f {FROM} {TO}",
    ),
    Saying(
        system="msmtp", layers=("msmtp",), file="/etc/msmtprc", settings=_MSMTP, named="domain @@",
        send=f"msmtp -C /etc/msmtprc {TO}",
    ),
    Saying(
        system="dma", layers=("dma",), file="/etc/dma/dma.conf",
        settings="{point}\nSECURETRANSFER\nSTARTTLS\n{name}\n", named="MAILNAME @@",
        send=f"timeout 5 dma -D -f {FROM} {TO}; rm -f /var/spool/dma/*",
    ),
    Saying(
        system="nullmailer", layers=("nullmailer",), file="/etc/nullmailer/helohost", settings="{name}", named="@@\n",
        files=(("/etc/nullmailer/remotes", "mx.kolibri.example smtp --starttls --insecure\n"),),
        ready="rm -f /var/spool/nullmailer/trigger; mkfifo /var/spool/nullmailer/trigger;"
        " chown mail:mail /var/spool/nullmailer/trigger",
        send="cat > /lab-mail; (timeout 5 su mail -s /bin/sh -c nullmailer-send > /dev/null 2>&1 &); sleep 1;"
        f" timeout 3 nullmailer-inject {TO} < /lab-mail; sleep 1; rm -f /var/spool/nullmailer/queue/*",
    ),
    Saying(
        system="esmtp", layers=("esmtp",), file="/etc/esmtprc",
        settings="{point}\n{name}\n", named="helo = @@", encrypts=False,
        send=f"esmtp -f {FROM} {TO}",
    ),
    Saying(
        system="haraka", layers=("haraka",), file="/opt/mail/config/me", settings="{name}\n", named="@@",
        files=tuple((f"/opt/mail/config/{name}", text) for name, text in _HARAKA_FILES.items()),
        ready=_HARAKA_READY, send=f"swaks --server 127.0.0.1 --from {FROM} --to {TO}",
    ),
    Saying(
        system="python-smtplib", layers=(), file="/srv/shop/send_mail.py", settings=_PYTHON,
        named=', local_hostname="@@"', send="python3 /srv/shop/send_mail.py",
    ),
    Saying(
        system="aiosmtplib", layers=("python",), file="/srv/shop/notify.py", settings=_AIOSMTPLIB,
        named=', local_hostname="@@"', send="python3 /srv/shop/notify.py",
    ),
    Saying(
        system="django", layers=("python",), file="/srv/settings.py", settings=_DJANGO,
        named='DNS_NAME._fqdn = "@@"', send=_DJANGO_SEND,
    ),
    Saying(
        system="nodemailer", layers=("nodemailer",), file="/srv/shop/mailer.js", settings=_NODEMAILER,
        named="name: '@@',", send="/opt/node/node /srv/shop/mailer.js",
    ),
    Saying(
        system="phpmailer", layers=("programs",), file="/srv/shop/contact.php", settings=_PHPMAILER,
        named="$mail->Helo = '@@';", send="php /srv/shop/contact.php",
    ),
    Saying(
        system="symfony-mailer", layers=("programs",), file="/srv/shop/symfony.env",
        settings="MAILER_DSN={point}?verify_peer=0{name}\n", named="&local_domain=@@",
        send=_SYMFONY_SEND,
    ),
    Saying(
        system="ruby-net-smtp", layers=("programs",), file="/srv/shop/notify.rb", settings=_RUBY,
        named="helo: '@@'", send="ruby /srv/shop/notify.rb",
    ),
    Saying(
        system="perl-net-smtp", layers=("perl",), file="/srv/shop/notify.pl", settings=_PERL,
        named=", Hello => '@@'", send="perl /srv/shop/notify.pl",
    ),
    Saying(
        system="email-sender", layers=("perl",), file="/srv/shop/offer.pl", settings=_EMAIL_SENDER,
        named="helo => '@@',", send="perl /srv/shop/offer.pl",
    ),
    Saying(
        system="curl", layers=("programs",), file="/srv/shop/notify.sh",
        settings=f"curl -s -k --ssl-reqd -T - {_ENVELOPE} {{point}}{{name}}\n", named="/@@",
        send="sh /srv/shop/notify.sh",
    ),
    Saying(
        system="swaks", layers=(), file="/srv/shop/notify.sh",
        settings=f"swaks --tls {{point}} --from {FROM} --to {TO} --quit-after MAIL {{name}}\n",
        named="--helo @@", send="sh /srv/shop/notify.sh",
    ),
    Saying(
        system="mutt", layers=("programs",), file="/srv/.muttrc", settings=_MUTT, named='set hostname="@@"',
        send=f"openssl x509 -in /lab-certificate > /srv/seen; mutt -F /srv/.muttrc -s offer {TO}",
    ),
    Saying(
        system="s-nail", layers=("programs",), file="/srv/.mailrc", settings=_SNAIL, named="set hostname=@@",
        send=f"MAILRC=/srv/.mailrc s-nail -:u -s offer {TO}",
    ),
    Saying(
        system="git-send-email", layers=("programs", "perl"), file="/srv/.gitconfig", settings=_GIT,
        named="smtpDomain = @@", send=f"export HOME=/srv; cd /srv; (printf 'Subject: offer\\n\\nx\\n' > 1.patch);"
        f" git -c sendemail.confirm=never send-email --to={TO} --suppress-cc=all 1.patch",
    ),
)  # fmt: skip
