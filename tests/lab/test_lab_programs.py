"""The text of a guide, put into the smallest program that sends: the program says the new name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from labkit.box import Box
from labkit.heard import announced, guide_of, listening

NAME = "mail.firma.example"
MESSAGE = "From: alice@sender.example\nTo: box@receiver.example\nSubject: offer\n\nHere is the offer.\n"

PHPMAILER = """<?php
foreach (["Exception", "PHPMailer", "SMTP"] as $part)
    require "/usr/share/php/libphp-phpmailer/src/$part.php";
$mail = new PHPMailer\\PHPMailer\\PHPMailer();
$mail->isSMTP(); $mail->Host = "127.0.0.1"; $mail->Port = 2525;
$mail->setFrom("alice@sender.example"); $mail->addAddress("box@receiver.example"); $mail->Body = "x";
{code}
$mail->send();
"""
SYMFONY = """<?php
require "/usr/share/php/Symfony/Component/Mailer/autoload.php";
$dsn = strtr("{code}", ["user:pass@host:587" => "127.0.0.1:2525"]);
$transport = Symfony\\Component\\Mailer\\Transport::fromDsn($dsn);
$mail = (new Symfony\\Component\\Mime\\Email())->from("alice@sender.example")->to("box@receiver.example")->text("x");
try { $transport->send($mail); } catch (Exception $refused) { }
"""
PYTHON = """import smtplib
host, port = "127.0.0.1", 2525
smtp = {code}
smtp.ehlo()
"""
RUBY = "require 'net/smtp'\nsmtp = Net::SMTP.new('127.0.0.1', 2525)\n{code}\n"
PERL = "use Net::SMTP; my $host = '127.0.0.1:2525'; {code};"
SNAIL = "set v15-compat mta=smtp://127.0.0.1:2525 smtp-auth=none from=alice@sender.example\n{code}\n"
ENVELOPE = "--mail-from alice@sender.example --mail-rcpt box@receiver.example"
PROGRAMS = {
    "phpmailer": (PHPMAILER, "php /lab/program"),
    "symfony-mailer": (SYMFONY, "php /lab/program"),
    "python-smtplib": (PYTHON, "python3 /lab/program"),
    "ruby-net-smtp": (RUBY, "ruby /lab/program"),
    "perl-net-smtp": (PERL, "perl /lab/program"),
    "curl": ("{code}", f"curl -s -T - {ENVELOPE} $(sed s/server:25/127.0.0.1:2525/ /lab/program)"),
    "swaks": ("{code} --server 127.0.0.1:2525 --to b@receiver.example --quit-after MAIL", "sh /lab/program"),
    "mutt": ('set smtp_url="smtp://127.0.0.1:2525"\n{code}\n', "mutt -n -F /lab/program -s x b@receiver.example"),
    "s-nail": (SNAIL, "MAILRC=/lab/program s-nail -:u -s x b@receiver.example"),
}


@pytest.fixture(scope="module")
def programs() -> Iterator[Box]:
    """A machine with the libraries, and its listener."""
    with listening("programs", {}) as box:
        yield box


@pytest.mark.parametrize("system", PROGRAMS)
def test_the_text_of_the_guide_makes_a_program_say_the_new_name(programs: Box, system: str) -> None:
    template, send = PROGRAMS[system]
    code = next(
        step.command for step in guide_of(system, NAME).steps if step.shell is None and NAME in (step.command or "")
    )
    programs.write("/lab/program", template.replace("{code}", code))
    (programs.root / "lab/heard").unlink(missing_ok=True)
    assert announced(programs, send, MESSAGE) == NAME
