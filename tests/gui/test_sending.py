"""Nothing leaves without having been shown: the preview, its masks, its forms; and nothing in a report acts."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from core.casefile.test_masking import Plants, corpus
from helodoctor import steps
from helodoctor.bounce.samples import samples
from helodoctor.casefile import open_file
from helodoctor.casefile.document import CaseFile, new_file
from helodoctor.casefile.private import Kind
from helodoctor.model import Case
from helodoctor_gui.cases import outgoing
from helodoctor_gui.cases.outgoing import ENDINGS, Form, Wish
from helodoctor_gui.cases.pdf import as_pdf
from helodoctor_gui.cases.sending import Sending, report
from helodoctor_gui.wizard import Frame
from test_keeping import walk_to
from walking import until

FORMS: tuple[Form, ...] = tuple(ENDINGS)
HOSTILE = (
    "<script>alert(1)</script><img src=http://tracker.example/x.png onerror=alert(2)>"
    "<a href='javascript:alert(3)'>x</a><iframe src=//evil.example></iframe>![x](http://evil.example/y)"
)
PLANTED = {
    "mailbox": "zitrusfalter.kolb",
    "subject": "Quartalszahlen geheim",
    "body": "Der Tresorcode lautet vier",
    "internal": "pvhost77.intern.lan",
    "address": "10.87.65.43",
    "token": "hunter2quokka",
}
BOUNCE = """\
Subject: {subject}
From: MAILER-DAEMON@mx.firma.example
Received: from {internal} ({internal} [{address}]) by mx.firma.example
X-Auth: AUTH PLAIN {token_b64}

<{mailbox}@kolibri.example>: host mx1.kolibri.example[203.0.113.25] said: 504 5.5.2 <{helo}>: Helo command
 rejected: need fully-qualified hostname (in reply to RCPT TO command)
https://login.example/?token={token}

{body}
"""


def opened(frame: Frame) -> Sending:
    report(frame)
    found = next(one for one in frame.findChildren(Sending) if one.isVisible())
    until(lambda: found.made, "the preview")
    return found


def choose(shown: Sending, **chosen: str) -> None:
    shown.made = None
    for box, value in chosen.items():
        combo = getattr(shown, box)
        combo.setCurrentIndex(combo.findData(value))
    shown._changed()
    until(lambda: shown.made, "the preview")


# --- what is seen ---


def test_the_preview_is_what_copy_puts_on_the_clipboard(frame: Frame) -> None:
    walk_to(frame, "7-fixed")
    shown = opened(frame)
    assert "user123" not in shown.preview.toPlainText()
    shown.copy.click()
    assert QApplication.clipboard().text() == shown.preview.toPlainText()
    assert "What happened" in shown.preview.toPlainText()
    shown.close()


def test_a_mask_taken_off_shows_at_once_and_nothing_goes_out_before(frame: Frame) -> None:
    walk_to(frame, "7-fixed-half")
    shown = opened(frame)
    shown.masks[Kind.MAILBOX].setChecked(False)
    assert not shown.copy.isEnabled()
    assert not shown.save.isEnabled()
    until(shown.save.isEnabled, "the preview")
    assert "user123@" in shown.preview.toPlainText()
    shown.close()


def test_the_readers_language_is_not_the_users(frame: Frame) -> None:
    walk_to(frame, "7-fixed-half")
    shown = opened(frame)
    choose(shown, language="de")
    assert shown.preview.toPlainText().startswith("Was ist geschehen\n")
    assert frame.current().accessibleName() == "Half proven"
    shown.close()


def test_a_short_report_is_shorter_and_has_both_trials_side_by_side(frame: Frame) -> None:
    walk_to(frame, "7-fixed")
    shown = opened(frame)
    whole = shown.preview.toPlainText()
    choose(shown, length="short")
    short = shown.preview.toPlainText()
    assert len(short) < len(whole) / 3
    assert "Before" in short
    assert "After" in short
    shown.close()


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_saved_as_shown(frame: Frame, tmp_path: Path, form: Form) -> None:
    walk_to(frame, "7-fixed")
    shown = opened(frame)
    choose(shown, form=form)
    path = tmp_path / f"report{ENDINGS[form]}"
    shown.save_to(path)
    until(lambda: "Saved as" in shown.told.text() or path.name in shown.told.accessibleName(), "the file")
    data = path.read_bytes()
    if form == "pdf":
        assert data.startswith(b"%PDF-")
        assert not shown.copy.isEnabled()
    else:
        assert data.decode() == shown.preview.toPlainText().replace("\u2029", "\n")
    if form == "helocase":
        assert open_file(path).file.case.trials
    if form == "json":
        assert json.loads(data)["support_code"]
    shown.close()


def test_a_file_that_cannot_be_written_is_told_in_the_dialog(frame: Frame, tmp_path: Path) -> None:
    walk_to(frame, "2-happened")
    shown = opened(frame)
    shown.save_to(tmp_path / "no such folder" / "report.txt")
    until(lambda: "could not be written" in shown.told.text(), "the sentence")
    shown.close()


# --- what is private ---


def planted(values: dict[str, str], helo: str = "www") -> CaseFile:
    """A case with every kind of private thing in its text."""
    import base64

    secret = base64.b64encode(f"\0{values['mailbox']}\0{values['token']}".encode()).decode()
    case = steps.read(Case(), BOUNCE.format(**values, token_b64=secret, helo=helo))
    case = steps.judge(case) if case.name else case
    case = steps.plan_fix(case, "postfix", "mail.kolibri.example.org")
    return new_file(case, "fix")


@pytest.mark.parametrize("length", ["short", "full"])
@pytest.mark.parametrize("form", FORMS)
def test_what_is_planted_is_in_no_form(form: Form, length: str, tmp_path: Path, qapp: object) -> None:
    file = planted(PLANTED)
    wish = Wish(form=form, length=length)  # type: ignore[arg-type]
    made = outgoing.make(file, wish)
    assert not [value for value in PLANTED.values() if value in made.text]
    if form == "pdf":
        data = printed(as_pdf(outgoing.page(made, file)), tmp_path)
        assert not [value for value in PLANTED.values() if value.encode() in data]


WORD = st.text("abcdefghijklmnopqrstuvwxyz", min_size=6, max_size=12).map(lambda text: f"zq{text}")


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    mailbox=WORD, subject=st.lists(WORD, min_size=1, max_size=4).map(" ".join), body=WORD, internal=WORD, token=WORD,
    address=st.tuples(*[st.integers(1, 254)] * 3).map(lambda parts: "10.{}.{}.{}".format(*parts)),
)  # fmt: skip
def test_whatever_is_planted_is_in_no_form(**values: str) -> None:
    values["internal"] = f"{values['internal']}.intern.lan"
    told = list(values.values())
    assume(not any(one in other for one in told for other in told if one is not other))
    file = planted(values)
    for form in FORMS:
        text = outgoing.make(file, Wish(form=form)).text
        assert not [value for value in values.values() if value in text], form


def test_secrets_are_in_no_form_even_without_a_mask() -> None:
    file = planted(PLANTED)
    for form in FORMS:
        text = outgoing.make(file, Wish(form=form, masks=frozenset())).text
        assert PLANTED["token"] not in text, form


# --- what acts ---


class Active(HTMLParser):
    """Collects what in a page acts or fetches."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs


QUIET = {
    "html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "pre", "ul", "li", "table", "tr", "th", "td",
}  # fmt: skip


def hostile() -> CaseFile:
    text = f"504 5.5.2 <{HOSTILE}>: Helo command rejected: need fully-qualified hostname"
    case = steps.read(Case(), text)
    case = steps.judge(steps.announce(case, HOSTILE[:200]))
    return new_file(steps.plan_fix(case, "unknown", None), "fix")


def test_a_page_with_hostile_texts_has_no_tag_that_acts() -> None:
    made = outgoing.make(hostile(), Wish(form="html", masks=frozenset()))
    found = Active()
    found.feed(made.text)
    assert found.tags <= QUIET
    assert {name for name, _ in found.attributes} <= {"lang", "charset", "http-equiv", "content"}
    assert "&lt;script&gt;" in made.text


ACTS = re.compile(
    rb"/(JavaScript|JS|Launch|URI|GoToR|GoToE|SubmitForm|ImportData|EmbeddedFile|RichMedia|OpenAction|AA|Annot|Link)\b"
)


def printed(data: bytes, folder: Path) -> bytes:
    """The text of a PDF."""
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext is not installed (apt-get install poppler-utils)")
    (folder / "report.pdf").write_bytes(data)
    done = subprocess.run([tool, str(folder / "report.pdf"), "-"], capture_output=True, check=True, timeout=60)
    return done.stdout


def hostile_pdf() -> bytes:
    file = hostile()
    return as_pdf(outgoing.page(outgoing.make(file, Wish(form="pdf", masks=frozenset())), file))


def test_a_pdf_with_hostile_texts_has_nothing_that_acts(qapp: object) -> None:
    assert not ACTS.search(hostile_pdf())


def test_a_pdf_shows_the_texts_as_they_are(tmp_path: Path, qapp: object) -> None:
    assert b"<script>alert(1)" in printed(hostile_pdf(), tmp_path).replace(b"\n", b"")


def test_a_pdf_fetches_nothing_even_from_a_page_that_asks_for_it(tmp_path: Path, qapp: object) -> None:
    secret = tmp_path / "secret.css"
    secret.write_text("p { color: red }")
    asking = f"<link rel=stylesheet href='{secret.as_uri()}'><img src='{secret.as_uri()}'><p>x</p>"
    assert as_pdf(asking).startswith(b"%PDF-")


def test_every_sample_makes_every_form() -> None:
    for sample in samples():
        case = steps.read(Case(), sample.text, sample.id)
        for form in FORMS:
            assert outgoing.make(new_file(case, "happened"), Wish(form=form)).text


def test_what_is_planted_in_replies_and_samples_is_in_no_pdf(tmp_path: Path, qapp: object) -> None:
    for number, text in enumerate(corpus()[::150]):
        plants = Plants(random.Random(number))
        file = new_file(steps.judge(steps.read(Case(), plants.planted(text))), "judge")
        data = printed(as_pdf(outgoing.page(outgoing.make(file, Wish(form="pdf")), file)), tmp_path)
        assert not [word for word in plants.told if word.encode() in data.lower()], text
