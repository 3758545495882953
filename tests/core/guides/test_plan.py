"""From a case to its guide: a way on for every cause, only the steps this case needs, nothing hostile in a command."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helodoctor import guides
from helodoctor.model import (
    Actor,
    Case,
    Cause,
    Diagnosis,
    Direction,
    Guide,
    InputProblem,
    Letter,
    Party,
    Phrase,
    Report,
    Role,
    StepConfidence,
    Verdict,
)
from helodoctor.words import guides as sentences
from helodoctor.words import speak

NAME = "mail.firma.example"
WORDS = speak("en")
HELO_CAUSES = [cause for cause in Cause if cause.verdict is Verdict.HELO]
ROLES = (Role.UNKNOWN, Role.FORWARDER, Role.RECEIVER)
PAGE_TWO_CAUSES = [cause for cause in Cause if cause.verdict is Verdict.NOT_HELO]


def case_of(cause: Cause = Cause.HELO_NOT_FQDN, **facts: object) -> Case:
    """A case with ``facts`` about its report; those about the case itself are told apart by their names."""
    own = {key: facts.pop(key) for key in ("name", "new_name", "system", "addresses") if key in facts}
    report = Report(text="", **facts)  # type: ignore[arg-type]
    whole = {"name": "www", "new_name": NAME, "system": "postfix", **own}
    return Case(diagnoses=(Diagnosis(report=report, cause=cause),), **whole)  # type: ignore[arg-type]


def moves(guide: Guide) -> list[str]:
    return [step.id.partition(".")[2] for step in guide.steps]


def letter_to(guide: Guide, who: Actor) -> Letter:
    (found,) = [letter for letter in guide.letters if letter.to is who]
    return found


def said(phrase: Phrase | None) -> str:
    return sentences.phrase(WORDS, phrase) or ""


# --- no dead ends ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("system", [system.id for system in guides.systems() if system.has_guide])
def test_every_cause_and_direction_leads_to_a_step_with_an_actor_and_a_check(system: str) -> None:
    for cause, direction, role, name in product(Cause, Direction, ROLES, (NAME, None)):
        guide = guides.plan(case_of(cause, direction=direction, role=role, system=system, new_name=name))
        assert guide.steps, (cause, direction, role, name)
        for step in guide.steps:
            assert said(step.title)
            assert said(step.do)
            assert said(step.check), step.id
            assert sentences.actor(WORDS, step.actor)


@pytest.mark.parametrize("cause", HELO_CAUSES)
def test_a_guide_for_a_refused_name_ends_in_trying_again(cause: Cause) -> None:
    last = moves(guides.plan(case_of(cause, system="printer")))[-2:]
    assert {"send-again", "ask-removal"} & set(last)


@pytest.mark.parametrize("cause", PAGE_TWO_CAUSES)
def test_an_innocent_name_gets_the_next_step_and_no_switch(cause: Cause) -> None:
    guide = guides.plan(case_of(cause, name="mail.kolibri.example", new_name=None))
    assert moves(guide) == [cause.value]


def test_without_a_new_name_the_guide_asks_for_one_and_shows_the_present_one() -> None:
    guide = guides.plan(case_of(new_name=None))
    assert guide.name is None
    assert moves(guide)[:2] == ["choose-name", "look"]
    assert not any("{" in (step.command or "") for step in guide.steps)


# --- only what this case needs --------------------------------------------------------------------------------------


def test_an_address_nobody_looked_up_is_checked_first() -> None:
    guide = guides.plan(case_of())
    first = guide.steps[0]
    assert (first.number, first.id, first.actor) == ("6a", "address.check-address", Actor.YOU)
    assert first.confidence is StepConfidence.LIKELY
    assert first.command == f"nslookup {NAME}"


def test_a_missing_address_is_made_and_waited_for_before_the_switch() -> None:
    guide = guides.plan(case_of(addresses=(), client_ip="203.0.113.9"))
    order = moves(guide)
    assert order[:2] == ["create-address", "wait-address"]
    assert order.index("wait-address") < order.index("set-command")
    assert guide.steps[0].actor is Actor.DNS_HOST
    assert guide.steps[0].command == f"{NAME}.   A   203.0.113.9"


def test_an_ipv6_address_gets_its_own_kind_of_record() -> None:
    guide = guides.plan(case_of(addresses=(), client_ip="2001:db8::9"))
    assert guide.steps[0].command == f"{NAME}.   AAAA   2001:db8::9"


def test_an_address_that_is_there_needs_no_step() -> None:
    guide = guides.plan(case_of(addresses=("203.0.113.9",)))
    assert not [step for step in guide.steps if step.id.startswith("address.")]


def test_a_name_that_stays_is_not_set_again() -> None:
    guide = guides.plan(case_of(Cause.HELO_UNRESOLVABLE, name="Mail.Firma.Example.", client_ip="203.0.113.9"))
    assert moves(guide) == ["create-address", "wait-address", "read-source", "send-again"]


def test_a_mail_server_with_a_queue_is_not_asked_to_send_again_by_hand() -> None:
    assert "send-again" not in moves(guides.plan(case_of()))
    assert "retry-queue" in moves(guides.plan(case_of()))


# --- causes with a way of their own ---------------------------------------------------------------------------------


def test_a_name_that_does_not_fit_the_address_needs_the_address_provider() -> None:
    guide = guides.plan(case_of(Cause.HELO_MISMATCH, client_ip="203.0.113.9"))
    asking = next(step for step in guide.steps if step.actor is Actor.ADDRESS_PROVIDER)
    assert NAME in said(asking.do)
    assert f"203.0.113.9   PTR   {NAME}." in sentences.letter_body(WORDS, letter_to(guide, Actor.ADDRESS_PROVIDER))


def test_the_letter_to_the_dns_host_has_the_zone_line() -> None:
    guide = guides.plan(case_of(addresses=(), client_ip="203.0.113.9"))
    assert f"{NAME}.   A   203.0.113.9" in sentences.letter_body(WORDS, letter_to(guide, Actor.DNS_HOST))


def test_a_dynamic_name_leads_to_a_relay_first() -> None:
    assert moves(guides.plan(case_of(Cause.HELO_DYNAMIC)))[:2] == ["relay-out", "ask-static"]


def test_a_missing_greeting_is_the_vendors() -> None:
    guide = guides.plan(case_of(Cause.HELO_MISSING, reply_code=503, reply_text="send HELO first"))
    assert Actor.VENDOR in [step.actor for step in guide.steps]
    assert "503 send HELO first" in sentences.letter_body(WORDS, letter_to(guide, Actor.VENDOR))


def test_a_foreign_name_is_given_up_with_a_warning() -> None:
    first = guides.plan(case_of(Cause.HELO_FORGED, name="mx.receiver.example")).steps[0]
    assert first.id == "foreign-name.leave-foreign-name"
    assert "belongs to you" in said(first.warning)


def test_a_listed_name_must_change_and_is_taken_off_the_list_last() -> None:
    guide = guides.plan(case_of(Cause.HELO_BLOCKLISTED))
    assert moves(guide)[0] == "read-listing"
    assert moves(guide)[-1] == "ask-removal"
    assert "choose-other-name" in moves(guides.plan(case_of(Cause.HELO_BLOCKLISTED, name=NAME)))


def test_a_forwarders_fault_is_not_the_users_to_mend() -> None:
    guide = guides.plan(case_of(role=Role.FORWARDER, reply_text="need fully-qualified hostname"))
    assert moves(guide) == ["tell-forwarder", "go-around"]
    assert "need fully-qualified hostname" in sentences.letter_body(WORDS, letter_to(guide, Actor.FORWARDER))


def test_a_correct_name_that_is_refused_is_the_receivers_fault() -> None:
    case = case_of(
        Cause.HELO_MISMATCH, name=NAME, addresses=("203.0.113.9",), client_ip="203.0.113.9", reply_text="go away"
    )
    guide = guides.plan(case)
    assert moves(guide) == ["tell-receiver"]
    body = sentences.letter_body(WORDS, letter_to(guide, Actor.RECEIVER))
    assert "MUST NOT refuse to accept a message on that basis" in body
    assert "go away" in body


@pytest.mark.parametrize(
    ("recipient", "address"),
    [
        ("bob@receiver.example", "postmaster@receiver.example"),
        ("bob@Receiver.Example", "postmaster@receiver.example"),
        ("bob@x.example?bcc=eve@y.example", "postmaster@y.example"),
        ("bob@receiver.example>\r\nTo: eve", None),
        ("bob@[192.0.2.1]", None),
        ("bob", None),
        (None, None),
    ],
)
def test_the_letter_to_the_receiver_has_its_postmasters_address(recipient: str | None, address: str | None) -> None:
    case = case_of(
        Cause.HELO_MISMATCH, name=NAME, addresses=("203.0.113.9",), client_ip="203.0.113.9", recipient=recipient
    )
    assert letter_to(guides.plan(case), Actor.RECEIVER).address == address


def test_a_name_whose_address_is_another_is_not_called_correct() -> None:
    case = case_of(Cause.HELO_MISMATCH, name=NAME, addresses=("198.51.100.1",), client_ip="203.0.113.9")
    assert "tell-receiver" not in moves(guides.plan(case))


def test_a_receivers_own_log_is_called_so_first() -> None:
    first = guides.plan(case_of(role=Role.RECEIVER)).steps[0]
    assert first.id == "received-here.received-here"
    assert "Turning off the check" in said(first.warning)


def test_a_program_that_submits_logs_in_first_and_needs_no_dns() -> None:
    guide = guides.plan(case_of(direction=Direction.SUBMISSION, system="thunderbird"))
    assert moves(guide)[0] == "login-first"
    assert "use-login" not in moves(guide)
    assert not any(step.id.startswith("address.") for step in guide.steps)
    assert "587" in said(guide.steps[0].do)


# --- what is refused, what is cleaned -------------------------------------------------------------------------------


UNUSABLE = ("localhost", "www", "127.0.0.1", "[203.0.113.9]", "a b.example", "x;id.example", "a.local", "$(id).example")


@pytest.mark.parametrize("name", UNUSABLE)
def test_a_name_that_cannot_be_set_is_refused(name: str) -> None:
    with pytest.raises(InputProblem) as told:
        guides.plan(case_of(new_name=name))
    assert told.value.id == "name-not-usable"


def test_an_empty_answer_is_no_name_yet() -> None:
    assert guides.plan(case_of(new_name="")).name is None


@pytest.mark.parametrize("name", [" mail.firma.example ", "MAIL.Firma.example", "mail.firma.example."])
def test_leftovers_of_a_paste_are_quietly_dropped(name: str) -> None:
    assert guides.plan(case_of(new_name=name)).name == NAME


def test_an_unknown_system_and_a_witness_are_told() -> None:
    with pytest.raises(InputProblem, match="unknown-system"):
        guides.plan(case_of(system="nosuch"))
    with pytest.raises(InputProblem, match="system-without-guide"):
        guides.plan(case_of(system="received-exim"))


@given(hostile=st.text(min_size=1, max_size=600))
def test_hostile_facts_never_reach_a_command_unquoted_and_letters_stay_one_line_each(hostile: str) -> None:
    case = case_of(
        name=hostile, client_ip=hostile, sender=hostile, recipient=hostile, reply_text=hostile,
        receiver=Party(host=hostile), system="drupal-smtp", addresses=(),
    )  # fmt: skip
    guide = guides.plan(case)
    for step in guide.steps:
        assert (step.undo_command or "").isprintable()
        assert (step.command or "").isprintable()
    for letter in guide.letters:
        assert all(value.value.isprintable() for phrase in letter.body for value in phrase.values)
        assert len(sentences.letter_body(WORDS, letter)) < 3000


def test_a_guide_is_the_same_every_time() -> None:
    assert guides.plan(case_of()) == guides.plan(case_of())


def test_a_sentence_that_begins_with_what_the_system_is_called_begins_with_a_capital() -> None:
    guide = guides.plan(case_of(system="printer"))
    assert "The printer is running again." in [said(step.check) for step in guide.steps]
    assert "Restart the printer" in [said(step.title) for step in guide.steps]
