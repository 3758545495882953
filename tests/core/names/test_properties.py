"""What holds for every text: the parser answers, its answer is stable, and a correct name comes back as it is."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

from hypothesis import given
from hypothesis import strategies as st

from helodoctor.model import Cause, NameKind, NameVerdict, Status
from helodoctor.names import check, fault, parse

LETTERS = "abcdefghijklmnopqrstuvwxyz"
# sub-domain = Let-dig [Ldh-str] (RFC 5321 4.1.2); two hyphens in places three and four are reserved (RFC 5890 2.3.1)
labels = st.from_regex(r"[a-z0-9](?:[a-z0-9-]{0,20}[a-z0-9])?", fullmatch=True).filter(lambda label: label[2:4] != "--")
endings = st.text(LETTERS, min_size=2, max_size=10)
domains = st.builds(lambda parts, end: ".".join([*parts, end]), st.lists(labels, min_size=1, max_size=5), endings)
literals = st.one_of(
    st.ip_addresses(v=4).map(lambda address: f"[{address}]"),
    st.ip_addresses(v=6).map(lambda address: f"[IPv6:{address}]"),
)
near_names = st.lists(
    st.one_of(
        domains, st.sampled_from([".", "-", "_", " ", "[", "]", ":", "IPv6:", "<", ">", "EHLO ", "xn--", "\u200b"]),
        st.sampled_from(["。", "\x00", "/", "@", "%", "0x7f", "é"]),
        st.ip_addresses().map(str), st.characters(),
    ),
    max_size=6,
).map("".join)  # fmt: skip
texts = st.one_of(st.text(), near_names, domains, literals)


@given(domains)
def test_a_correct_domain_is_printed_as_it_was_read(name: str) -> None:
    read = parse(name)
    assert (read.normalized, read.kind, read.deviations) == (name, NameKind.FQDN, ())


@given(literals)
def test_a_correct_literal_is_printed_as_it_was_read(name: str) -> None:
    read = parse(name)
    assert read.kind is NameKind.ADDRESS_LITERAL
    assert read.normalized == name


@given(st.ip_addresses())
def test_a_bare_address_is_printed_as_it_was_read(address: IPv4Address | IPv6Address) -> None:
    read = parse(str(address))
    assert (read.normalized, read.kind) == (str(address), NameKind.BARE_IP)


@given(texts)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = parse(text).normalized
    assert parse(once).normalized == once


@given(texts)
def test_every_text_is_judged(text: str) -> None:
    report = check(text, ip=text, receiver=text, domain=text, ptr=text)
    assert report.name == text
    assert report.verdict in NameVerdict
    assert all((finding.reason is not None) == (finding.status is Status.SKIPPED) for finding in report.findings)


@given(texts)
def test_every_deviation_points_into_the_text(text: str) -> None:
    for deviation in parse(text).deviations:
        assert 0 <= deviation.start < deviation.end <= len(text)


@given(texts)
def test_a_text_departs_from_the_grammar_or_is_a_name(text: str) -> None:
    read = parse(text)
    if read.kind is NameKind.INVALID:
        assert read.deviations


@given(texts, texts)
def test_a_suggestion_is_a_name_that_no_rule_fails(text: str, domain: str) -> None:
    suggestion = check(text, domain=domain).suggestion
    if suggestion is not None:
        assert suggestion != text
        assert check(suggestion).verdict is not NameVerdict.BAD


@given(texts)
def test_a_name_at_fault_is_never_judged_good(text: str) -> None:
    cause = fault(text)
    if cause is not None:
        assert cause in Cause
        assert check(text).verdict is not NameVerdict.GOOD
