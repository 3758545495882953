"""What a better name would be, and that none is made up where none is known."""

from __future__ import annotations

import pytest

from helodoctor.names import check


def better(name: str, domain: str | None = None, ptr: str | None = None) -> tuple[str | None, str | None]:
    report = check(name, domain=domain, ptr=ptr)
    return report.suggestion, report.suggestion_reason


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("mail_server.kolibri.ch", "mail-server.kolibri.ch"),
        ("mail.kolibri.ch.", "mail.kolibri.ch"),
        ("mail..kolibri.ch", "mail.kolibri.ch"),
        ("https://mail.kolibri.ch:443/owa", "mail.kolibri.ch"),
        ("münchen.kolibri.ch", "xn--mnchen-3ya.kolibri.ch"),
        ("-mail-.kolibri.ch", "mail.kolibri.ch"),
        ("mail_server.kolibri.example", "mail-server.kolibri.example"),
    ],
)
def test_the_present_name_is_corrected(name: str, suggestion: str) -> None:
    assert better(name) == (suggestion, "corrected")


@pytest.mark.parametrize("name", ["WIN-9QL4SDRB93L.kolibri.ch", "0391926cb167.kolibri.ch"])
def test_a_name_nobody_chose_gives_way_to_one_in_the_same_domain(name: str) -> None:
    assert better(name) == ("mail.kolibri.ch", "own-domain")


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("www", "mail.kolibri.ch"),
        ("servidor", "mail.kolibri.ch"),
        ("localhost", "mail.kolibri.ch"),
        ("127.0.0.1", "mail.kolibri.ch"),
        ("[127.0.0.1]", "mail.kolibri.ch"),
        ("srv.corp.local", "mail.kolibri.ch"),
        ("", "mail.kolibri.ch"),
        ("zeus", "zeus.kolibri.ch"),
    ],
)
def test_with_the_users_own_domain_there_is_a_name_in_it(name: str, suggestion: str) -> None:
    assert better(name, domain="kolibri.ch") == (suggestion, "own-domain")


@pytest.mark.parametrize(
    "name",
    ["www", "localhost", "127.0.0.1", "srv.corp.local", "", "gmail.com", "smtp.gmail.com", "mail.example.com",
     "static.5.113.0.203.clients.your-server.de", "ip-10-0-0-1.ec2.internal", "co.uk", "mail kolibri ch"],
)  # fmt: skip
def test_nothing_is_made_up(name: str) -> None:
    assert better(name) == (None, None)


@pytest.mark.parametrize("domain", ["gmail.com", "gmx.de", "local", "example.com", "kolibri.local", "", "not a domain"])
def test_a_domain_that_is_not_the_users_own_is_not_used(domain: str) -> None:
    assert better("www", domain=domain) == (None, None)


def test_the_name_the_address_carries_already_comes_first() -> None:
    assert better("www", domain="kolibri.ch", ptr="mx1.kolibri.ch.") == ("mx1.kolibri.ch", "reverse-name")


def test_a_generic_reverse_name_is_no_better() -> None:
    ptr = "static.5.113.0.203.clients.your-server.de"
    assert better("www", domain="kolibri.ch", ptr=ptr) == ("mail.kolibri.ch", "own-domain")


def test_a_good_name_needs_no_better_one() -> None:
    assert better("mail.kolibri.ch", domain="other.ch", ptr="mx1.kolibri.ch") == (None, None)
