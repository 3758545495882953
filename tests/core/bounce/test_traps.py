"""The traps that make other readers blame, or clear, the HELO name wrongly."""
# ruff: noqa: E501 - lines of logs and replies are kept whole

from __future__ import annotations

import pytest

from core.bounce.reads import all_of, first, name_of
from helodoctor.model import Cause, Direction, Permanence, Role, Stage, Verdict

LOG = (
    "Feb  3 10:00:00 mx postfix/smtpd[7]: NOQUEUE: {action}: RCPT from unknown[203.0.113.9]: {reply}; "
    "from=<a@sender.example> to=<b@receiver.example> proto=ESMTP helo=<{name}>"
)


def log(reply: str, name: str = "box", action: str = "reject") -> str:
    return LOG.format(reply=reply, name=name, action=action)


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("Name service error for name=receiver.example type=MX: Host not found, try again", Cause.NOT_HELO_OTHER),
        ("450 4.1.8 <a@nowhere.example>: Sender address rejected: Domain not found", Cause.NOT_HELO_SENDER_DOMAIN),
        ("504 5.5.2 <a@box>: Sender address rejected: need fully-qualified address", Cause.NOT_HELO_SENDER_DOMAIN),
        ("504 5.5.2 <b>: Recipient address rejected: need fully-qualified address", Cause.NOT_HELO_OTHER),
    ],
)
def test_the_same_words_about_something_else_clear_the_name(text: str, cause: Cause) -> None:
    assert first(text).cause is cause


def test_host_not_found_is_about_the_name_after_helo_command_rejected() -> None:
    assert (
        first("450 4.7.1 <mail.sender.example>: Helo command rejected: Host not found").cause is Cause.HELO_UNRESOLVABLE
    )


@pytest.mark.parametrize("name", ["localhost", "WIN-9QF", "203.0.113.9", "[192.168.1.5]"])
def test_an_ugly_name_in_helo_brackets_proves_nothing(name: str) -> None:
    found = first(log("554 5.7.1 <b@other.example>: Relay access denied", name))
    assert (found.cause, found.report.helo_name) == (Cause.NOT_HELO_RELAY, name)
    assert found.helo_name is None


def test_postscreen_writes_its_fields_with_commas() -> None:
    text = (
        "Feb  3 10:00:00 mx postfix/postscreen[7]: NOQUEUE: reject: RCPT from [203.0.113.9]:4711: 550 5.7.1 Service "
        "unavailable; client [203.0.113.9] blocked using bl.list.example; from=<a@sender.example>, "
        "to=<b@receiver.example>, proto=ESMTP, helo=<localhost>"
    )
    found = first(text)
    assert (found.cause, found.report.helo_name, found.report.client_ip) == (
        Cause.NOT_HELO_RBL,
        "localhost",
        "203.0.113.9",
    )


def test_a_port_before_helo_is_no_reply_code() -> None:
    found = first(
        "Received: from localhost ([::1]:35550 helo=lists.sender.example)\n\tby mx.receiver.example with esmtp"
    )
    assert (found.cause, found.report.helo_name) == (Cause.ACCEPTED, "lists.sender.example")


@pytest.mark.parametrize("action", ["reject_warning", "hold", "filter", "discard"])
def test_a_warning_or_hold_is_no_refusal(action: str) -> None:
    found = first(log("504 5.5.2 <box>: Helo command rejected: need fully-qualified hostname", action=action))
    assert found.cause is Cause.HELO_NOT_FQDN
    assert not found.report.refused


@pytest.mark.parametrize(
    "text",
    [
        "policyd-weight[7]: weighted check:  CL_IP_NE_HELO=4.75 (check from: .sender. - helo: .box. - helo-domain: .box.)",
        "rspamd_task_write_log: id: <1@x.example>, (default: F (no action): [4.50/15.00] [HFILTER_HELO_BADIP(4.50){127.0.0.1;1;}]",
    ],
)
def test_a_score_is_no_refusal(text: str) -> None:
    found = first(text)
    assert found.verdict is Verdict.NOT_HELO
    assert not found.report.refused


def test_a_policy_servers_helo_fault_inside_recipient_address_rejected() -> None:
    reply = (
        "550 5.7.1 <b@receiver.example>: Recipient address rejected: Mail appeared to be SPAM or forged. Ask your "
        "Mail/DNS-Administrator to correct HELO and DNS MX settings or to get removed from DNSBLs; MTA helo: "
        "mail.sender.example, MTA hostname: unknown[203.0.113.9] (helo/hostname mismatch)"
    )
    found = first(log(reply, "mail.sender.example"))
    assert (found.cause, found.helo_name) == (Cause.HELO_MISMATCH, "mail.sender.example")


def test_two_faults_in_one_paste_are_two_diagnoses_the_helo_fault_first() -> None:
    text = "\n".join(
        [
            log("450 4.7.25 Client host rejected: cannot find your hostname, [203.0.113.9]", "box"),
            log("504 5.5.2 <box>: Helo command rejected: need fully-qualified hostname", "box"),
        ]
    )
    assert [found.cause for found in all_of(text)] == [Cause.HELO_NOT_FQDN, Cause.NOT_HELO_PTR]


def test_two_faults_neither_of_them_the_name() -> None:
    text = "\n".join(
        [
            log("450 4.7.25 Client host rejected: cannot find your hostname, [203.0.113.9]", "localhost"),
            log("554 5.7.1 <b@other.example>: Relay access denied", "localhost"),
        ]
    )
    assert {found.cause for found in all_of(text)} == {Cause.NOT_HELO_PTR, Cause.NOT_HELO_RELAY}


def test_a_queue_that_gave_up_after_days_quotes_the_real_refusal() -> None:
    found = first(
        "554 4.4.7 Message expired: unable to deliver in 840 minutes."
        "<450 4.7.1 <mail.sender.example>: Helo command rejected: Host not found>"
    )
    assert (found.cause, found.report.reply_code, found.report.permanence) == (
        Cause.HELO_UNRESOLVABLE,
        450,
        Permanence.TEMPORARY,
    )


def test_google_relay_try_again_later_at_ehlo_is_the_name() -> None:
    assert first("421-4.7.0 Try again later, closing connection. (EHLO) a-b.1 - gsmtp").verdict is Verdict.HELO


def test_try_again_later_without_ehlo_is_not() -> None:
    assert first("421 4.7.0 Try again later, closing connection. a-b.1 - gsmtp").verdict is not Verdict.HELO


def test_a_forwarders_name_is_not_the_readers_to_fix() -> None:
    found = first(
        "<b@receiver.example>: host mx1.forward.example[203.0.113.9] said: 504 Invalid HELO. response=504 5.5.2 <mx1>: "
        "Helo command rejected: need fully-qualified hostname (in reply to end of DATA command)"
    )
    assert (found.cause, found.report.role, found.helo_name) == (Cause.HELO_NOT_FQDN, Role.FORWARDER, "mx1")


def test_a_receivers_own_log_is_told_from_a_senders_bounce() -> None:
    reply = "504 5.5.2 <box>: Helo command rejected: need fully-qualified hostname"
    assert first(log(reply)).report.role is Role.RECEIVER
    bounce = f"<b@receiver.example>: host mx.receiver.example[203.0.113.9] said: {reply} (in reply to RCPT TO command)"
    assert first(bounce).report.role is Role.SENDER


def test_a_refusal_at_mail_from_is_not_the_senders_address() -> None:
    found = first(
        "The following From address failed: a@sender.example : MAIL FROM command failed,"
        "Access denied - Invalid HELO name (See RFC2821 4.1.1.1)\\r\\n,550,SMTP server error: MAIL FROM command failed"
    )
    assert (found.cause, found.report.stage) == (Cause.HELO_UNSPECIFIED, Stage.MAIL)


def test_ehlo_refused_then_helo_refused_is_one_fault() -> None:
    text = (
        "220 mx.receiver.example ESMTP\nEHLO my_box\n501 Syntactically invalid EHLO argument(s)\n"
        "HELO my_box\n501 Syntactically invalid HELO argument(s)\nQUIT\n221 bye"
    )
    found = all_of(text)
    assert [diagnosis.cause for diagnosis in found] == [Cause.HELO_INVALID_SYNTAX]
    assert name_of(found[0]) == "my_box"


def test_ehlo_refused_then_helo_accepted_still_tells_of_the_refusal() -> None:
    text = (
        "220 mx.receiver.example ESMTP Haraka ready\nEHLO big.example\n550 You are not who you say you are\n"
        "HELO big.example\n250 mx.receiver.example Hello"
    )
    assert first(text).cause is Cause.HELO_FORGED


@pytest.mark.parametrize("lead", ["Mailbox unavailable.", "Command parameter not implemented."])
def test_dot_net_drops_the_code(lead: str) -> None:
    found = first(
        f"System.Net.Mail.SmtpException: {lead} The server response was: <PC-7>: Helo command rejected: "
        "need fully-qualified hostname"
    )
    assert (found.cause, found.helo_name, found.report.role) == (Cause.HELO_NOT_FQDN, "PC-7", Role.USER)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            '501-5.5.4 HELO/EHLO argument "my box" invalid, closing connection.\n501 5.5.4 https://support.google.com/mail/?p=helo x',
            "my box",
        ),
        (
            '501-5.5.4 HELO/EHLO argument "my box" invalid, closing connection. 501 5.5.4 https://support.google.com/mail/?p=helo x',
            "my box",
        ),
        (
            "501-5.5.4 HELO/EHLO argument “my box” invalid, closing connection.\\r\\n501 5.5.4 https://support.google.com/mail/?p=helo x",
            "my box",
        ),
        ('501-5.5.4 HELO/EHLO argument *"my.*"* invalid, closing connection.', "my.*"),
    ],
)
def test_gmails_two_line_reply_however_it_was_pasted(text: str, name: str) -> None:
    found = first(text)
    assert (found.cause, found.helo_name, found.report.reply_code, found.report.enhanced_code) == (
        Cause.HELO_INVALID_SYNTAX,
        name,
        501,
        "5.5.4",
    )


MANGLED = [
    "> 504 5.5.2 <box>: Helo\n> command rejected: need fully-qualified\n> hostname",
    "504 5.5.2 &lt;box&gt;: Helo command rejected: need fully-qualified hostname",
    "504 5.5.2 &l;tbox&gt;: Helo command rejected: need fully-qualified hostname",
    "504 5.5.2 <box>: **Helo command rejected: need fully-qualified hostname**",
    "504 5.5.2 <box>: __Helo command rejected: need fully-qualified hostname__",
    "`504 5.5.2 <box>: Helo command rejected: need fully-qualified hostname`",
    "504 5.5.2 <box>: Helo command rejected: need fully-qualifiedhostname",
    "504 5.5.2 <box>: He\u00adlo command re\u200bjected: need fully-qualified hostname",
    '{"log":"504 5.5.2 \\u003cbox\\u003e: Helo command rejected: need fully-qualified hostname\\n","stream":"stdout"}',
    "<p>504 5.5.2 &lt;box&gt;: Helo command<br>rejected: need fully-qualified hostname</p>",
    "mail_1   | 504 5.5.2 <box>: Helo command rejected: need fully-qualified hostname",
    "504 5.5.2\n    <box>:\n    Helo command\n    rejected: need fully-qualified hostname",
    "504 5.5.2 ‹box›: Helo command rejected: need fully-qualified hostname",
    log("504 5.5.2 <box>: Helo command rejected: need fully-qualified hostname").replace("<box>", "<box>") + "</box>",
]


@pytest.mark.parametrize("text", MANGLED)
def test_mangled_pastes_read_like_the_original(text: str) -> None:
    found = first(text)
    assert (found.cause, name_of(found), found.report.reply_code) == (Cause.HELO_NOT_FQDN, "box", 504)


def test_brackets_eaten_by_a_web_page() -> None:
    found = first("450 4.7.1 : Helo command rejected: Host not found; from= to= proto=ESMTP helo=")
    assert (found.cause, name_of(found)) == (Cause.HELO_UNRESOLVABLE, None)


@pytest.mark.parametrize("code", ["404 4.5.2", "454 4.7.1", "550 5.7.1", "554 5.7.1"])
def test_the_words_count_not_the_code(code: str) -> None:
    assert first(f"{code} <box>: Helo command rejected: need fully-qualified hostname").cause is Cause.HELO_NOT_FQDN


@pytest.mark.parametrize(
    "text",
    [
        "Error: Invalid HELO. response=501 5.5.4 Invalid argument\n    at SMTPConnection._actionHELO (node_modules/nodemailer/lib/x.js:1)",
        "smtplib.SMTPHeloError: (501, b'5.5.4 Invalid Address')",
        'a1b2 smtp failed-command command="HELO my_box" result="501 5.5.4 Invalid command arguments: Invalid domain name"',
        "EHLO my_box\n501 5.5.4 Invalid Address",
    ],
)
def test_words_without_helo_are_known_by_their_frame(text: str) -> None:
    found = first(text)
    assert (found.cause, found.report.stage) == (Cause.HELO_INVALID_SYNTAX, Stage.HELO)


def test_the_same_words_after_mail_from_are_something_else() -> None:
    text = (
        "EHLO mail.sender.example\n250 mx.receiver.example\nMAIL FROM:<a@b>\n501 5.5.4 Invalid Address\nQUIT\n221 bye"
    )
    assert first(text).verdict is not Verdict.HELO


@pytest.mark.parametrize(
    "text",
    [
        "503 5.5.1 Error: send HELO/EHLO first",
        "550 5.5.1 Command received before SMTP greeting",
        "EHLO localhost\n250 mx.receiver.example\nHELO localhost\n503 wrong state for HELO command",
    ],
)
def test_order_faults_have_no_name_to_fix(text: str) -> None:
    found = first(text)
    assert (found.cause, found.helo_name) == (Cause.HELO_MISSING, None)


def test_called_helo_without_being_connected_is_a_lost_connection() -> None:
    assert first("SMTP error: EHLO failed: Called HELO without being connected").verdict is Verdict.NOT_HELO


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        (
            "2026-02-03 10:00:00 plain authenticator failed for (box) [203.0.113.9]: 535 Incorrect authentication data (set_id=a)",
            Cause.NOT_HELO_AUTH,
        ),
        (
            "2026-02-03 10:00:00 no MAIL in SMTP connection from host.sender.example (box) [203.0.113.9] D=1s C=EHLO,QUIT",
            Cause.NOT_HELO_OTHER,
        ),
        (
            "2026-02-03 10:00:00 H=(box) [203.0.113.9] F=<a@sender.example> rejected RCPT <b@other.example>: relay not permitted",
            Cause.NOT_HELO_RELAY,
        ),
    ],
)
def test_exim_lines_that_share_the_name_in_brackets(text: str, cause: Cause) -> None:
    found = first(text)
    assert (found.cause, found.report.helo_name) == (cause, "box")


@pytest.mark.parametrize(
    "text",
    [
        "550 5.7.23 SPF fail (s=helo): HELO/EHLO: 203.0.113.9 is not allowed to use mail.sender.example",
        "550 see http://www.openspf.org/Why?s=helo;id=mail.sender.example;ip=203.0.113.9;r=mx.receiver.example",
    ],
)
def test_spf_of_the_helo_identity_is_about_a_record(text: str) -> None:
    assert first(text).cause is Cause.NOT_HELO_SPF


def test_an_innocent_looking_literal_is_judged_by_the_reply() -> None:
    conversation = (
        "220 mx.receiver.example ESMTP\nEHLO [192.168.1.5]\n250 mx.receiver.example\nMAIL FROM:<a@sender.example>\n"
        "250 ok\nRCPT TO:<b@receiver.example>\n{reply}\nQUIT\n221 bye\n"
    )
    taken = first(conversation.format(reply="550 5.1.1 no such user"))
    refused = first(conversation.format(reply="550 5.7.1 <b@receiver.example>... Access denied - bogus HELO [1]"))
    assert (taken.cause, refused.cause) == (Cause.NOT_HELO_USER_UNKNOWN, Cause.HELO_ADDRESS_LITERAL)


def test_one_provider_two_wordings() -> None:
    submission = first("220 mail.provider.example ESMTP\nEHLO my_box\n501 5.5.4 Invalid argument\n")
    exchanger = first("550 5.7.1 b@receiver.example... Access denied - bogus HELO [1]")
    assert (submission.verdict, exchanger.verdict) == (Verdict.HELO, Verdict.HELO)


def test_a_name_never_counts_as_a_phrase() -> None:
    found = first("554 5.7.1 <fakedomain.example>: Helo command rejected: Access denied")
    assert found.cause is Cause.HELO_UNSPECIFIED


def test_a_lost_connection_during_the_greeting_is_a_guess_at_most() -> None:
    found = first("lost connection with mx.receiver.example[203.0.113.9] while performing the HELO handshake")
    assert found.cause in (Cause.UNKNOWN, Cause.HELO_UNSPECIFIED)
    assert found.confidence == "guess"


def test_submission_is_told_from_relay() -> None:
    reply = "504 5.5.2 <box>: Helo command rejected: need fully-qualified hostname"
    assert (
        first(log(reply).replace("postfix/smtpd", "postfix/submission/smtpd")).report.direction is Direction.SUBMISSION
    )
    assert (
        first(
            f"EHLO box\n250 AUTH PLAIN\nAUTH PLAIN AGEAYg==\n235 ok\nMAIL FROM:<a@b.example>\n{reply}"
        ).report.direction
        is Direction.SUBMISSION
    )
    assert (
        first(
            f"<b@receiver.example>: host mx.receiver.example[203.0.113.9] said: {reply} (in reply to RCPT TO command)"
        ).report.direction
        is Direction.RELAY
    )


@pytest.mark.parametrize(
    "text",
    [
        "550 5.1.1 <ehlo@receiver.example>: Recipient address rejected: User unknown",
        "550 No such user helo@receiver.example",
        "550 5.7.1 Mail from helo.example.com denied by local policy",
        "554 5.7.1 <a@sender.example>: Sender address rejected: Access denied (helo ok)",
        "550 5.7.1 rejected: message scored 15 (HELO_NO_DOMAIN, RDNS_NONE, BAYES_99)",
        "X-Spam-Report: 1.5 HELO_NO_DOMAIN Relay reports its domain incorrectly",
        "Feb  3 10:00:00 mx postfix/smtpd[7]: lost connection after EHLO from unknown[203.0.113.9]",
        "Feb  3 10:00:00 mx postfix/smtpd[7]: disconnect from x[203.0.113.9] ehlo=1 auth=0/1 quit=1 commands=2/3",
        "STARTTLS is not offered in the EHLO response of mx.receiver.example",
        "530 5.7.0 Must issue a STARTTLS command first (EHLO again after TLS)",
    ],
)
def test_a_helo_in_passing_blames_nobody(text: str) -> None:
    assert first(text).verdict is not Verdict.HELO
