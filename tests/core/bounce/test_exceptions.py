"""Errors as programs, mail clients and servers' notices print them: one refusal in thirty dresses."""

# ruff: noqa: E501 - messages are kept whole

from __future__ import annotations

import pytest

from core.bounce.reads import all_of, first
from helodoctor.model import BounceKind, Cause, Role

PRINTED = {
    "smtplib": "Traceback (most recent call last):\n  File \"send.py\", line 9, in <module>\n    s.sendmail(a, b, m)\n  File \"/usr/lib/python3.11/smtplib.py\", line 901, in sendmail\n    raise SMTPRecipientsRefused(senderrs)\nsmtplib.SMTPRecipientsRefused: {'b@receiver.example': (504, b'5.5.2 <box>: Helo command rejected: need fully-qualified hostname')}",
    "aiosmtplib": "aiosmtplib.errors.SMTPHeloError: (501, 'Syntactically invalid HELO argument(s)')",
    "symfony": 'Symfony\\Component\\Mailer\\Exception\\TransportException: Expected response code "250" but got code "504", with message "504 5.5.2 <box>: Helo command rejected: need fully-qualified hostname".',
    "laravel-swift": 'Swift_TransportException: Expected response code 250 but got code "504", with message "504 5.5.2 <box>: Helo command rejected: need fully-qualified hostname\n"',
    "nodemailer": "Error: Can't send mail - all recipients were rejected: 504 5.5.2 <box>: Helo command rejected: need fully-qualified hostname\n    at SMTPConnection._formatError (/app/node_modules/nodemailer/lib/smtp-connection/index.js:790:19)\n    at SMTPConnection._actionRCPT (/app/node_modules/nodemailer/lib/smtp-connection/index.js:1500:28) {\n  code: 'EENVELOPE',\n  response: '504 5.5.2 <box>: Helo command rejected: need fully-qualified hostname',\n  responseCode: 504,\n  command: 'RCPT TO'\n}",
    "javamail": "jakarta.mail.SendFailedException: Invalid Addresses;\n  nested exception is:\n\tcom.sun.mail.smtp.SMTPAddressFailedException: 504 5.5.2 <box>: Helo command rejected: need fully-qualified hostname\n\n\tat com.sun.mail.smtp.SMTPTransport.rcptTo(SMTPTransport.java:2064)",
    "dotnet": "System.Net.Mail.SmtpFailedRecipientException: Command parameter not implemented. The server response was: 5.5.2 <box>: Helo command rejected: need fully-qualified hostname\n   at System.Net.Mail.SmtpTransport.SendMail(MailAddress sender)",
    "mailkit": "MailKit.Net.Smtp.SmtpCommandException: 5.5.2 <box>: Helo command rejected: need fully-qualified hostname\n   at MailKit.Net.Smtp.SmtpClient.RcptToAsync(Message m)",
    "go": "dial: sending mail: 504 5.5.2 <box>: Helo command rejected: need fully-qualified hostname",
    "go-quoted": 'gomail: could not send email 1: gomail: invalid address: 504 "5.5.2 <box>: Helo command rejected: need fully-qualified hostname"',
    "ruby": "Net::SMTPSyntaxError (504 5.5.2 <box>: Helo command rejected: need fully-qualified hostname\n):\n  app/mailers/x.rb:3",
    "ruby2": "/usr/lib/ruby/3.0.0/net/smtp.rb:1055:in `check_response': 504 5.5.2 <box>: Helo command rejected: need fully-qualified hostname (Net::SMTPSyntaxError)",
    "perl": "Net::SMTP>>> RCPT TO:<b@receiver.example>\nNet::SMTP=GLOB(0x55)<<< 504 5.5.2 <box>: Helo command rejected: need fully-qualified hostname",
    "phpmailer": "PHPMailer Error: SMTP Error: The following recipients failed: b@receiver.example: <box>: Helo command rejected: need fully-qualified hostname\r\n",
    "wordpress": "WP Mail SMTP Debug: SMTP ERROR: RCPT TO command failed: 504 5.5.2 <box>: Helo command rejected: need fully-qualified hostname\nSMTP Error: The following recipients failed: b@receiver.example",
    "thunderbird": 'An error occurred while sending mail. The mail server responded:  5.5.2 <box>: Helo command rejected: need fully-qualified hostname. Please check the message recipient "b@receiver.example" and try again.',
    "outlook": "Your server has unexpectedly terminated... Server Response: '504 5.5.2 <box>: Helo command rejected: need fully-qualified hostname', Port: 25, Secure(SSL): No, Server Error: 504, Error Number: 0x800CCC79",
    "outlook2": "b@receiver.example on 2/3/2026 10:00 AM\n    Server error: '504 5.5.2 <box>: Helo command rejected: need fully-qualified hostname'",
    "python-dict": "{'b@receiver.example': (504, b'5.5.2 <box>: Helo command rejected: need fully-qualified hostname')}",
    "grafana": 'logger=alerting err="504 5.5.2 <box>: Helo command rejected: need fully-qualified hostname"',
    "elixir": '{:error, {:no_more_hosts, {:permanent_failure, "mx.receiver.example", "504 5.5.2 <box>: Helo command rejected: need fully-qualified hostname\\r\\n"}}}',
    "rust-lettre": 'Error: lettre::transport::smtp::Error { kind: Permanent(Code { severity: PermanentNegativeCompletion, category: Syntax, detail: Four }), source: "5.5.2 <box>: Helo command rejected: need fully-qualified hostname" }',
    "roundcube": 'SMTP Error (504): Failed to add recipient "b@receiver.example" (5.5.2 <box>: Helo command rejected: need fully-qualified hostname).',
    "exchange-ndr": "Delivery has failed to these recipients or groups:\n\nb@receiver.example\nYour message wasn't delivered.\n\nDiagnostic information for administrators:\n\nGenerating server: out.sender.example\n\nb@receiver.example\nmx.receiver.example #504 5.5.2 <box>: Helo command rejected: need fully-qualified hostname ##\n\nOriginal message headers:\n\nReceived: from OUT (10.0.0.1) by out.sender.example",
    "m365": "b@receiver.example\nRemote Server returned '504 5.5.2 <box>: Helo command rejected: need fully-qualified hostname'",
    "gmail-ndr": "** Message not delivered **\n\nThere was a problem delivering your message to b@receiver.example. See the technical details below.\n\nThe response from the remote server was:\n504 5.5.2 <box>: Helo command rejected: need fully-qualified hostname",
    "domino": "Your message\n\n  Subject: x\n\nwas not delivered to:\n\n  b@receiver.example\n\nbecause:\n\n  Error transferring to MX.RECEIVER.EXAMPLE; SMTP Protocol Returned a Permanent Error 504 5.5.2 <box>: Helo command rejected: need fully-qualified hostname",
    "hmail": "Your message did not reach some or all of the intended recipients.\n\n   Sent: Tue, 3 Feb 2026\n   Subject: x\n\nThe following recipient(s) could not be reached:\n\nb@receiver.example\n   Error Type: SMTP\n   Remote server (203.0.113.9) issued an error.\n   hMailServer sent: RCPT TO:<b@receiver.example>\n   Remote server replied: 504 5.5.2 <box>: Helo command rejected: need fully-qualified hostname",
    "mdaemon": "  --- Session Transcript ---\n Tue 2026-02-03 10:00:00: --> EHLO box\n Tue 2026-02-03 10:00:00: <-- 250 mx.receiver.example\n Tue 2026-02-03 10:00:00: --> RCPT To:<b@receiver.example>\n Tue 2026-02-03 10:00:00: <-- 504 5.5.2 <box>: Helo command rejected: need fully-qualified hostname\n --- End Transcript ---",
}
WITHOUT_THE_NAME = {"aiosmtplib": Cause.HELO_INVALID_SYNTAX}


@pytest.mark.parametrize(("program", "text"), PRINTED.items(), ids=PRINTED.keys())
def test_the_refusal_is_seen_once_and_with_its_name(program: str, text: str) -> None:
    found = all_of(text)
    assert len(found) == 1
    if program in WITHOUT_THE_NAME:
        assert found[0].cause is WITHOUT_THE_NAME[program]
    else:
        assert (found[0].cause, found[0].helo_name) == (Cause.HELO_NOT_FQDN, "box")


@pytest.mark.parametrize(
    ("program", "kind", "role", "software"),
    [
        ("smtplib", BounceKind.EXCEPTION, Role.USER, "Python smtplib"),
        ("nodemailer", BounceKind.EXCEPTION, Role.USER, "Nodemailer"),
        ("javamail", BounceKind.EXCEPTION, Role.USER, "JavaMail"),
        ("dotnet", BounceKind.EXCEPTION, Role.USER, ".NET"),
        ("mailkit", BounceKind.EXCEPTION, Role.USER, "MailKit"),
        ("symfony", BounceKind.EXCEPTION, Role.USER, "Symfony Mailer"),
        ("ruby", BounceKind.EXCEPTION, Role.USER, "Ruby Net::SMTP"),
        ("thunderbird", BounceKind.EXCEPTION, Role.USER, "Thunderbird"),
        ("outlook", BounceKind.EXCEPTION, Role.USER, "Outlook"),
        ("wordpress", BounceKind.EXCEPTION, Role.USER, "PHPMailer"),
        ("exchange-ndr", BounceKind.NDR, Role.SENDER, "Exchange"),
        ("domino", BounceKind.NDR, Role.SENDER, "Domino"),
        ("hmail", BounceKind.NDR, Role.SENDER, "hMailServer"),
        ("gmail-ndr", BounceKind.NDR, Role.SENDER, "Gmail"),
    ],
)
def test_who_speaks(program: str, kind: BounceKind, role: Role, software: str) -> None:
    report = first(PRINTED[program]).report
    assert (report.kind, report.role, report.reporter.software) == (kind, role, software)
