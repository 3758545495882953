"""The organisation's profile: where it lies, that the strictest rule holds, and that everything obeys it."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import msgspec
import platformdirs
import pytest

from core.casefile.walked import BOUNCE, walked
from helodoctor import organisation, steps
from helodoctor.casefile import new_file, save
from helodoctor.casefile.private import Kind
from helodoctor.casefile.profile import always_masked, outgoing
from helodoctor.cli.main import main
from helodoctor.folders import profile_places
from helodoctor.knowledge import resource
from helodoctor.model import Case, NetworkProblem, Target, TrialPlan
from helodoctor.organisation import SIZE_BOUND, profile, read
from helodoctor.words import speak
from helodoctor.words.problems import problem

FULL = """
version = 1
helpdesk = "Kolibri helpdesk"
contact = "help@kolibri.example, +49 30 000000"
language = "de"
target = "mx.kolibri.example:26"
[allow]
live_test = false
[masks]
always = ["mailbox"]
[[text]]
page = "fix"
system = "postfix"
text = "Call us before you restart Postfix."
"""
MACHINE, USER = 0, -1


@pytest.fixture(autouse=True)
def folders(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine's folder of this test's own, beside the user's."""
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(home / "etc"))
    return home


def put(text: str | bytes, which: int = USER) -> Path:
    path = profile_places()[which][1]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def plan(host: str) -> TrialPlan:
    return TrialPlan(target=Target(host=host, port=1), name="www", stop_after="ehlo")


# --- where it lies ----------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="this test moves the folders by variables Windows does not know")
def test_the_places_are_the_platforms() -> None:
    machine, user = profile_places()
    assert machine == ("machine", platformdirs.site_config_path("helodoctor", appauthor=False) / "profile.toml")
    assert user == ("user", platformdirs.user_config_path("helodoctor", appauthor=False) / "profile.toml")


def test_a_packed_program_looks_beside_itself_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "helodoctor"))
    assert ("program", tmp_path / "profile.toml") in profile_places()


def test_without_one_everything_is_left_to_the_user() -> None:
    told = profile()
    assert (told.network, told.live_test, told.masks, told.origins) == (True, True, (), ())


def test_it_says_what_it_says_and_where_it_comes_from() -> None:
    path, told = put(FULL, MACHINE), profile()
    assert (told.helpdesk, told.language, told.live_test, told.masks) == ("Kolibri helpdesk", "de", False, ("mailbox",))
    assert (told.texts[0].page, told.texts[0].system) == ("fix", "postfix")
    assert [(origin.path, origin.place, origin.usable) for origin in told.origins] == [(str(path), "machine", True)]


def test_a_changed_file_is_read_again() -> None:
    put(FULL)
    assert profile().helpdesk == "Kolibri helpdesk"
    put("version = 1\nhelpdesk = 'Zaunkönig'\n")
    assert profile().helpdesk == "Zaunkönig"


# --- the strictest rule -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("strict", "loose"), [(MACHINE, USER), (USER, MACHINE)])
def test_what_one_forbids_the_other_cannot_allow(strict: int, loose: int) -> None:
    put("version = 1\n[allow]\nnetwork = false\n[masks]\nalways = ['subject']\n", strict)
    put("version = 1\n[allow]\nnetwork = true\nlive_test = true\n[masks]\nalways = ['text']\n", loose)
    told = profile()
    assert (told.network, told.live_test, set(told.masks)) == (False, False, {"subject", "text"})


def test_the_machines_helpdesk_comes_before_the_users() -> None:
    put("version = 1\nhelpdesk = 'ours'\n[[text]]\npage = 'fix'\ntext = 'first'\n", MACHINE)
    put("version = 1\nhelpdesk = 'mine'\ncontact = 'me'\n[[text]]\npage = 'fix'\ntext = 'second'\n")
    told = profile()
    assert (told.helpdesk, told.contact, [text.text for text in told.texts]) == ("ours", "me", ["first", "second"])


BROKEN = {
    "no TOML": "version = ",
    "no text": b"\xff\xfe\x00",
    "a key that is none": "version = 1\n[allow]\nliv_test = false\n",
    "a switch that is none": "version = 1\n[allow]\nnetwork = 'no'\n",
    "a mask that is none": "version = 1\n[masks]\nalways = ['everything']\n",
    "no version": "helpdesk = 'x'\n",
    "a later version": "version = 2\n",
    "too large": "version = 1\n#" + "x" * SIZE_BOUND,
    "deep": "version = 1\nx = " + "[" * 5000,
    "a huge number": "version = " + "9" * 6000,
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=list(BROKEN))
def test_a_broken_one_stands_for_the_strictest_rules(text: str | bytes, capsys: pytest.CaptureFixture[str]) -> None:
    path, told = put(text), profile()
    assert (told.network, told.live_test, always_masked()) == (False, False, frozenset(Kind))
    assert not told.origins[0].usable
    assert main(["check", "mail.firma.example"]) == 0
    captured = capsys.readouterr()
    assert captured.err.splitlines() == [
        f"helodoctor: Your organisation’s profile {path} could not be read. Until it is mended, nothing is asked over "
        "the network, and everything private is masked."
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="folders and links of Unix")
def test_a_folder_or_a_dead_link_in_its_place_is_a_broken_one() -> None:
    path = profile_places()[USER][1]
    path.mkdir(parents=True)
    assert not profile().network
    path.rmdir()
    path.symlink_to("/nonexistent/profile.toml")
    assert not profile().network


def test_what_it_says_is_never_a_place_to_fill_or_a_file_to_open(tmp_path: Path) -> None:
    told = read(_written(tmp_path, "version = 1\nhelpdesk = '{0.__class__}'\nlanguage = '../../etc'\n"))
    assert told.helpdesk == "{0.__class__}"
    assert speak(told.language).language == "en"


def _written(folder: Path, text: str) -> Path:
    (folder / "p.toml").write_text(text)
    return folder / "p.toml"


# --- who obeys it -----------------------------------------------------------------------------------------------------


def refused(act: object) -> str:
    with pytest.raises(NetworkProblem) as found:
        asyncio.run(act)  # type: ignore[arg-type]
    return problem(speak("en"), found.value)


def test_no_live_test_is_started() -> None:
    path = put("version = 1\n[allow]\nlive_test = false\n")
    told = refused(steps.attempt(Case(), plan("mx.kolibri.example")))
    assert told.startswith(f"Not checked, because your organisation’s profile ({path}) allows no live test.")


def test_the_practice_server_may_always_be_asked() -> None:
    put("version = 1\n[allow]\nnetwork = false\n")
    case = asyncio.run(steps.practise(Case(), steps.practice_plan(Case(), "www", "infomaniak")))
    assert case.trials[0].verdict == "refused"


def test_a_policy_in_a_file_from_outside_opens_no_way_out() -> None:
    put("version = 1\n[allow]\nlive_test = false\n")
    hostile = TrialPlan(target=Target(host="mx.kolibri.example", policy="infomaniak"), name="www", stop_after="ehlo")
    assert "allows no live test" in refused(steps.attempt(Case(), hostile))


def test_offline_only_asks_no_name_service() -> None:
    put("version = 1\n[allow]\nnetwork = false\n")
    case = steps.judge(steps.read(Case(), BOUNCE))
    assert "allows no questions over the network" in refused(steps.ask_dns(case))


@pytest.mark.parametrize(
    "command",
    [
        ["probe", "mx.kolibri.example", "--name", "www"],
        ["dns", "mail.kolibri.example"],
        ["dns", "mail.kolibri.example", "--resolver", "192.0.2.53"],
        ["detect", "--resolve"],
    ],
    ids=" ".join,
)
def test_the_command_line_asks_nobody(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    put("version = 1\n[allow]\nnetwork = false\n", MACHINE)
    assert main(command) == 3
    assert "Not checked, because your organisation’s profile" in capsys.readouterr().err


def test_its_masks_are_on_in_every_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save(new_file(walked()), tmp_path / "a.helocase")
    assert main(["report", str(tmp_path / "a.helocase")]) == 0
    assert "user123" in capsys.readouterr().out
    put("version = 1\n[masks]\nalways = ['mailbox']\n")
    assert main(["report", str(tmp_path / "a.helocase")]) == 0
    captured = capsys.readouterr()
    assert "user123" not in captured.out
    assert "Pieces masked" in captured.err


def test_masks_of_the_user_are_added_to_those_of_the_profile() -> None:
    put("version = 1\n[masks]\nalways = ['mailbox']\n")
    case = outgoing(walked(), frozenset({Kind.TEXT})).case
    assert case.bounce is not None
    assert "user123" not in str(case)
    assert "pleased to meet" not in case.bounce.text


def test_its_language_is_the_usual_one_and_an_option_wins(capsys: pytest.CaptureFixture[str]) -> None:
    put(FULL)
    main(["check", "www"])
    german = capsys.readouterr().out
    main(["check", "www", "--lang", "en"])
    assert german != capsys.readouterr().out


def test_the_version_says_whose_profile_holds(capsys: pytest.CaptureFixture[str]) -> None:
    path = put(FULL.replace('"de"', '"en"'), MACHINE)
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.splitlines()[1] == f"Set up by Kolibri helpdesk (profile {path})"


def test_its_target_is_proposed_where_the_text_names_none() -> None:
    put(FULL)
    assert str(steps.read(Case(), "550 5.7.1 <www>: Helo command rejected").target) == "mx.kolibri.example:26"
    assert str(steps.read(Case(), BOUNCE).target) == "mta-gw1.infomaniak.ch:25"


# --- what is published ------------------------------------------------------------------------------------------------


def test_the_published_example_is_one() -> None:
    told = read(resource("schemas/profile.example.toml"))
    assert told.origins[0].usable
    assert (told.helpdesk, told.live_test, told.masks) == ("Kolibri helpdesk", False, ("mailbox", "subject"))
    assert [(text.page, text.system) for text in told.texts] == [("fix", "postfix")]


def test_the_published_schema_is_that_of_the_program() -> None:
    made = msgspec.json.schema(organisation._File)
    for told in made["$defs"].values():
        if "description" in told:
            told["description"] = " ".join(told["description"].split())
    assert resource("schemas/profile.schema.json").read_text("utf-8") == json.dumps(made, indent=2) + "\n"


def test_its_own_texts_precede_ours_in_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    put(FULL.replace('"de"', '"en"'))
    for system, told in (("postfix", True), ("exim", False)):
        assert main(["fix", "--system", system, "--name", "mail.firma.example"]) == 0
        assert capsys.readouterr().out.startswith("Call us before you restart Postfix.\n\n6a") is told
    assert main(["fix", "--system", "postfix", "--name", "mail.firma.example", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["notes"] == ["Call us before you restart Postfix."]
