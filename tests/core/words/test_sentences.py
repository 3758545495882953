"""Every sentence a user reads: in the catalogue, in German too, and worded as ours are."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import catalogues
from helodoctor.words.catalogue import fits, places

ROOT = Path(__file__).parents[3]
MESSAGES = sorted({text for message in catalogues.template() if message.id for text in catalogues.texts(message)})



# --- the wording ------------------------------------------------------------------------------------------------------


def test_there_are_messages() -> None:
    assert len(MESSAGES) > 20


def test_every_message_has_places_that_can_be_filled_by_name() -> None:
    for text in MESSAGES:
        assert all(name.isidentifier() for name, _, _ in places(text)), text


def test_no_message_begins_or_ends_with_a_blank() -> None:
    assert [text for text in MESSAGES if text != text.strip()] == []


# --- the languages ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", catalogues.languages())
def test_a_catalogue_is_complete_and_holds_nothing_else(language: str) -> None:
    assert list(catalogues.faults(language, catalogues.template())) == []


@pytest.mark.parametrize("language", catalogues.languages())
def test_a_translation_has_the_places_of_its_message(language: str) -> None:
    for message in catalogues.read(language):
        if message.id:
            source = catalogues.texts(message)[-1]
            assert all(fits(source, text) for text in catalogues.translations(message) if text), source


# --- nothing said past the catalogue ----------------------------------------------------------------------------------

_SHOWING = """
    QLabel QPushButton QToolButton QCheckBox QRadioButton QGroupBox QAction QMessageBox QMenu
    QAccessibleAnnouncementEvent setText setWindowTitle setTitle setSubTitle setToolTip setStatusTip setWhatsThis
    setPlainText setPlaceholderText setAccessibleName setAccessibleDescription setButtonText setInformativeText
    setDetailedText setLabelText setHtml insertText addAction addButton addItem addMenu addTab
    print write add_argument ArgumentParser add_parser
"""
SHOWING = frozenset(_SHOWING.split())
SHOWING_KEYWORDS = {"help", "description", "epilog", "title", "text", "label", "tool_tip", "toolTip", "prompt"}
FOR_PROGRAMS = "# noqa: T201"  # a printed line that only a program reads says so
NAMES = re.compile(r"\b(helodoctor [a-z-]+|helodoctor|HELO Doctor|HELO|EHLO)\b")


def literals(node: ast.expr) -> Iterator[str]:
    """The literal text of an argument: of a string, an f-string, a sum of both, or the branches of a choice."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts):
            for part in parts:
                yield from literals(part)
        case ast.BinOp(left=left, op=ast.Add(), right=right) | ast.IfExp(body=left, orelse=right):
            yield from literals(left)
            yield from literals(right)


def shown(call: ast.Call) -> Iterator[str]:
    """The literal texts a call puts before a user."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name not in SHOWING:
        return
    positional = [] if name == "add_argument" else call.args
    for argument in [*positional, *(word.value for word in call.keywords if word.arg in SHOWING_KEYWORDS)]:
        yield from literals(argument)


def said_past_the_catalogue() -> Iterator[str]:
    """Words (three letters in a row, names aside) that reach a user without gettext, each with its place."""
    for path in sorted([*ROOT.glob("gui/**/*.py"), *ROOT.glob("core/helodoctor/cli/*.py")]):
        source = path.read_text(encoding="utf-8")
        lines = source.splitlines()
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and FOR_PROGRAMS not in lines[node.lineno - 1]:
                for text in shown(node):
                    if re.search(r"[^\W\d_]{3}", NAMES.sub("", text)):
                        yield f"{path.relative_to(ROOT)}:{node.lineno}: {text!r}"


def test_no_message_is_put_together_before_it_is_translated() -> None:
    """An f-string as a message is never found in a catalogue."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted([*ROOT.glob("gui/**/*.py"), *ROOT.glob("core/**/*.py")])
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in ("tr", "trn")
        if any(isinstance(argument, ast.JoinedStr | ast.BinOp) for argument in node.args[:2])
    ]
    assert found == []


def test_nothing_is_said_past_the_catalogue() -> None:
    assert list(said_past_the_catalogue()) == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("label.setText('Try again')", ["Try again"]),
        ("QLabel(f'Trying {host} now')", ["Trying ", " now"]),
        ("print('Nothing found' if x else words.tr('Found'))", ["Nothing found"]),
        ("parser.add_argument('--json', help='as JSON text')", ["as JSON text"]),
        ("label.setText(words.tr('Try again'))", []),
        ("QLabel(host)", []),
    ],
)
def test_the_search_sees_what_is_said_past_the_catalogue(code: str, found: list[str]) -> None:
    call = ast.parse(code, mode="eval").body
    assert isinstance(call, ast.Call)
    assert list(shown(call)) == found
