"""The case file: JSON that people can read and that holds a whole case, with what is needed to trust and to date it."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Literal, cast
from uuid import uuid4

import msgspec
from msgspec import Meta, Raw, Struct
from msgspec.structs import fields, replace

from helodoctor import __version__
from helodoctor.casefile.strings import change_reports, change_strings, parts
from helodoctor.casefile.telling import untold
from helodoctor.knowledge.dates import knowledge_date
from helodoctor.model import Case, InputProblem, Report

VERSION = 1
SIZE_BOUND = 16 * 1024 * 1024
"""Bytes of a case file: the longest message that is read, written as JSON, several times over."""
_OBJECT_BOUND = 200_000  # opening braces: a file full of tiny objects would take fifty times its size in memory
_TEXT_BOUND = 64 * 1024 * 1024  # characters of all reports' own texts, each text told as often as a report points to it
_REFERENCE = re.compile(r"text ([1-9][0-9]{0,5})", re.ASCII)

Identity = Annotated[str, Meta(pattern="^[0-9a-f]{32}$", max_length=32)]
Time = Annotated[datetime, Meta(tz=True)]


class Note(Struct, frozen=True, kw_only=True):
    """A remark by one of the two people, at a page of the walk (``None``: about the whole case). Plain text."""

    text: str
    time: Time
    author: Literal["user", "helpdesk"] = "user"
    page: str | None = None


class CaseFile(Struct, frozen=True, kw_only=True):
    """What a ``.helocase`` file holds.

    ``version`` is that of this form, ``app`` and ``knowledge`` (a date) those of the program that wrote the file;
    ``id`` names the case for ever; ``page`` is the page of the walk the user is on. ``texts`` are the pasted texts the
    case's reports point into: in the file a report's ``text`` is a reference (``"text 1"``), since many reports may
    share one text; in memory it is the text itself and ``texts`` is empty.
    """

    format: Literal["helocase"] = "helocase"
    version: Annotated[int, Meta(ge=1)] = VERSION
    app: str = ""
    knowledge: str = ""
    id: Identity
    created: Time
    saved: Time
    page: str = "paste"
    notes: tuple[Note, ...] = ()
    case: Case = Case()
    texts: tuple[str, ...] = ()


class Opened(Struct, frozen=True, kw_only=True):
    """A file that was read. ``read_only``: a newer version made it; ``left_out`` names the parts not understood."""

    file: CaseFile
    read_only: bool = False
    left_out: tuple[str, ...] = ()


class _Header(Struct, frozen=True, kw_only=True):
    format: Literal["helocase"]
    version: Annotated[int, Meta(ge=1)]
    app: str = ""


class _Newer(_Header, frozen=True, kw_only=True):
    """As much as every later version promises to keep."""

    knowledge: str = ""
    id: Identity
    created: Time
    saved: Time
    page: str = "paste"
    notes: Raw = Raw(b"[]")
    case: dict[str, Raw] = {}
    texts: tuple[str, ...] = ()


def _now() -> datetime:
    return datetime.now().astimezone()


def new_file(case: Case | None = None, page: str = "paste") -> CaseFile:
    """A file for a case that has none yet, with an id of its own."""
    now, dated = _now(), knowledge_date()
    return CaseFile(
        app=__version__, knowledge=dated, id=uuid4().hex, created=now, saved=now, page=page, case=case or Case()
    )


def stamped(file: CaseFile, case: Case, page: str) -> CaseFile:
    """``file`` with the case as it is now, the page, the time, and the versions of this program."""
    return replace(
        file, version=VERSION, app=__version__, knowledge=knowledge_date(), saved=_now(), case=case, page=page
    )


# --- writing ---


def encode(file: CaseFile) -> bytes:
    """``file`` as JSON, indented for people. Half a character (a lone surrogate) becomes “?”.

    Raises:
        InputProblem: it would be larger than a case file may be.
    """
    packed = _packed(file)
    try:
        data = msgspec.json.encode(packed)
    except UnicodeEncodeError:
        data = msgspec.json.encode(change_strings(packed, lambda text, _place: _whole(text)))
    data = msgspec.json.format(data, indent=2) + b"\n"
    check_size(data)
    return data


def _whole(text: str) -> str:
    return text.encode("utf-8", "replace").decode() if not text.isascii() else text


def _packed(file: CaseFile) -> CaseFile:
    """Every text once, in ``texts``, and references to it in the reports."""
    numbers: dict[str, int] = {}

    def refer(report: Report) -> Report:
        return replace(report, text=f"text {numbers.setdefault(report.text, len(numbers) + 1)}")

    case = change_reports(file.case, refer)
    if case.bounce is not None and case.bounce.text in numbers:
        case = replace(case, bounce=replace(case.bounce, text=f"text {numbers[case.bounce.text]}"))
    elif case.bounce is not None:
        numbers[case.bounce.text] = len(numbers) + 1
        case = replace(case, bounce=replace(case.bounce, text=f"text {len(numbers)}"))
    return replace(file, case=case, texts=tuple(numbers))


# --- reading ---


def decode(data: bytes) -> Opened:
    """What the bytes of a case file hold.

    A file of a newer version is read as far as it is understood, and must not be written over.

    Raises:
        InputProblem: it is no case file, a damaged one, or too large.
    """
    check_size(data)
    try:
        header = msgspec.json.decode(data, type=_Header)
        if header.version > VERSION:
            return _newer(msgspec.json.decode(data, type=_Newer))
        file = msgspec.json.decode(data, type=CaseFile)
        case = _unpacked(file.case, file.texts)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as fault:
        raise InputProblem("case-broken") from fault
    if untold(case):
        raise InputProblem("case-broken")
    return Opened(file=replace(file, case=case, texts=()))


def check_size(data: bytes) -> None:
    """Let bytes pass that may be a case file's.

    Raises:
        InputProblem: they are more, or of more pieces, than a case file's may be.
    """
    if len(data) > SIZE_BOUND or data.count(b"{") > _OBJECT_BOUND:
        raise InputProblem("case-too-large", bound=str(SIZE_BOUND // 1024 // 1024))


def _unpacked(case: Case, texts: tuple[str, ...]) -> Case:
    """The texts back in their places; a text that is no reference stands for itself."""

    def resolved(text: str) -> str:
        reference = _REFERENCE.fullmatch(text)
        number = int(reference[1]) if reference else 0
        if reference and number > len(texts):
            raise InputProblem("case-broken")
        return texts[number - 1] if reference else text

    case = change_reports(case, lambda report: replace(report, text=resolved(report.text)))
    if case.bounce is not None:
        case = replace(case, bounce=replace(case.bounce, text=resolved(case.bounce.text)))
    told = sum(len(part.text) for part in parts(case) if isinstance(part, Report) and part.text_of != "input")
    if told > _TEXT_BOUND:
        raise InputProblem("case-too-large", bound=str(SIZE_BOUND // 1024 // 1024))
    return case


def _newer(file: _Newer) -> Opened:
    """The parts of the case that are what they were; the others are named."""
    kept: dict[str, object] = {}
    left_out = [name for name in file.case if name not in Case.__struct_fields__]
    types = {field.name: field.type for field in fields(Case)} | {"notes": tuple[Note, ...]}
    for name, raw in {**file.case, "notes": file.notes}.items():
        if name in types:
            try:
                kept[name] = msgspec.json.decode(raw, type=types[name])
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
                left_out.append(name)
    notes = cast("tuple[Note, ...]", kept.pop("notes", ()))
    case = _unpacked(msgspec.convert(kept, Case), file.texts)
    unknown = untold(case)
    left_out += unknown
    case = replace(case, **{field.name: field.default for field in fields(Case) if field.name in unknown})
    header = {name: getattr(file, name) for name in ("version", "app", "knowledge", "id", "created", "saved", "page")}
    return Opened(file=CaseFile(**header, notes=notes, case=case), read_only=True, left_out=tuple(left_out))
