"""What leaves the window: a report or the case file, in one form and language, masked as chosen; off the GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

from msgspec import Struct
from msgspec.structs import replace

from helodoctor.casefile import CaseFile, encode
from helodoctor.casefile.code import encode as code_of
from helodoctor.casefile.code import screen_of
from helodoctor.casefile.private import Kind
from helodoctor.casefile.profile import outgoing
from helodoctor.words import speak

if TYPE_CHECKING:
    from helodoctor.report.case import Format
    from helodoctor.report.chapters import Length

Form = Literal["text", "md", "html", "pdf", "json", "helocase"]
ENDINGS: dict[Form, str] = {
    "text": ".txt",
    "md": ".md",
    "html": ".html",
    "pdf": ".pdf",
    "json": ".json",
    "helocase": ".helocase",
}
READABLE: tuple[Form, ...] = ("text", "md", "html", "pdf")
"""Forms for people: they have a language and a length."""


class Wish(Struct, frozen=True, kw_only=True):
    """What the user chose to let out."""

    form: Form = "text"
    length: Length = "full"
    language: str = "en"
    masks: frozenset[Kind] = frozenset(Kind)


class Outgoing(Struct, frozen=True, kw_only=True):
    """``text`` is what goes out, letter for letter (of a PDF: what is printed). ``masked`` counts pieces."""

    wish: Wish
    file: CaseFile
    text: str
    masked: int


def make(file: CaseFile, wish: Wish) -> Outgoing:
    """The report or the file that ``wish`` asks for.

    Raises:
        InputProblem: the case is larger than a case file may be.
    """
    redacted = outgoing(file.case, wish.masks)
    masked = replace(file, case=redacted.case, notes=file.notes if not wish.masks else ())
    if wish.form == "helocase":
        text = encode(masked).decode()
    else:
        form = "text" if wish.form == "pdf" else wish.form
        text = _report(masked, file, wish, form)
    return Outgoing(wish=wish, file=masked, text=text, masked=len(redacted.masked))


def _report(masked: CaseFile, whole: CaseFile, wish: Wish, form: str) -> str:
    from helodoctor.report.case import render

    code = code_of(screen_of(whole.case, whole.page))  # of the case as it is: masks would change the kind of the name
    return render(masked.case, cast("Format", form), speak(wish.language), code, wish.length)


def page(made: Outgoing, whole: CaseFile) -> str:
    """What a PDF prints, as a web page."""
    return _report(made.file, whole, made.wish, "html")
