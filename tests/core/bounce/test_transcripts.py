"""Conversations as the programs that print them mark them: each tells the same story."""
# ruff: noqa: E501 - lines of logs and replies are kept whole

from __future__ import annotations

import pytest

from core.bounce.reads import all_of, first
from helodoctor.model import BounceKind, Cause, Direction, Stage

CONVERSATIONS = {
    "swaks": """=== Trying mx.receiver.example:25...
=== Connected to mx.receiver.example.
<-  220 mx.receiver.example ESMTP Postfix
 -> EHLO www
<-  250-mx.receiver.example
<-  250 8BITMIME
 -> MAIL FROM:<a@sender.example>
<-  250 2.1.0 Ok
 -> RCPT TO:<b@receiver.example>
<** 504 5.5.2 <www>: Helo command rejected: need fully-qualified hostname
 -> QUIT
<-  221 2.0.0 Bye
=== Connection closed with remote host.""",
    "openssl": """depth=0 CN = mx.receiver.example
---
250 SMTPUTF8
EHLO www
250-mx.receiver.example
250 CHUNKING
mail from:<a@sender.example>
250 2.1.0 Ok
rcpt to:<b@receiver.example>
504 5.5.2 <www>: Helo command rejected: need fully-qualified hostname""",
    "mailx-v": """Resolving host mx.receiver.example . . . done.
Connecting to 203.0.113.9:25 . . . connected.
220 mx.receiver.example ESMTP Postfix
>>> EHLO www
250-mx.receiver.example
250 SMTPUTF8
>>> MAIL FROM:<a@sender.example>
250 2.1.0 Ok
>>> RCPT TO:<b@receiver.example>
504 5.5.2 <www>: Helo command rejected: need fully-qualified hostname
>>> QUIT""",
    "smtplib": """send: 'ehlo www\\r\\n'
reply: b'250-mx.receiver.example\\r\\n'
reply: b'250 SMTPUTF8\\r\\n'
reply: retcode (250); Msg: b'mx.receiver.example\\nSMTPUTF8'
send: 'mail FROM:<a@sender.example>\\r\\n'
reply: b'250 2.1.0 Ok\\r\\n'
reply: retcode (250); Msg: b'2.1.0 Ok'
send: 'rcpt TO:<b@receiver.example>\\r\\n'
reply: b'504 5.5.2 <www>: Helo command rejected: need fully-qualified hostname\\r\\n'
reply: retcode (504); Msg: b'5.5.2 <www>: Helo command rejected: need fully-qualified hostname'
send: 'rset\\r\\n'""",
    "phpmailer": """SERVER -> CLIENT: 220 mx.receiver.example ESMTP Postfix
CLIENT -> SERVER: EHLO www
SERVER -> CLIENT: 250-mx.receiver.example250-PIPELINING250 SMTPUTF8
CLIENT -> SERVER: MAIL FROM:<a@sender.example>
SERVER -> CLIENT: 250 2.1.0 Ok
CLIENT -> SERVER: RCPT TO:<b@receiver.example>
SERVER -> CLIENT: 504 5.5.2 <www>: Helo command rejected: need fully-qualified hostname
SMTP ERROR: RCPT TO command failed: 504 5.5.2 <www>: Helo command rejected: need fully-qualified hostname""",
    "nodemailer": """[2026-02-03 10:00:00] DEBUG [abc] S: 220 mx.receiver.example ESMTP Postfix
[2026-02-03 10:00:00] DEBUG [abc] C: EHLO www
[2026-02-03 10:00:00] DEBUG [abc] S: 250-mx.receiver.example
[2026-02-03 10:00:00] DEBUG [abc] S: 250 SMTPUTF8
[2026-02-03 10:00:00] DEBUG [abc] C: MAIL FROM:<a@sender.example>
[2026-02-03 10:00:00] DEBUG [abc] S: 250 2.1.0 Ok
[2026-02-03 10:00:00] DEBUG [abc] C: RCPT TO:<b@receiver.example>
[2026-02-03 10:00:00] DEBUG [abc] S: 504 5.5.2 <www>: Helo command rejected: need fully-qualified hostname""",
    "javamail": """DEBUG SMTP: trying to connect to host "mx.receiver.example", port 25, isSSL false
220 mx.receiver.example ESMTP Postfix
DEBUG SMTP: connected to host "mx.receiver.example", port: 25
EHLO www
250-mx.receiver.example
250 SMTPUTF8
DEBUG SMTP: Found extension "SMTPUTF8", arg ""
MAIL FROM:<a@sender.example>
250 2.1.0 Ok
RCPT TO:<b@receiver.example>
504 5.5.2 <www>: Helo command rejected: need fully-qualified hostname
DEBUG SMTP: Invalid Addresses""",
    "exchange-smtpsend": """#Software: Microsoft Exchange Server
#Log-type: SMTP Send Protocol Log
#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context
2026-02-03T10:00:00.000Z,Internet,08DE5D3C1F6C7B2A,0,,203.0.113.9:25,*,,attempting to connect
2026-02-03T10:00:00.100Z,Internet,08DE5D3C1F6C7B2A,1,10.0.0.5:5000,203.0.113.9:25,+,,
2026-02-03T10:00:00.200Z,Internet,08DE5D3C1F6C7B2A,2,10.0.0.5:5000,203.0.113.9:25,<,220 mx.receiver.example ESMTP Postfix,
2026-02-03T10:00:00.300Z,Internet,08DE5D3C1F6C7B2A,3,10.0.0.5:5000,203.0.113.9:25,>,EHLO www,
2026-02-03T10:00:00.400Z,Internet,08DE5D3C1F6C7B2A,4,10.0.0.5:5000,203.0.113.9:25,<,250-mx.receiver.example,
2026-02-03T10:00:00.400Z,Internet,08DE5D3C1F6C7B2A,5,10.0.0.5:5000,203.0.113.9:25,<,250 SMTPUTF8,
2026-02-03T10:00:00.500Z,Internet,08DE5D3C1F6C7B2A,6,10.0.0.5:5000,203.0.113.9:25,>,MAIL FROM:<a@sender.example> SIZE=100,
2026-02-03T10:00:00.600Z,Internet,08DE5D3C1F6C7B2A,7,10.0.0.5:5000,203.0.113.9:25,<,250 2.1.0 Ok,
2026-02-03T10:00:00.700Z,Internet,08DE5D3C1F6C7B2A,8,10.0.0.5:5000,203.0.113.9:25,>,RCPT TO:<b@receiver.example>,
2026-02-03T10:00:00.800Z,Internet,08DE5D3C1F6C7B2A,9,10.0.0.5:5000,203.0.113.9:25,<,504 5.5.2 <www>: Helo command rejected: need fully-qualified hostname,""",
    "hmail": '''"SMTPC"	5048	6	"2026-02-03 10:00:00.100"	"203.0.113.9"	"RECEIVED: 220 mx.receiver.example ESMTP Postfix"
"SMTPC"	5048	6	"2026-02-03 10:00:00.100"	"203.0.113.9"	"SENT: EHLO www"
"SMTPC"	5048	6	"2026-02-03 10:00:00.200"	"203.0.113.9"	"RECEIVED: 250-mx.receiver.example[nl]250 SMTPUTF8"
"SMTPC"	5048	6	"2026-02-03 10:00:00.300"	"203.0.113.9"	"SENT: MAIL FROM:<a@sender.example>"
"SMTPC"	5048	6	"2026-02-03 10:00:00.400"	"203.0.113.9"	"RECEIVED: 250 2.1.0 Ok"
"SMTPC"	5048	6	"2026-02-03 10:00:00.500"	"203.0.113.9"	"SENT: RCPT TO:<b@receiver.example>"
"SMTPC"	5048	6	"2026-02-03 10:00:00.600"	"203.0.113.9"	"RECEIVED: 504 5.5.2 <www>: Helo command rejected: need fully-qualified hostname"''',
    "exim-v": """LOG: MAIN
  <= a@sender.example U=root P=local S=300
Connecting to mx.receiver.example [203.0.113.9]:25 ... connected
  SMTP<< 220 mx.receiver.example ESMTP Postfix
  SMTP>> EHLO www
  SMTP<< 250-mx.receiver.example
         250 SMTPUTF8
  SMTP>> MAIL FROM:<a@sender.example>
  SMTP<< 250 2.1.0 Ok
  SMTP>> RCPT TO:<b@receiver.example>
  SMTP<< 504 5.5.2 <www>: Helo command rejected: need fully-qualified hostname
  SMTP>> QUIT""",
    "sendmail-v": """b@receiver.example... Connecting to mx.receiver.example. via esmtp...
220 mx.receiver.example ESMTP Postfix
>>> EHLO www
250-mx.receiver.example
250 SMTPUTF8
>>> MAIL From:<a@sender.example> SIZE=10
250 2.1.0 Ok
>>> RCPT To:<b@receiver.example>
504 5.5.2 <www>: Helo command rejected: need fully-qualified hostname""",
    "curl-v": """* Connected to mx.receiver.example (203.0.113.9) port 25 (#0)
< 220 mx.receiver.example ESMTP Postfix
> EHLO www
< 250-mx.receiver.example
< 250 SMTPUTF8
> MAIL FROM:<a@sender.example>
< 250 2.1.0 Ok
> RCPT TO:<b@receiver.example>
< 504 5.5.2 <www>: Helo command rejected: need fully-qualified hostname
* RCPT failed: 504
> QUIT""",
    "mailkit": """Connected to smtp://mx.receiver.example:25/?starttls=when-available
S: 220 mx.receiver.example ESMTP Postfix
C: EHLO www
S: 250-mx.receiver.example
S: 250 SMTPUTF8
C: MAIL FROM:<a@sender.example>
S: 250 2.1.0 Ok
C: RCPT TO:<b@receiver.example>
S: 504 5.5.2 <www>: Helo command rejected: need fully-qualified hostname""",
    "msmtp-d": """<-- 220 mx.receiver.example ESMTP Postfix
--> EHLO www
<-- 250-mx.receiver.example
<-- 250 SMTPUTF8
--> MAIL FROM:<a@sender.example>
--> RCPT TO:<b@receiver.example>
<-- 250 2.1.0 Ok
<-- 504 5.5.2 <www>: Helo command rejected: need fully-qualified hostname
msmtp: recipient address b@receiver.example not accepted by the server""",
    "postfix-notify": """Transcript of session follows.

 Out: 220 mx.receiver.example ESMTP Postfix
 In:  EHLO www
 Out: 250-mx.receiver.example
 Out: 250 SMTPUTF8
 In:  MAIL FROM:<a@sender.example>
 Out: 250 2.1.0 Ok
 In:  RCPT TO:<b@receiver.example>
 Out: 504 5.5.2 <www>: Helo command rejected: need fully-qualified
     hostname
 In:  QUIT
 Out: 221 2.0.0 Bye""",
    "roundcube": """[03-Feb-2026 10:00:00 +0000]: <ab12cd34> Recv: 220 mx.receiver.example ESMTP
[03-Feb-2026 10:00:00 +0000]: <ab12cd34> Send: EHLO www
[03-Feb-2026 10:00:00 +0000]: <ab12cd34> Recv: 250-mx.receiver.example
[03-Feb-2026 10:00:00 +0000]: <ab12cd34> Recv: 250 SMTPUTF8
[03-Feb-2026 10:00:00 +0000]: <ab12cd34> Send: MAIL FROM:<a@sender.example>
[03-Feb-2026 10:00:00 +0000]: <ab12cd34> Recv: 250 2.1.0 Ok
[03-Feb-2026 10:00:00 +0000]: <ab12cd34> Send: RCPT TO:<b@receiver.example>
[03-Feb-2026 10:00:00 +0000]: <ab12cd34> Recv: 504 5.5.2 <www>: Helo command rejected: need fully-qualified hostname""",
    "mdaemon": """Mon 2026-02-03 10:00:00: [9:1] <-- 220 mx.receiver.example ESMTP
Mon 2026-02-03 10:00:00: [9:1] --> EHLO www
Mon 2026-02-03 10:00:00: [9:1] <-- 250-mx.receiver.example
Mon 2026-02-03 10:00:00: [9:1] <-- 250 SMTPUTF8
Mon 2026-02-03 10:00:00: [9:1] --> MAIL From:<a@sender.example>
Mon 2026-02-03 10:00:00: [9:1] <-- 250 2.1.0 Ok
Mon 2026-02-03 10:00:00: [9:1] --> RCPT To:<b@receiver.example>
Mon 2026-02-03 10:00:00: [9:1] <-- 504 5.5.2 <www>: Helo command rejected: need fully-qualified hostname""",
}


@pytest.mark.parametrize("text", CONVERSATIONS.values(), ids=CONVERSATIONS.keys())
def test_a_conversation_is_read_whatever_its_marks(text: str) -> None:
    found = all_of(text)
    report = found[0].report
    assert len(found) == 1
    assert (found[0].cause, found[0].helo_name) == (Cause.HELO_NOT_FQDN, "www")
    assert (report.reply_code, report.enhanced_code, report.stage) == (504, "5.5.2", Stage.RCPT)
    assert (report.receiver.host, report.sender, report.recipient) == (
        "mx.receiver.example",
        "a@sender.example",
        "b@receiver.example",
    )


SEEDS = {
    "127.0.0.1": Cause.HELO_BARE_IP,
    "[127.0.0.1]": Cause.HELO_ADDRESS_LITERAL,
    "localhost": Cause.HELO_LOCALHOST,
    "www": Cause.HELO_NOT_FQDN,
    "servidor": Cause.HELO_NOT_FQDN,
    "fakedomain.xyz": Cause.HELO_UNSPECIFIED,
}
SEED = """220 mta-gw1.infomaniak.ch ESMTP Infomaniak Network Mail Servers;
HELO {name}
250 mta-gw1.infomaniak.ch Hello, pleased to meet you
MAIL FROM: user123@infomaniak.ch
250 2.1.0 user123@infomaniak.ch... Sender ok
RCPT TO: user123@infomaniak.ch
550 5.7.1 user123@infomaniak.ch... Access denied - bogus HELO [1] ...
"""


@pytest.mark.parametrize("glued", [False, True], ids=["two lines", "banner and HELO on one line"])
@pytest.mark.parametrize(("name", "cause"), SEEDS.items())
def test_the_first_real_case(name: str, cause: Cause, glued: bool) -> None:
    text = SEED.format(name=name)
    found = first(text.replace(";\nHELO", ";HELO") if glued else text)
    report = found.report
    assert (found.cause, found.helo_name, found.confidence) == (cause, name, "likely")
    assert (report.stage, report.reply_code, report.enhanced_code) == (Stage.RCPT, 550, "5.7.1")
    assert (report.receiver.host, report.kind) == ("mta-gw1.infomaniak.ch", BounceKind.TRANSCRIPT)


def test_pipelined_commands_are_answered_in_order() -> None:
    text = (
        "EHLO box\n250 mx.receiver.example\nMAIL FROM:<>\nRCPT TO:<b@receiver.example>\nDATA\n250 2.1.0 Ok\n"
        "504 5.5.2 <box>: Helo command rejected: need fully-qualified hostname\n554 5.5.1 Error: no valid recipients"
    )
    assert [(found.report.stage, found.report.reply_code) for found in all_of(text)] == [
        (Stage.RCPT, 504),
        (Stage.DATA, 554),
    ]


def test_a_conversation_that_went_well_is_accepted() -> None:
    found = first("220 mx.receiver.example ESMTP\nHELO mail.sender.example\n250 mx.receiver.example\nQUIT\n221 bye")
    assert (found.cause, found.report.helo_name) == (Cause.ACCEPTED, "mail.sender.example")


def test_a_login_makes_it_a_submission() -> None:
    found = first(
        "EHLO box\n250 AUTH LOGIN\nAUTH LOGIN\n334 VXNlcm5hbWU6\nYWxpY2U=\n334 UGFzc3dvcmQ6\nc2VjcmV0\n"
        "535 5.7.8 Error: authentication failed"
    )
    assert (found.cause, found.report.direction, found.report.stage) == (
        Cause.NOT_HELO_AUTH,
        Direction.SUBMISSION,
        Stage.AUTH,
    )
