"""The engines: small named tests, as read in the receivers' own code; data selects and configures them."""

from helodoctor.receivers.engines import (
    common,
    courier,
    exim,
    haraka,
    opensmtpd,
    postfix,
    qpsmtpd,
    rspamd,
    sendmail,
    servers,
)
from helodoctor.receivers.engines.common import Maker, Test

_ALL = (common, courier, exim, haraka, opensmtpd, postfix, qpsmtpd, rspamd, sendmail, servers)

TESTS: dict[str, Maker] = {name: maker for engine in _ALL for name, maker in engine.TESTS.items()}
"""Every test a rule's ``when`` may name."""

__all__ = ["TESTS", "Maker", "Test"]
