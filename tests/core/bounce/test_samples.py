"""The built-in samples read as what their titles say."""

from __future__ import annotations

import pytest

from core.bounce.reads import first
from helodoctor.bounce.samples import samples
from helodoctor.model import Cause
from helodoctor.receivers import policies
from helodoctor.words import speak

WANTED = {
    "infomaniak-www": (Cause.HELO_NOT_FQDN, "www", "mta-gw1.infomaniak.ch"),
    "postfix-short-name": (Cause.HELO_NOT_FQDN, "srv01", "mx1.kolibri-versand.example"),
    "localhost-log": (Cause.HELO_LOCALHOST, "localhost", "mx.werkstatt-brunner.example"),
    "postfix-report": (Cause.HELO_UNRESOLVABLE, "mail.obsthof.lan", "mx.markthalle-nord.example"),
    "gmail-argument": (Cause.HELO_INVALID_SYNTAX, "my web shop", "smtp.gmail.com"),
    "mailbox-full": (Cause.NOT_HELO_QUOTA, None, "mx.hof-sonnenberg.example"),
}


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.id)
def test_a_sample_reads_as_its_title_says(sample) -> None:  # type: ignore[no-untyped-def]
    found = first(sample.text)
    assert (found.cause, found.helo_name, found.report.receiver.host) == WANTED[sample.id]


def test_the_first_sample_is_the_infomaniak_conversation() -> None:
    assert samples()[0].id == "infomaniak-www"


def test_every_sample_has_a_title_and_a_policy_that_exists() -> None:
    for sample in samples():
        assert speak("en").sentence("samples", sample.id, "title")
        assert sample.policy in policies()
