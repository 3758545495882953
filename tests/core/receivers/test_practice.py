"""The practice server's policies: the replies of the receivers they play, at their stages."""

from __future__ import annotations

import pytest

from helodoctor.model import Answer, InputProblem, Stage
from helodoctor.receivers import Facts, Host, decide, dialogue, policies
from helodoctor.receivers.facts import NO_HOST

CLIENT = Facts(ip="203.0.113.9")
RECIPIENT = "user123@infomaniak.ch"
BOGUS = f"550 5.7.1 {RECIPIENT}... Access denied - bogus HELO [1] ..."


def said(policy: str, name: str, facts: Facts = CLIENT, verb: str = "EHLO") -> tuple[str, str]:
    """Where the policy refuses and with which words; ``accept`` and nothing where it does not."""
    decision = decide(policy, name, facts, verb=verb)
    if not decision.refuses:
        return "accept", ""
    return decision.stage.value, "\n".join(decision.lines(recipient=RECIPIENT, sender="a@b.example"))


def test_the_policies_are_the_promised_ones_and_the_gateway_is_the_default() -> None:
    assert policies() == (
        "infomaniak", "postfix-hardened", "postfix-early", "exim", "exim-verify", "iredmail", "haraka-strict",
        "gmail-like", "courier-bofh", "qpsmtpd-strict", "accept-all",
    )  # fmt: skip


@pytest.mark.parametrize("name", ["127.0.0.1", "[127.0.0.1]", "localhost", "www", "servidor", "fakedomain.xyz"])
def test_the_gateway_refuses_its_six_names_at_rcpt(name: str) -> None:
    assert said("infomaniak", name, Facts(ip="127.0.0.1")) == ("rcpt", BOGUS)


def test_the_gateway_takes_a_full_name_and_speaks_as_its_help_page_shows() -> None:
    assert said("infomaniak", "serveur.domain.xyz") == ("accept", "")
    texts = dialogue("infomaniak")
    assert texts.banner == "mta-gw1.infomaniak.ch ESMTP Infomaniak Network Mail Servers;"
    assert texts.helo.replace("{host}", texts.host) == "mta-gw1.infomaniak.ch Hello, pleased to meet you"
    assert texts.mail.replace("{sender}", RECIPIENT) == f"2.1.0 {RECIPIENT}... Sender ok"


NOT_FQDN = "504 5.5.2 <www>: Helo command rejected: need fully-qualified hostname"
NOT_FOUND = "450 4.7.1 <server.local>: Helo command rejected: Host not found"


@pytest.mark.parametrize(
    ("policy", "name", "stage", "reply"),
    [
        ("postfix-hardened", "www", "rcpt", NOT_FQDN),
        ("postfix-early", "www", "helo", NOT_FQDN),
        ("postfix-hardened", "", "helo", "501 Syntax: EHLO hostname"),
        ("postfix-hardened", "server.local", "rcpt", NOT_FOUND),
        ("postfix-hardened", "<a>.b", "rcpt", "501 5.5.2 <?a?.b>: Helo command rejected: Invalid name"),
        ("postfix-early", "<a>.b", "helo", "501 5.5.2 <<a>.b>: Helo command rejected: Invalid name"),
        ("exim", "my_server.example.com", "helo", "501 Syntactically invalid EHLO argument(s)"),
        ("exim", "www", "accept", ""),
        ("exim-verify", "www", "helo", "550 EHLO argument does not match calling host"),
        ("exim-verify", "mail.example.com", "accept", ""),
        ("haraka-strict", "www", "helo", "550 HELO host must be a FQDN or address literal (RFC 5321 2.3.5)"),
        ("courier-bofh", "www", "mail", "517 HELO www does not exist."),
        ("qpsmtpd-strict", "www", "helo", "550 HELO name is not fully qualified. Read RFC 2821"),
        ("accept-all", "www", "accept", ""),
        ("accept-all", "", "accept", ""),
    ],
)
def test_each_policy_answers_as_its_receiver(policy: str, name: str, stage: str, reply: str) -> None:
    assert said(policy, name) == (stage, reply)


def test_iredmail_quotes_what_its_table_caught() -> None:
    stage, reply = said("iredmail", "1-2-3-4.dsl.example.net")
    assert stage == "rcpt"
    assert reply.startswith("554 5.7.1 <1-2-3-4.dsl.example.net>: Helo command rejected: ACCESS DENIED. Your email was")
    assert reply.endswith("on a dynamic IP address that should not be doing direct mail delivery (1-2-3-4)")
    assert said("iredmail", "[203.0.113.9]") == ("accept", "")


def test_gmail_answers_two_lines_and_takes_what_is_not_known() -> None:
    stage, reply = said("gmail-like", "")
    assert (stage, reply.splitlines()) == (
        "helo",
        ["501-5.5.4 Empty HELO/EHLO argument not allowed, closing connection.",
         "501 5.5.4 https://support.google.com/mail/?p=helo"],
    )  # fmt: skip
    decision = decide("gmail-like", "[203.0.113.9]", CLIENT)
    assert decision.answer is Answer.ACCEPT
    assert "practice-accepts" in decision.assumed


def test_helo_changes_the_word_in_the_reply() -> None:
    assert said("postfix-hardened", "", verb="HELO")[1] == "501 Syntax: HELO hostname"
    assert said("qpsmtpd-strict", "", verb="HELO")[1].startswith("501 helo requires domain/address")


def test_facts_decide_what_would_else_be_taken_for_granted() -> None:
    name = "mail.example.com"
    assert "name-is-client" in decide("postfix-hardened", name, CLIENT).assumed
    gone = Facts(ip="203.0.113.9", hosts={name: NO_HOST})
    assert said("postfix-hardened", name, gone)[0] == "rcpt"
    assert said("courier-bofh", name, gone)[1] == "517 HELO mail.example.com does not exist."
    elsewhere = Facts(ip="203.0.113.9", ptr="other.example.net", hosts={name: Host(addresses=("198.51.100.1",))})
    assert said("postfix-hardened", name, elsewhere) == ("accept", "")
    assert said("exim-verify", name, elsewhere)[1] == "550 EHLO argument does not match calling host"
    assert said("courier-bofh", name, elsewhere)[1] == "517 HELO mail.example.com does not match ::ffff:203.0.113.9"
    broken = Facts(ip="203.0.113.9", hosts={name: Host(trouble="servfail")})
    assert said("postfix-early", name, broken) == (
        "rcpt", "450 4.7.1 <mail.example.com>: Helo command rejected: Host not found",
    )  # fmt: skip


def test_an_ipv4_client_of_a_socket_for_both_families_is_an_ipv4_client() -> None:
    mapped = Facts(ip="::ffff:203.0.113.9")
    assert said("courier-bofh", "[203.0.113.9]", mapped) == ("accept", "")
    assert said("courier-bofh", "[203.0.113.8]", mapped)[1] == (
        "517 HELO [203.0.113.8] does not match ::ffff:203.0.113.9"
    )


def test_a_name_with_places_in_it_is_repeated_as_it_is() -> None:
    assert said("courier-bofh", "{ip}.{host}.lan")[1] == "517 HELO {ip}.{host}.lan does not exist."


def test_every_reply_is_a_whole_smtp_reply() -> None:
    names = ["", "www", "[256.1.1.1]", "ü.example", "a b", "mail.example.com", "x" * 600, "{recipient}", "\udcff"]
    facts = [CLIENT, Facts(ip="203.0.113.9", ptr="", listed=True), Facts()]
    for policy in policies():
        for name in names:
            for known in facts:
                decision = decide(policy, name, known)
                lines = decision.lines(recipient=RECIPIENT, sender="")
                assert all(line[3] == "-" and line[:3] == lines[0][:3] for line in lines[:-1])
                assert decision.refuses == bool(lines)
                if lines:
                    assert lines[-1][:4] == f"{decision.code} "
                    assert decision.stage is not Stage.UNKNOWN
                    assert not any(char in line for line in lines for char in "\r\n")


def test_a_policy_that_does_not_exist_is_named() -> None:
    with pytest.raises(InputProblem) as raised:
        decide("nobody", "www", CLIENT)
    assert raised.value.id == "policy-unknown"
    assert raised.value.values["policy"] == "nobody"
