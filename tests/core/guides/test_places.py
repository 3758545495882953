"""Filled commands are one command of their shell, whatever the value: checked with the shells' own parsers."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helodoctor.guides.places import UnquotableError, command, fill

HOSTILE = (
    "$(exit 3)", "`id`", "a b", "it's", '"', "'; exit 3; '", "-Fqdn", "--help", "a\\", "a&&b", "a|b", "a>b",
    "*", "~/x", "#x", "!!", "${IFS}", "‘x’", "a;b", "%PATH%", "\\$x",
)  # fmt: skip
VISIBLE = st.characters(exclude_categories=("C", "Zl", "Zp"))
PRINTABLE = st.text(VISIBLE, min_size=1, max_size=40).filter(str.isprintable)
SHELLS = [shell for shell in ("sh", "bash", "dash") if shutil.which(shell)]
TEMPLATES = (
    "printf %s {old}",
    "printf %s '{old}'",
    'printf %s "{old}"',
    "printf '%s' {old} && true",
    "true;printf %s {old}",
)


def run(shell: str, text: str) -> str:
    done = subprocess.run([shell, "-c", text], capture_output=True, text=True, timeout=20, check=True)
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_value_reaches_the_command_as_it_is(shell: str, template: str, value: str) -> None:
    assert run(shell, command(template, {"old": value}, "sh")) == value


@given(value=PRINTABLE)
def test_any_printable_value_reaches_the_command_as_it_is(value: str) -> None:
    assert run("sh", command("printf %s '{old}'", {"old": value}, "sh")) == value


@given(value=PRINTABLE)
def test_the_words_around_a_value_stay_part_of_its_word(value: str) -> None:
    assert run("sh", command("printf '[%s]' 'key = {old}'", {"old": value}, "sh")) == f"[key = {value}]"


def read_powershell(text: str) -> str:
    """One single-quoted string as about_Quoting_Rules reads it: doubled marks stand for one, typographic ones too."""
    marks = "'‘’‚‛"
    assert text[0] == "'"
    read, index = "", 1
    while text[index] not in marks or text[index + 1 : index + 2] in tuple(marks):
        index += 2 if text[index] in marks else 1
        read += text[index - 1]
    assert index == len(text) - 1, "text after the end of the string would be code"
    return read


@given(value=PRINTABLE)
def test_powershell_gets_one_single_quoted_string(value: str) -> None:
    assert read_powershell(command("{old}", {"old": value}, "powershell")) == value


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_value_is_one_powershell_string(value: str) -> None:
    assert read_powershell(command("{old}", {"old": value}, "powershell")) == value


@given(value=st.one_of(st.sampled_from(HOSTILE), PRINTABLE))
def test_a_filled_powershell_command_is_one_command_to_its_grammar(value: str) -> None:
    reason = "PowerShell is not in Debian; its grammar (tree-sitter-powershell) is not installed"
    tree_sitter = pytest.importorskip("tree_sitter", reason=reason)
    grammar = pytest.importorskip("tree_sitter_powershell", reason=reason)
    text = command("Set-SendConnector -Identity {old} -Fqdn {old}", {"old": value}, "powershell")
    root = tree_sitter.Parser(tree_sitter.Language(grammar.language())).parse(text.encode()).root_node
    assert not root.has_error
    (statements,) = root.children
    assert [statement.type for statement in statements.children] == ["pipeline"]


@given(value=PRINTABLE)
def test_cmd_gets_a_quoted_word_or_nothing(value: str) -> None:
    """cmd.exe has no way to quote these three inside double quotes, so such a value never gets there."""
    if any(mark in value for mark in '"%!'):
        with pytest.raises(UnquotableError):
            command("echo {old}", {"old": value}, "cmd")
    else:
        assert command("echo {old}", {"old": value}, "cmd") == f'echo "{value}"'


@pytest.mark.parametrize("value", ["a\nb", "a\x00b", "\x1b[2J", "a\u2028b", "a\rb"])
def test_control_characters_stand_in_no_command(value: str) -> None:
    for shell in ("sh", "powershell", "cmd"):
        with pytest.raises(UnquotableError):
            command("echo {old}", {"old": value}, shell)


def test_the_home_folder_of_the_template_is_found_by_the_shell() -> None:
    assert command("cp ~/.muttrc ~/.muttrc{copy}", {"copy": ".before x"}, "sh") == "cp ~/.muttrc ~/'.muttrc.before x'"


def test_words_without_a_place_stay_as_they_are_written() -> None:
    assert command("a $(b) 'c d' && {old}", {"old": "x"}, "sh") == "a $(b) 'c d' && x"


def test_braces_that_name_no_place_stay() -> None:
    assert fill("{{.Config}} {name} {other}", {"name": "x"}) == "{{.Config}} x {other}"
