"""The form of a case file: exact, readable, dated, bounded; and what a hostile or a newer one is answered."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.casefile.walked import BOUNCE, walked
from helodoctor import __version__, casefile, steps
from helodoctor.bounce.samples import samples
from helodoctor.casefile import CaseFile, Note, decode, encode, new_file, stamped
from helodoctor.casefile.document import SIZE_BOUND
from helodoctor.knowledge import resource
from helodoctor.knowledge.dates import knowledge_date
from helodoctor.model import Case, InputProblem, Report
from helodoctor.words import speak
from helodoctor.words.problems import problem

EAST = timezone(timedelta(hours=5, minutes=30))
NOTE = Note(
    text="Rang twice.\n“ä”", time=datetime(2026, 11, 23, 12, 5, tzinfo=EAST), author="helpdesk", page="fix"
)
FILE = replace(new_file(walked(), "fix"), notes=(NOTE,))


def changed(**header: object) -> dict[str, Any]:
    return {**json.loads(encode(FILE)), **header}


def refused(data: bytes) -> str:
    """The id of the one sentence that these bytes are answered with."""
    with pytest.raises(InputProblem) as found:
        decode(data)
    assert problem(speak("en"), found.value)
    return found.value.id


# --- what is written --------------------------------------------------------------------------------------------------


def test_a_case_comes_back_exactly() -> None:
    opened = decode(encode(FILE))
    assert (opened.file, opened.read_only, opened.left_out) == (FILE, False, ())
    assert opened.file.notes[0].time.utcoffset() == timedelta(hours=5, minutes=30)


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.id)
def test_every_sample_comes_back_exactly(sample: Any) -> None:
    file = new_file(steps.judge(steps.read(Case(), sample.text, sample.id)))
    assert decode(encode(file)).file == file


@given(st.text(min_size=1, max_size=200).filter(str.strip), st.text(max_size=50), st.text(max_size=20))
def test_any_text_comes_back_exactly(text: str, note: str, name: str) -> None:
    case = replace(Case(), bounce=casefile.decode(encode(FILE)).file.case.bounce, name=name or None)
    report = Report(text=text, reply_text=text)
    case = replace(case, diagnoses=(replace(FILE.case.diagnoses[0], report=report, evidence=()),))
    file = replace(FILE, case=case, notes=(Note(text=note, time=datetime(2026, 1, 1, tzinfo=UTC)),))
    assert decode(encode(file)).file == file


def test_half_a_character_is_kept_as_a_mark() -> None:
    file = replace(FILE, case=replace(FILE.case, name="www\ud83d"))
    assert decode(encode(file)).file.case.name == "www?"


def test_people_can_read_it() -> None:
    text = encode(FILE).decode()
    assert text.startswith('{\n  "format": "helocase",\n  "version": 1,\n')
    assert '"page": "fix"' in text
    assert "“ä”" in text


def test_a_text_stands_once_however_many_reports_point_into_it() -> None:
    assert encode(FILE).count(b"pleased to meet you") == 1


def test_it_says_what_wrote_it_and_when() -> None:
    told = changed()
    assert (told["app"], told["knowledge"]) == (__version__, knowledge_date())
    for key in ("created", "saved"):
        assert datetime.fromisoformat(told[key]).utcoffset() is not None


def test_a_stamp_keeps_identity_and_notes_and_takes_the_rest() -> None:
    old = replace(FILE, app="0.0.1", saved=datetime(2020, 1, 1, tzinfo=UTC))
    new = stamped(old, Case(name="mx"), "judge")
    assert (new.id, new.created, new.notes) == (FILE.id, FILE.created, FILE.notes)
    assert (new.case, new.page, new.app) == (Case(name="mx"), "judge", __version__)
    assert new.saved > old.saved


def schema() -> str:
    """The schema as it is published: what msgspec makes of the types, however their docstrings are wrapped."""
    made = msgspec.json.schema(CaseFile)
    for told in made["$defs"].values():
        if "description" in told:
            told["description"] = " ".join(told["description"].split())
    return json.dumps(made, indent=2) + "\n"


def test_the_published_schema_is_that_of_the_program() -> None:
    assert resource("schemas/helocase.schema.json").read_text("utf-8") == schema()


# --- what is not a case file ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\xff",
        b"null",
        b"[]",
        BOUNCE.encode(),
        b'{"format": "other", "version": 1}',
        b'{"format": "helocase"}',
        b'{"format": "helocase", "version": 0}',
        b'{"format": "helocase", "version": 1, "case": ' + b"[" * 100_000,
        b'{"format": "helocase", "version": ' + b"1" * 5000 + b"}",
        encode(FILE)[:-400],
    ],
)
def test_what_is_no_case_file_gets_one_sentence(data: bytes) -> None:
    assert refused(data) == "case-broken"


def damaged(**changes: object) -> bytes:
    """The file with fields of its case replaced."""
    told = changed()
    return json.dumps({**told, "case": {**told["case"], **changes}}).encode()


@pytest.mark.parametrize(
    "changes",
    [
        {"chosen": 99},
        {"chosen": -1},
        {"system": "nosuch"},
        {"sample": "../../etc/hostname"},
        {"judgement": {**changed()["case"]["judgement"], "findings": [{"id": "x", "status": "fail", "source": ""}]}},
        {"guide": {"system": "nosuch", "name": None, "steps": []}},
        {"diagnoses": [{"report": {"text": "text 77"}}]},
        {"name": 5},
    ],
)
def test_what_cannot_be_told_is_not_opened(changes: dict[str, object]) -> None:
    assert refused(damaged(**changes)) == "case-broken"


@pytest.mark.parametrize("key", ["../../senders/postfix.id.text", "nosuch.a.b", "a", "letters..", "guides.label"])
def test_a_phrase_names_no_file_but_a_word_file(key: str) -> None:
    guide = changed()["case"]["guide"]
    guide["steps"][0]["do"] = {"id": key, "values": []}
    assert refused(damaged(guide=guide)) == "case-broken"


@pytest.mark.parametrize("identity", ["", "../../../../tmp/x", "A" * 32, "0" * 31, "0" * 32 + "\n"])
def test_an_id_is_no_path(identity: str) -> None:
    assert refused(json.dumps(changed(id=identity)).encode()) == "case-broken"


def test_a_time_without_its_zone_is_no_time() -> None:
    assert refused(json.dumps(changed(saved="2026-11-23T12:00:00")).encode()) == "case-broken"


def test_what_is_too_large_is_told_before_it_is_read() -> None:
    assert refused(b" " * (SIZE_BOUND + 1)) == "case-too-large"
    assert refused(b"[" + b"{}," * 300_000 + b"{}]") == "case-too-large"
    report = {"text": "text 1", "text_of": "part 2"}
    many = json.dumps(changed(case={"diagnoses": [{"report": report}] * 1000}, texts=["x" * 1_000_000])).encode()
    assert refused(many) == "case-too-large"


def test_what_would_be_too_large_is_not_written() -> None:
    with pytest.raises(InputProblem) as found:
        encode(replace(FILE, notes=(replace(FILE.notes[0], text="x" * SIZE_BOUND),)))
    assert found.value.id == "case-too-large"


# --- what a newer version made ----------------------------------------------------------------------------------------


def newer(**changes: object) -> bytes:
    told = changed(version=2, app="9.0.0", mood="new")
    return json.dumps({**told, "case": {**told["case"], **changes}}).encode()


def test_a_newer_file_opens_read_only() -> None:
    opened = decode(newer())
    assert (opened.read_only, opened.left_out) == (True, ())
    assert (opened.file.case, opened.file.notes) == (FILE.case, FILE.notes)
    assert (opened.file.version, opened.file.app) == (2, "9.0.0")


def test_what_is_not_understood_of_a_newer_file_is_named_and_the_rest_kept() -> None:
    opened = decode(newer(trials=[{"plan": 1}], system="telepathy", weather={"wind": 3}))
    assert set(opened.left_out) == {"trials", "system", "weather"}
    assert (opened.file.case.trials, opened.file.case.system) == ((), None)
    assert opened.file.case.diagnoses == FILE.case.diagnoses
