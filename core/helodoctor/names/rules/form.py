"""Rules about how a name is written (RFC 5321 4.1.2, RFC 1035 2.3.4, RFC 6531 3.7.1)."""

from __future__ import annotations

from helodoctor.names.grammar import LONGEST_LABEL, LONGEST_NAME
from helodoctor.names.heloname import Deviation, DomainName, HeloName, NoName
from helodoctor.names.rules.base import Outcome, Situation, any_text, domain, fail, full_name, rule, something, warn


def _cut(name: HeloName, found: Deviation) -> str:
    """The characters in question; of very many the first."""
    return name.cut(found)[:20]


def _at(name: HeloName, found: Deviation) -> dict[str, object]:
    """Evidence of a place: the characters and the position of the first, counted from 1."""
    return {"characters": _cut(name, found), "position": found.start + 1}


def _first(name: HeloName, *ids: str) -> Outcome | None:
    found = name.all_of(*ids)
    return fail(**_at(name, found[0])) if found else None


@rule("RFC 5321 4.1.1.1", over=any_text)
def empty_name(name: HeloName, _: Situation) -> Outcome | None:
    """A server that says hello says its name."""
    return fail() if isinstance(name, NoName) else None


@rule("RFC 5321 4.1.2", over=something)
def space_in_name(name: HeloName, _: Situation) -> Outcome | None:
    """No blank within a name, and no comment after it."""
    return _first(name, "blank", "comment")


@rule("RFC 5321 4.1.2", over=domain, fix="correct-name")
def bad_character(name: HeloName, _: Situation) -> Outcome | None:
    """Letters, digits, hyphens and dots only."""
    return _first(name, "bad-character")


@rule("RFC 5321 4.1.2", over=domain, fix="replace-underscore")
def underscore(name: HeloName, _: Situation) -> Outcome | None:
    """The underscore is no character of a host name."""
    return _first(name, "underscore")


@rule("RFC 6531 3.7.1", over=domain, fix="use-a-label")
def non_ascii(name: HeloName, _: Situation) -> Outcome | None:
    """Letters of other scripts travel as A-labels."""
    found = name.all_of("non-ascii")
    return fail(**_at(name, found[0]), coded=name.normalized) if found else None


@rule("RFC 5890 2.3.1", over=domain, fix="use-a-label")
def bad_a_label(name: HeloName, _: Situation) -> Outcome | None:
    """A label with hyphens in places three and four is a true A-label."""
    found = name.all_of("bad-a-label")
    return warn(label=_cut(name, found[0])) if found else None


@rule("RFC 5321 4.1.2", over=domain, fix="correct-name")
def empty_label(name: HeloName, _: Situation) -> Outcome | None:
    """Something stands before and between the dots."""
    found = name.all_of("empty-label")
    return fail(position=found[0].start + 1) if found else None


@rule("RFC 5321 4.1.2", over=domain, fix="correct-name")
def edge_hyphen(name: HeloName, _: Situation) -> Outcome | None:
    """A label starts and ends with a letter or digit."""
    found = name.all_of("edge-hyphen")
    return fail(label=_cut(name, found[0]), position=found[0].start + 1) if found else None


@rule("RFC 5321 4.1.2", over=something, fix="remove-dot")
def trailing_dot(name: HeloName, _: Situation) -> Outcome | None:
    """No dot at the end."""
    return fail() if name.has("trailing-dot") else None


@rule("RFC 1035 2.3.4", over=domain)
def too_long(name: HeloName, _: Situation) -> Outcome | None:
    """At most 63 characters between two dots, at most 253 in all."""
    if labels := name.all_of("long-label"):
        return fail(length=labels[0].end - labels[0].start, limit=LONGEST_LABEL)
    return fail(length=len(name.given), limit=LONGEST_NAME) if name.has("long-name") else None


@rule("RFC 1123 2.1", over=full_name, fix="correct-name")
def numeric_tld(name: HeloName, _: Situation) -> Outcome | None:
    """The last label is not a number: that is how a name is told from an address."""
    assert isinstance(name, DomainName)
    return fail(ending=name.labels[-1]) if name.labels[-1].isdecimal() else None


@rule("RFC 5321 4.1.1.1", over=any_text, fix="correct-name")
def pasted_extras(name: HeloName, _: Situation) -> Outcome | None:
    """Nothing around the name: no quotes, no web address, no port."""
    if found := name.all_of("url", "mailbox", "port"):
        return fail(characters=_cut(name, found[0]), meant=name.normalized)
    found = name.all_of("wrapper", "invisible")
    return warn(characters=_cut(name, found[0]), meant=name.normalized) if found else None
