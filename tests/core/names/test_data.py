"""The embedded lists: every row names its source, every pattern is one, every id that is shown has its words."""

from __future__ import annotations

import re
from ipaddress import ip_network

import pytest
import tomli

from helodoctor.knowledge import load, names, resource
from helodoctor.names import data, suffixes
from helodoctor.words import speak

FILES = names("names")


def rows_of(stem: str) -> list[dict[str, object]]:
    tables = tomli.loads(resource(f"names/{stem}.toml").read_text(encoding="utf-8"))
    return [row for rows in tables.values() if isinstance(rows, list) for row in rows if isinstance(row, dict)]


@pytest.mark.parametrize("stem", FILES)
def test_a_list_says_when_it_was_reviewed_and_where_it_is_from(stem: str) -> None:
    table = tomli.loads(resource(f"names/{stem}.toml").read_text(encoding="utf-8"))
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", table["reviewed"])
    assert rows_of(stem)
    assert "origin" in table or all(row.get("source") for row in rows_of(stem))


@pytest.mark.parametrize("stem", FILES)
def test_every_pattern_compiles_and_has_no_capital_that_could_never_match(stem: str) -> None:
    for row in rows_of(stem):
        pattern = row.get("pattern", "")
        assert isinstance(pattern, str)
        assert re.compile(pattern)
        assert pattern == pattern.lower()


def test_every_network_is_one() -> None:
    for row in rows_of("addresses"):
        assert ip_network(str(row["network"]))


def test_what_an_address_an_ending_or_a_host_name_is_can_be_said() -> None:
    words = speak("en")
    sorts = {row["sort"] for stem in ("addresses", "special_use") for row in rows_of(stem)}
    makers = {row["maker"] for row in rows_of("hosts") if "maker" in row}
    for key in [*(f"sort-{sort}" for sort in sorts), *(f"maker-{maker}" for maker in makers)]:
        assert words.sentence("findings", key)


def test_no_special_use_ending_is_on_the_internet() -> None:
    """Those of another system than the DNS may be on the list all the same: the list says so itself for ``.onion``."""
    for row in rows_of("special_use"):
        if row["sort"] != "other" and "." not in str(row["name"]):
            assert not suffixes.known_ending(str(row["name"])), row


@pytest.mark.parametrize("ending", ["com", "ch", "xyz", "dev", "zip", "box", "arpa", "xn--fiqs8s", "xn--p1ai", "ck"])
def test_an_ending_of_the_internet_is_known(ending: str) -> None:
    assert suffixes.known_ending(ending)


@pytest.mark.parametrize(
    "ending", ["internal", "local", "lan", "corp", "home", "mail", "server", "xn--zzzzzzz99", "\udd00", ""]
)
def test_an_ending_of_one_network_is_not(ending: str) -> None:
    assert not suffixes.known_ending(ending)


@pytest.mark.parametrize(
    ("name", "domain"),
    [
        ("a.b.kolibri.ch", "kolibri.ch"), ("kolibri.ch", "kolibri.ch"), ("ch", None), ("x.co.uk", "x.co.uk"),
        ("co.uk", None), ("a.b.github.io", "b.github.io"), ("www.ck", "www.ck"), ("a.b.ck", "a.b.ck"),
        ("a.city.kobe.jp", "city.kobe.jp"), ("a.b.kobe.jp", "a.b.kobe.jp"), ("a.kolibri.example", "kolibri.example"),
        ("a.xn--55qx5d.cn", "a.xn--55qx5d.cn"), ("a.b.xn--fiqs8s", "b.xn--fiqs8s"),
    ],
)  # fmt: skip
def test_the_registered_domain_of_a_name(name: str, domain: str | None) -> None:
    assert suffixes.organizational_domain(name) == domain


def test_the_part_of_the_list_for_one_ending_says_what_the_whole_list_says() -> None:
    from publicsuffixlist import PublicSuffixList

    whole = PublicSuffixList()
    sample = [
        f"a.b.{line.decode().lstrip('*.!')}" for rows in list(suffixes._index().values())[::40] for line in rows[:5]
    ]
    sample = [name.encode("idna").decode() for name in sample]
    assert len(sample) > 40
    assert [suffixes.organizational_domain(name) for name in sample] == [whole.privatesuffix(name) for name in sample]


def test_a_list_is_read_as_its_type() -> None:
    assert load("names/providers.toml", data.Providers).provider[0].domains
