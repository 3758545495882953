"""What users paste, in tests: the first real case with its six names, and three others."""

TRANSCRIPT = """\
220 mta-gw1.infomaniak.ch ESMTP Infomaniak Network Mail Servers;
HELO {name}
250 mta-gw1.infomaniak.ch Hello, pleased to meet you
MAIL FROM: user123@infomaniak.ch
250 2.1.0 user123@infomaniak.ch... Sender ok
RCPT TO: user123@infomaniak.ch
550 5.7.1 user123@infomaniak.ch... Access denied - bogus HELO [1] ...
"""

SEEDS = ("127.0.0.1", "[127.0.0.1]", "localhost", "www", "servidor", "fakedomain.xyz")

POSTFIX_DSN = """\
Return-Path: <>
From: MAILER-DAEMON@srv01.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: office@firma.example
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="4711"

--4711
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host srv01.

<anna@kolibri.example>: host mx1.kolibri.example[203.0.113.25] said:
    504 5.5.2 <srv01>: Helo command rejected: need fully-qualified hostname
    (in reply to RCPT TO command)

--4711
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; srv01
Arrival-Date: Mon, 23 Nov 2026 08:14:02 +0100 (CET)

Final-Recipient: rfc822; anna@kolibri.example
Action: failed
Status: 5.5.2
Remote-MTA: dns; mx1.kolibri.example
Diagnostic-Code: smtp; 504 5.5.2 <srv01>: Helo command rejected: need fully-qualified hostname

--4711--
"""

GMAIL = """\
220 smtp-relay.gmail.com ESMTP a1-20020a gsmtp
EHLO localhost
501-5.5.4 HELO/EHLO argument "localhost" invalid, closing connection.
501 5.5.4  https://support.google.com/mail/?p=helo a1-20020a gsmtp
"""

MAILBOX_FULL = """\
<peter@hof.example>: host mx.hof.example[203.0.113.77] said:
    552 5.2.2 <peter@hof.example>: Mailbox is full (in reply to RCPT TO command)
"""

POEM = "The woods are lovely, dark and deep,\nbut I have promises to keep,\nand miles to go before I sleep.\n"


def accepted(name: str) -> str:
    """A conversation in which ``name`` went through: the proof that a server says it."""
    return (
        f"220 mx1.kolibri.example ESMTP Postfix\nEHLO {name}\n250 mx1.kolibri.example\n"
        "MAIL FROM:<office@firma.example>\n250 2.1.0 Ok\nRCPT TO:<anna@kolibri.example>\n250 2.1.5 Ok\n"
        "QUIT\n221 2.0.0 Bye\n"
    )
