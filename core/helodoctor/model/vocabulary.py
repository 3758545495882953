"""The closed lists every layer shares; each value is the word used in JSON, data files and tests."""

from __future__ import annotations

from enum import StrEnum


class Cause(StrEnum):
    """Why a mail came back. The ``helo-*`` values blame the HELO name, the ``not-helo-*`` values clear it."""

    HELO_BARE_IP = "helo-bare-ip"
    HELO_ADDRESS_LITERAL = "helo-address-literal"
    HELO_LOCALHOST = "helo-localhost"
    HELO_NOT_FQDN = "helo-not-fqdn"
    HELO_INVALID_SYNTAX = "helo-invalid-syntax"
    HELO_UNRESOLVABLE = "helo-unresolvable"
    HELO_MISMATCH = "helo-mismatch"
    HELO_FORGED = "helo-forged"
    HELO_BLOCKLISTED = "helo-blocklisted"
    HELO_DYNAMIC = "helo-dynamic"
    HELO_MISSING = "helo-missing"
    HELO_UNSPECIFIED = "helo-unspecified"
    NOT_HELO_PTR = "not-helo-ptr"
    NOT_HELO_SPF = "not-helo-spf"
    NOT_HELO_RBL = "not-helo-rbl"
    NOT_HELO_USER_UNKNOWN = "not-helo-user-unknown"
    NOT_HELO_RELAY = "not-helo-relay"
    NOT_HELO_GREYLIST = "not-helo-greylist"
    NOT_HELO_DMARC = "not-helo-dmarc"
    NOT_HELO_TLS = "not-helo-tls"
    NOT_HELO_AUTH = "not-helo-auth"
    NOT_HELO_QUOTA = "not-helo-quota"
    NOT_HELO_SENDER_DOMAIN = "not-helo-sender-domain"
    NOT_HELO_OTHER = "not-helo-other"
    ACCEPTED = "accepted"
    UNKNOWN = "unknown"

    @property
    def verdict(self) -> Verdict:
        """The answer this cause stands for."""
        if self.startswith("helo-"):
            return Verdict.HELO
        if self.startswith("not-helo-"):
            return Verdict.NOT_HELO
        return Verdict(self.value)


class Verdict(StrEnum):
    """Is the HELO name to blame?"""

    HELO = "helo"
    NOT_HELO = "not-helo"
    ACCEPTED = "accepted"
    UNKNOWN = "unknown"


class Confidence(StrEnum):
    """How sure a reading is: the words say so, the name says so, or neither quite does."""

    SURE = "sure"
    LIKELY = "likely"
    GUESS = "guess"


class Stage(StrEnum):
    """The point of the SMTP conversation where the refusal was seen (RFC 5321 3)."""

    CONNECT = "connect"
    HELO = "helo"
    STARTTLS = "starttls"
    AUTH = "auth"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    UNKNOWN = "unknown"


class BounceKind(StrEnum):
    """What sort of text was pasted."""

    DSN = "dsn"
    NDR = "ndr"
    TRANSCRIPT = "transcript"
    LOG = "log"
    EXCEPTION = "exception"
    HEADERS = "headers"
    REFLECTOR = "reflector"
    UNKNOWN = "unknown"


class Permanence(StrEnum):
    """Whether the refusal will pass by itself (4xx) or not (5xx)."""

    PERMANENT = "permanent"
    TEMPORARY = "temporary"
    UNKNOWN = "unknown"


class Direction(StrEnum):
    """Server to server (relay), or a program that logs in to its own provider (submission, RFC 6409)."""

    RELAY = "relay"
    SUBMISSION = "submission"
    UNKNOWN = "unknown"


class Role(StrEnum):
    """Whose text this is, seen from the server whose name was refused."""

    SENDER = "sender"
    RECEIVER = "receiver"
    FORWARDER = "forwarder"
    USER = "user"
    UNKNOWN = "unknown"


class NameKind(StrEnum):
    """What a text offered as a HELO name is, grammatically (RFC 5321 4.1.2, 4.1.3)."""

    FQDN = "fqdn"
    SINGLE_LABEL = "single-label"
    BARE_IP = "bare-ip"
    ADDRESS_LITERAL = "address-literal"
    INVALID = "invalid"
    EMPTY = "empty"


class Status(StrEnum):
    """The outcome of one check; ``skipped`` always carries its reason."""

    PASS = "pass"
    WARN = "warn"
    FAIL = "fail"
    SKIPPED = "skipped"


class NameVerdict(StrEnum):
    """A HELO name, all findings taken together."""

    GOOD = "good"
    RISKY = "risky"
    BAD = "bad"


class Answer(StrEnum):
    """What a receiver does with a HELO name."""

    ACCEPT = "accept"
    REJECT = "reject"
    TEMPFAIL = "tempfail"
    SCORE = "score"
    UNKNOWN = "unknown"


class EvidenceKind(StrEnum):
    """How a statement about a receiver is known."""

    SOURCE_CODE = "source-code"
    OBSERVED = "observed"
    DOCUMENTED = "documented"
    REPORTED = "reported"
    UNKNOWN = "unknown"


class TrialVerdict(StrEnum):
    """How one live conversation ended."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    TEMPFAIL = "tempfail"
    BLOCKED = "blocked"
    UNREACHABLE = "unreachable"
    UNDETERMINED = "undetermined"


class Actor(StrEnum):
    """Who carries out a step of a guide."""

    YOU = "you"
    DNS_HOST = "dns-host"
    ADDRESS_PROVIDER = "address-provider"
    RECEIVER = "receiver"
    FORWARDER = "forwarder"
    VENDOR = "vendor"
    HELPDESK = "helpdesk"


class StepConfidence(StrEnum):
    """How sure we are that a step does what it says."""

    SURE = "sure"
    LIKELY = "likely"
    TRY = "try"
