"""What is said about the arguments themselves is in the user's language too."""

from __future__ import annotations

import argparse
import ast
import inspect
import re

import pytest

from helodoctor.cli import main
from helodoctor.cli.arguments import speak_through_argparse
from helodoctor.knowledge import load
from helodoctor.words import speak

OURS = load("words/arguments.toml", dict[str, dict[str, str]])


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What a command line without sense, or with --help, prints."""
    with pytest.raises(SystemExit):
        main(arguments)
    captured = capsys.readouterr()
    return captured.out + captured.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["explain"], "helodoctor explain: still needed: FILE."),
        (["check", "www", "--fast"], "helodoctor check: not known here: --fast."),
        (["listen", "--port", "smtp"], "helodoctor listen: --port: 'smtp' does not fit here (int)."),
        (["probe", "mx.kolibri.example", "--name"], "helodoctor probe: --name: a value is missing after it."),
        (["check", "www", "--json=yes"], "helodoctor check: --json: it takes no value, and 'yes' was given."),
    ],
)
def test_a_wrong_argument_is_told_in_our_words(arguments: list[str], sentence: str, capsys) -> None:
    assert said(capsys, *arguments).startswith(sentence)


def test_help_is_in_the_language_asked_for(pseudo_locale: str, capsys) -> None:
    text = said(capsys, "explain", "--lang", pseudo_locale, "--help")
    assert re.findall(r"⟦(\w+)", text)[0] == "ûsàgé"
    assert not re.search(r"^(usage|options|positional)", text, re.MULTILINE)


def test_a_fault_is_told_in_the_language_asked_for(pseudo_locale: str, capsys) -> None:
    text = said(capsys, "explain", "--lang", pseudo_locale)
    assert text.startswith("helodoctor explain: ⟦stîll ñéédéd: FILE")


def test_the_next_run_speaks_its_own_language(pseudo_locale: str, capsys) -> None:
    said(capsys, "explain", "--lang", pseudo_locale, "--help")
    assert said(capsys, "explain", "--lang", "en", "--help").startswith("usage: helodoctor explain")


def test_what_only_a_programmer_meets_stays_as_it_is() -> None:
    speak_through_argparse(speak("en"))
    with pytest.raises(argparse.ArgumentError, match="conflicting option string: --name"):
        argparse.ArgumentParser().add_argument("--name").container.add_argument("--name")  # type: ignore[attr-defined]


def test_every_text_of_ours_stands_for_one_of_argparse() -> None:
    calls = [node for node in ast.walk(ast.parse(inspect.getsource(argparse))) if isinstance(node, ast.Call)]
    asked = {argument.value for call in calls if getattr(call.func, "id", "") in ("_", "ngettext")
             for argument in call.args if isinstance(argument, ast.Constant)}  # fmt: skip
    assert set(OURS) <= asked
