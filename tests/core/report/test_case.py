"""A whole case in four formats that say the same, with every text from outside kept as text."""

from __future__ import annotations

import asyncio
import json
from html.parser import HTMLParser
from typing import get_args

import pytest
from msgspec.structs import replace

from core.casefile.walked import BOUNCE, trial
from core.casefile.walked import NEW_NAME as NAME
from helodoctor import steps
from helodoctor.model import Announcement, Case, Party, Report, TrialVerdict
from helodoctor.report.case import Format, render
from helodoctor.words import speak

WORDS = speak("en")


@pytest.fixture(scope="module")
def case() -> Case:
    read = steps.plan_fix(steps.judge(steps.read(Case(), BOUNCE)), "postfix", NAME)
    heard = Announcement(name=NAME, source="listener", time="2026-11-23T12:01:00+00:00")
    tried = (
        trial("www", TrialVerdict.REFUSED, "550 5.7.1 bogus HELO [1]"),
        trial(NAME, TrialVerdict.ACCEPTED, "250 2.1.5 Recipient ok"),
    )
    assert read.guide is not None
    return replace(read, trials=tried, announcements=(heard,), ticks=(read.guide.steps[0].id,))


class Page(HTMLParser):
    """Tags, their attributes and the text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("form", get_args(Format))
def test_every_format_tells_the_whole_story(case: Case, form: Format) -> None:
    told = render(case, form, WORDS)
    text = Page(told).text if form == "html" else told.replace("\\", "")
    for expected in ("introduced itself as “www”", "bogus HELO [1]", "smtp_helo_name = mail.firma.example", "Fixed: "):
        assert expected in text


def test_trials_stand_before_beside_after(case: Case) -> None:
    text = render(case, "text", WORDS)
    (row,) = [line for line in text.splitlines() if line.startswith("Result")]
    assert row.split() == ["Result", "refused", "taken"]
    assert "| Name | www | mail.firma.example |" in render(case, "md", WORDS)


def test_a_step_that_is_done_is_ticked(case: Case) -> None:
    text = render(case, "text", WORDS)
    assert "[x] 6a Check that the new name has an address" in text
    assert "[ ] 6b " in text


def test_the_two_facts_stand_apart(case: Case) -> None:
    half = replace(case, announcements=())
    text = render(half, "text", WORDS)
    assert "[ ] Your server says it" in text
    assert "[x] The receiver takes it" in text
    assert "Half proven" in text


def test_json_holds_the_forms_of_the_contract(case: Case) -> None:
    told = json.loads(render(case, "json", WORDS))
    assert told["explain"]["cause"] == "helo-not-fqdn"
    assert told["check"]["name"] == "www"
    assert [made["verdict"] for made in told["trials"]] == ["refused", "accepted"]
    assert told["fix"]["guide"][0]["number"] == "6a"
    assert told["proof"]["state"] == "fixed"


def test_the_page_fetches_and_runs_nothing(case: Case) -> None:
    page = Page(render(case, "html", WORDS))
    assert not {"script", "img", "link", "iframe", "a", "form"} & {tag for tag, _ in page.tags}
    assert not any(key in ("src", "href", "style") or key.startswith("on") for _, attrs in page.tags for key in attrs)


HOSTILE = '<img src=x onerror=alert(1)> "&amp;" | `x` [a](http://evil.example) # x\n\n# heading'


@pytest.fixture
def hostile(case: Case) -> Case:
    diagnosis = case.diagnosis
    assert diagnosis is not None
    report = Report(text=HOSTILE, reply_text=HOSTILE, receiver=Party(host=HOSTILE))
    told = replace(diagnosis, report=report, helo_name=HOSTILE, evidence=())
    refused = trial("www", TrialVerdict.REFUSED, f"550 {HOSTILE}")
    return replace(case, diagnoses=(told,), name=HOSTILE, trials=(refused,))


def test_a_hostile_text_stays_text_in_html(hostile: Case) -> None:
    html = render(hostile, "html", WORDS)
    page = Page(html)
    assert "img" not in {tag for tag, _ in page.tags}
    assert "<img src=x onerror=alert(1)>" in page.text


def test_a_hostile_text_makes_no_markup_in_markdown(hostile: Case) -> None:
    for line in render(hostile, "md", WORDS).splitlines():
        if not line.startswith("    "):
            bare = line.replace("<!-- -->", "").replace("\\<", "").replace("\\[", "").replace("\\`", "")
            assert "<" not in bare
            assert "`" not in bare
            assert "](" not in bare.replace("\\]", "")
            assert not line.startswith("# ")


def test_an_empty_case_says_what_is_missing() -> None:
    for form in get_args(Format):
        assert "Not proven yet" in render(Case(), form, WORDS)


def test_a_real_walk_can_be_reported() -> None:
    """The practice server's own dialogue, end to end."""
    read = steps.plan_fix(steps.judge(steps.read(Case(), BOUNCE)), "exim", NAME)
    tried = asyncio.run(steps.practise(read, steps.practice_plan(read, NAME, "infomaniak")))
    text = render(tried, "text", WORDS)
    assert f"> EHLO {NAME}" in text
    assert "The practice server took the name" in text
