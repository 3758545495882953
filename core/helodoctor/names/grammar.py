"""One parser from text to a typed HELO name; it keeps what was given, what it means, and every deviation."""

from __future__ import annotations

import re

from helodoctor.model import NameKind
from helodoctor.names import international
from helodoctor.names.addresses import literal, read_ipv4, read_ipv6, read_odd_ipv4
from helodoctor.names.cleaning import Piece, unwrap
from helodoctor.names.heloname import Address, AddressLiteral, BareAddress, Deviation, DomainName, HeloName, NoName

LONGEST_LABEL = 63  # octets, RFC 1035 2.3.4
LONGEST_NAME = 253  # visible octets; 255 on the wire with the length octets, RFC 1035 2.3.4
BOUND = 512  # octets of a whole command line, RFC 5321 4.5.3.1.4; of a longer text only the beginning is read

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_CLEAN = re.compile(rf"(?=.*[A-Za-z]){_LABEL}(?:\.{_LABEL})*")
_LITERAL = re.compile(r"\[(?:([A-Za-z0-9-]*[A-Za-z0-9]):)?([^\[\]]*)(\]?)(.*)", re.DOTALL)
_BLANK = re.compile(r"[\s\x00]+")
_NON_ASCII = re.compile(r"[^\x00-\x7f\s]+")
# ASCII that is no part of a name: neither letter, digit, ".", "_", "-", nor white space or NUL. Listed: a class up
# to U+10FFFF takes the compiler 2 ms.
_BAD = re.compile(r"[\x01-\x08\x0e-\x1b!-,/:-@\[-^`{-\x7f]+")
_UNDERSCORE = re.compile("_+")
_HARMLESS = frozenset({"edge-blank", "invisible", "wrapper", "trailing-dot", "bad-a-label", "odd-address"})


def parse(text: str) -> HeloName:
    """Read ``text`` as a HELO name; anything goes in, nothing raises."""
    if len(text) <= LONGEST_NAME and _CLEAN.fullmatch(text) and "--" not in text and not read_odd_ipv4(text):
        return _domain(text, text.lower(), [])
    piece, left_out = unwrap(text[:BOUND])
    if not piece.text:
        return NoName(given=text, normalized="", kind=NameKind.EMPTY, deviations=tuple(left_out))
    if piece.text.startswith("["):
        return _bracketed(text, piece, left_out)
    return _bare_address(text, piece, left_out) or _labelled(text, piece, left_out)


def _kind(kind: NameKind, deviations: list[Deviation]) -> NameKind:
    return kind if all(deviation.id in _HARMLESS for deviation in deviations) else NameKind.INVALID


def _bare_address(text: str, piece: Piece, deviations: list[Deviation]) -> BareAddress | None:
    core, _, zone = piece.text.partition("%")
    core = core.removesuffix(".")
    tagged = core[5:] if core[:5].lower() == "ipv6:" else core
    standard = read_ipv4(core) or read_ipv6(tagged)
    address: Address | None = standard or read_odd_ipv4(core)
    if address is None or (zone and address.version == 4):
        return None
    if piece.text.endswith("."):
        deviations.append(piece.mark("trailing-dot", len(piece.text) - 1, len(piece.text)))
    if zone or standard is None or tagged != core:
        deviations.append(piece.mark("odd-address", 0, len(piece.text)))
    # "1.2.3" could be read as an address, but whoever receives it sees a name of digits only
    readable = standard is not None or core.count(".") in (0, 3)
    return BareAddress(
        given=text,
        normalized=str(address) if readable else core.lower(),
        kind=_kind(NameKind.BARE_IP, deviations) if readable else NameKind.INVALID,
        address=address,
        deviations=tuple(deviations),
    )


def _bracketed(text: str, piece: Piece, deviations: list[Deviation]) -> AddressLiteral:
    match = _LITERAL.fullmatch(piece.text)
    if match is None:  # a second opening bracket
        deviations.append(piece.mark("bad-address", 0, len(piece.text)))
        return AddressLiteral(
            given=text, normalized=piece.text.lower(), kind=NameKind.INVALID, address=None, deviations=tuple(deviations)
        )
    address, fault = _inside(match[1], match[2])
    if fault:
        deviations.append(piece.mark(fault, 0, match.end(3)))
    if not match[3]:
        deviations.append(piece.mark("open-bracket", 0, 1))
    if match[4]:
        deviations.append(piece.mark("comment", *match.span(4)))
    normalized = literal(address) if address else piece.text.lower()
    kind = NameKind.ADDRESS_LITERAL if fault == "unknown-tag" else _kind(NameKind.ADDRESS_LITERAL, deviations)
    return AddressLiteral(given=text, normalized=normalized, kind=kind, address=address, deviations=tuple(deviations))


def _inside(tag: str | None, content: str) -> tuple[Address | None, str | None]:
    """The address of a literal and its deviation, from the text within the brackets (RFC 5321 4.1.3)."""
    if tag is None:
        address = read_ipv4(content) or read_ipv6(content)
        if address is None:
            padded = read_odd_ipv4(content) if content.count(".") == 3 and "x" not in content.lower() else None
            return padded, "odd-address" if padded else "bad-address"
        return address, "untagged-ipv6" if address.version == 6 else None
    if tag.lower() == "ipv6":
        address = read_ipv6(content)
        if address is None:
            return None, "bad-address"
        return address, "bad-address" if _one_group_elided(content) else None
    untagged = read_ipv6(f"{tag}:{content}")
    if untagged is not None:
        return untagged, "untagged-ipv6"
    return (read_ipv4(content) if tag.lower() == "ipv4" else None), "unknown-tag"


def _one_group_elided(content: str) -> bool:
    """Whether ``::`` stands for a single group, which the grammar has no room for."""
    groups = [group for group in content.split(":") if group]
    return "::" in content and len(groups) + content.count(".") // 3 == 7


def _labelled(text: str, piece: Piece, deviations: list[Deviation]) -> DomainName:
    deviations += piece.mark_all("blank", _BLANK)
    deviations += piece.mark_all("bad-character", _BAD)
    deviations += piece.mark_all("underscore", _UNDERSCORE)
    deviations += piece.mark_all("non-ascii", _NON_ASCII)
    plain = international.plain(piece.text)
    if plain.endswith(".") and plain.strip("."):
        deviations.append(piece.mark("trailing-dot", len(piece.text) - 1, len(piece.text)))
        plain = plain.rstrip(".")
    deviations += _of_labels(piece)
    return _domain(text, plain if plain == text else _settled(plain), deviations)


def _settled(plain: str) -> str:
    """A cleaned name read once more, since what was coded, or stood before a dot, may be a leftover itself."""
    again = international.plain(unwrap(plain)[0].text)
    again = again.rstrip(".") or again
    if again != plain:
        return _settled(again)
    return parse(plain).normalized if plain.isascii() else plain


def _of_labels(piece: Piece) -> list[Deviation]:
    """What is wrong with the labels one by one, as they were written."""
    found: list[Deviation] = []
    start = 0
    written = international.DOTS.sub(".", piece.text)
    for label in written.removesuffix(".").split("."):
        end = start + len(label)
        if not label:
            at = min(start, len(written) - 1)
            found.append(piece.mark("empty-label", at, at + 1))
        elif label[0] == "-" or label[-1] == "-":
            found.append(piece.mark("edge-hyphen", start, end))
        if len(international.plain(label)) > LONGEST_LABEL:
            found.append(piece.mark("long-label", start, end))
        if label.isascii() and not international.well_coded(label.lower()):
            found.append(piece.mark("bad-a-label", start, end))
        start = end + 1
    return found


def _domain(text: str, plain: str, deviations: list[Deviation]) -> DomainName:
    labels = tuple(plain.split("."))
    if len(plain) > LONGEST_NAME or len(text) > BOUND:
        deviations.append(Deviation("long-name", 0, len(text)))
    if len(labels) > 1 and all(not label or label.isdecimal() for label in labels):
        deviations.append(Deviation("all-numeric", 0, len(text)))
    kind = NameKind.SINGLE_LABEL if len(labels) == 1 else NameKind.FQDN
    return DomainName(
        given=text, normalized=plain, kind=_kind(kind, deviations), labels=labels, deviations=tuple(deviations)
    )
