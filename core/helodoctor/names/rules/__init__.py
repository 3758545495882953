"""The rules, the most telling first; findings of the same weight are shown in this order."""

from __future__ import annotations

from helodoctor.model import Finding, Status
from helodoctor.names.rules import addresses, form, meaning
from helodoctor.names.rules.base import Rule, Situation, rule

RULES: tuple[Rule, ...] = (
    form.empty_name,
    meaning.localhost,
    addresses.bare_ip,
    addresses.bad_literal,
    addresses.untagged_ipv6,
    form.space_in_name,
    form.bad_character,
    form.underscore,
    form.non_ascii,
    form.empty_label,
    form.edge_hyphen,
    form.trailing_dot,
    form.too_long,
    form.numeric_tld,
    form.pasted_extras,
    meaning.single_label,
    addresses.private_address,
    addresses.literal_not_client,
    meaning.big_provider,
    meaning.receiver_own_name,
    meaning.placeholder_domain,
    meaning.cloud_internal,
    meaning.special_use_suffix,
    meaning.unknown_tld,
    meaning.public_suffix_only,
    meaning.factory_name,
    meaning.generic_name,
    meaning.encodes_client_ip,
    form.bad_a_label,
    addresses.odd_address,
    addresses.address_literal,
    addresses.sending_address,
)

# What only the DNS can tell; network.dns answers these under the same ids.
ONLINE: tuple[Finding, ...] = tuple(
    Finding(id=check, status=Status.SKIPPED, source=source, reason="offline")
    for check, source in (
        ("name-address", "RFC 5321 2.3.5"),
        ("name-alias", "RFC 5321 2.3.5"),
        ("name-matches-address", "RFC 5321 4.1.4"),
        ("reverse-name", "RFC 1912 2.1"),
        ("reverse-confirmed", "RFC 8601 3"),
        ("reverse-matches-name", "RFC 1912 2.1"),
        ("helo-spf", "RFC 7208 2.3"),
    )
)

__all__ = ["ONLINE", "RULES", "Rule", "Situation", "rule"]
