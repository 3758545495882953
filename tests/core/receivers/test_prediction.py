"""What predict says of a name: one answer per receiver, nothing guessed, nothing that raises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helodoctor.model import Answer, EvidenceKind, InputProblem, Prediction
from helodoctor.receivers import Facts, Host, predict, receivers


def of(name: str, receiver: str, facts: Facts | None = None) -> Prediction:
    return predict(name, facts or Facts(), receiver)[0]


def test_every_receiver_answers_in_the_order_of_the_list() -> None:
    found = predict("www", Facts())
    assert [prediction.receiver for prediction in found] == [receiver.id for receiver in receivers()]


def test_where_nothing_is_known_the_answer_is_unknown_with_no_evidence() -> None:
    for name in ("mail.example.com", "www", "[203.0.113.9]"):
        prediction = of(name, "yandex")
        assert (prediction.verdict, prediction.evidence) == (Answer.UNKNOWN, EvidenceKind.UNKNOWN)
        assert prediction.reply is None


def test_a_refusal_comes_with_stage_code_reply_and_how_it_is_known() -> None:
    prediction = of("www", "postfix-hardened")
    assert (prediction.verdict, prediction.stage, prediction.code) == (Answer.REJECT, "rcpt", 504)
    assert prediction.reply == "504 5.5.2 <www>: Helo command rejected: need fully-qualified hostname"
    assert prediction.evidence is EvidenceKind.OBSERVED
    assert prediction.source


def test_default_and_hardened_differ() -> None:
    assert of("www", "postfix").verdict is Answer.ACCEPT
    assert of("www", "postfix-hardened").verdict is Answer.REJECT


def test_a_score_names_the_rules_behind_it() -> None:
    prediction = of("1-2-3-4.dsl.example.net", "rspamd")
    assert (prediction.verdict, prediction.score, prediction.symbols) == (Answer.SCORE, 2.5, ("HFILTER_HELO_4",))


def test_what_is_taken_for_granted_is_listed() -> None:
    assert of("mail.example.com", "postfix-hardened").assumed == ("name-is-client",)
    assert of("my_server.example.com", "postfix-hardened").assumed == ("name-not-found",)
    assert of("[203.0.113.9]", "haraka-strict").assumed == ("literal-is-client",)
    assert of("mail.example.com", "maddy-rdns").assumed == ("ptr-matches",)
    assert of("www", "postfix").assumed == ()


def test_a_known_fact_is_not_taken_for_granted() -> None:
    facts = Facts(ip="203.0.113.9", ptr="mail.example.com")
    assert of("mail.example.com", "maddy-rdns", facts).assumed == ()
    assert of("mail.example.com", "maddy-rdns", Facts(ptr="other.example.com")).verdict is Answer.REJECT


def test_a_condition_that_is_not_known_to_hold_makes_no_refusal() -> None:
    elsewhere = Facts(ip="203.0.113.9", hosts={"mail.example.com": Host(addresses=("198.51.100.1",))})
    assert of("localhost", "qmail-sagredo").verdict is Answer.UNKNOWN  # refuses only what is on its list
    assert of("mail.example.com", "policyd-spf", elsewhere).verdict is Answer.UNKNOWN
    fails = Facts(ip="203.0.113.9", hosts={"mail.example.com": Host(addresses=("198.51.100.1",), spf="fail")})
    assert of("mail.example.com", "policyd-spf", fails).verdict is Answer.REJECT


def test_a_private_ending_is_not_found_without_being_asked_for() -> None:
    assert of("server.local", "postfix-hardened").reply == (
        "450 4.7.1 <server.local>: Helo command rejected: Host not found"
    )


def test_a_receiver_that_does_not_exist_is_named() -> None:
    with pytest.raises(InputProblem) as raised:
        predict("www", Facts(), "nobody")
    assert raised.value.id == "receiver-unknown"


ADDRESSES = st.none() | st.sampled_from(["203.0.113.9", "2001:db8::9", "127.0.0.1", "::ffff:203.0.113.9"])
PTRS = st.none() | st.sampled_from(["", "mail.example.com", "UPPER.Example.COM.", "x..y", "[odd"])


NAMES = st.text(st.characters(codec=None), max_size=300) | st.sampled_from(["\ud800", "a.\udcff\ud800", "ü" * 200])


@given(NAMES, ADDRESSES, PTRS)
def test_no_name_raises_and_each_gets_all_answers(name: str, ip: str | None, ptr: str | None) -> None:
    found = predict(name, Facts(ip=ip, ptr=ptr))
    assert len(found) == len(receivers())
    for prediction in found:
        refused = prediction.verdict in (Answer.REJECT, Answer.TEMPFAIL)
        assert refused or prediction.reply is None
        assert (prediction.verdict is Answer.UNKNOWN) == (prediction.evidence is EvidenceKind.UNKNOWN)


@pytest.mark.parametrize("part", ["1", "1-", "a1.", ".", "xn--a.", "ü", "1 ", "\\1", "[IPv6:", ":"])
def test_a_name_of_64_kilobytes_gets_its_answers_too(part: str) -> None:
    """Patterns look at the first thousand characters; one that read all of this would take minutes."""
    name = part * (64_000 // len(part))
    assert len(predict(name, Facts(ip="203.0.113.9"))) == len(receivers())
    assert of(name, "postfix-hardened").verdict is Answer.REJECT


def test_a_test_address_that_refuses_everyone_is_no_receiver_to_be_warned_of() -> None:
    assert of("mail.example.com", "spamhaus-helocheck").verdict is Answer.UNKNOWN
