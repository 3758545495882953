"""The servers of the lab: where each listens, under which setting, and what its root is made of."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

TREES = Path(__file__).parent.parent / "servers"


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One listener with one set of HELO rules, described by ``receivers/<id>.toml``.

    ``software`` and ``label`` are the words of the observed-replies table; ``me`` is the receiver's own name in it.
    """

    id: str
    address: str
    me: str
    software: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Server:
    """One box with a mail server in it; ``says`` is what its console shows when it is ready to judge names."""

    id: str
    layers: tuple[str, ...]
    settings: tuple[Setting, ...] = ()
    more_addresses: tuple[str, ...] = ()
    says: str = ""

    @property
    def hostname(self) -> str:
        """The name the box gives itself."""
        return self.settings[0].me if self.settings else f"mx-{self.id}.rcpt.test"

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every address of the box, the first one its own."""
        return (*(setting.address for setting in self.settings), *self.more_addresses)


def _settings(software: str, *rows: tuple[str, str, str, str]) -> tuple[Setting, ...]:
    """Settings from rows of (id, last part of the address, the receiver's own name, label)."""
    return tuple(
        Setting(id=key, address=f"203.0.113.{host}", me=f"{me}.rcpt.test", software=software, label=label)
        for key, host, me, label in rows
    )


_ALL = (
    Server(
        id="postfix",
        layers=("postfix",),
        settings=_settings(
            "Postfix/3.7.11",
            ("postfix", "25", "mx-postfix", "delay_reject=yes (default), unknown=450"),
            ("postfix-now", "35", "mx-postfix-now", "delay_reject=no"),
            ("postfix-perm", "65", "mx-postfix-perm", "unknown_hostname_reject_code=550"),
        ),
        more_addresses=(
            *("203.0.113.45", "203.0.113.75", "203.0.113.85", "203.0.113.95", "203.0.113.105"),
            "2001:db8::25",
        ),
    ),
    Server(
        id="exim",
        layers=("exim",),
        settings=_settings(
            "Exim/4.96",
            ("exim", "26", "mx-exim", "helo rules at RCPT (delayed)"),
            ("exim-helo", "36", "mx-exim", "helo rules in acl_smtp_helo"),
            ("exim-verify", "46", "mx-exim", "verify = helo at RCPT"),
        ),
        more_addresses=("203.0.113.56", "203.0.113.66", "203.0.113.76", "203.0.113.86", "2001:db8::26"),
    ),
    Server(
        id="opensmtpd",
        layers=("opensmtpd",),
        settings=_settings(
            "OpenSMTPD/6.8.0p2",
            ("opensmtpd", "27", "mx-opensmtpd", "filter phase rcpt-to"),
            ("opensmtpd-now", "37", "mx-opensmtpd", "filter phase helo/ehlo"),
        ),
        more_addresses=("203.0.113.47",),
    ),
    Server(
        id="sendmail",
        layers=("sendmail",),
        settings=_settings(
            "Sendmail/8.17.1.9",
            ("sendmail", "28", "mx-sendmail", "block_bad_helo + require_rdns + Local_check_mail regex"),
        ),
    ),
    Server(
        id="courier",
        layers=("courier",),
        settings=_settings("Courier/1.0.16", ("courier", "29", "mx-courier", "BOFHCHECKHELO=1 BOFHCHECKDNS=1")),
    ),
    Server(
        id="qpsmtpd",
        layers=("qpsmtpd",),
        settings=_settings("qpsmtpd/0.94", ("qpsmtpd", "30", "mx-qpsmtpd", "helo policy strict reject 1")),
    ),
    Server(
        id="haraka",
        layers=("haraka",),
        says="loaded Public Suffixes",  # it greets before, and takes every name for invalid
        settings=_settings(
            "Haraka/3.3.4",
            ("haraka", "31", "mx-haraka", "helo.checks 1.1.3 all [check] and [reject] on + fcrdns"),
        ),
    ),
    Server(
        id="haraka-defaults",
        layers=("haraka",),
        says="loaded Public Suffixes",  # it greets before, and takes every name for invalid
        settings=_settings(
            "Haraka/3.3.4",
            ("haraka-defaults", "34", "mx-haraka2", "helo.checks 1.1.3 shipped defaults (private_ip skip off)"),
        ),
    ),
    Server(id="rspamd", layers=("rspamd",), more_addresses=("203.0.113.32",)),
)
SERVERS = {server.id: server for server in _ALL}
USUAL = ("postfix", "exim", "opensmtpd", "haraka")


def chosen(words: str) -> tuple[str, ...]:
    """The server ids meant by ``all``, ``usual`` or ``name,name``.

    Raises:
        ValueError: a name that is no server of the lab; the text lists those that are.
    """
    if words == "all":
        return tuple(SERVERS)
    names = USUAL if words == "usual" else tuple(word.strip() for word in words.split(",") if word.strip())
    if unknown := set(names) - set(SERVERS):
        raise ValueError(f"the lab has no {', '.join(sorted(unknown))}; it has {', '.join(SERVERS)}")
    return names
