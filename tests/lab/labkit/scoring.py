"""What rspamd says of a HELO name, asked over its HTTP check (rspamd's /checkv2)."""

from __future__ import annotations

import http.client
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from labkit.dialogue import CLIENT, RECIPIENT, SENDER
from labkit.lab import Lab
from labkit.names import Named

ADDRESS, PORT = "203.0.113.32", 11333
_MESSAGE = (
    f"From: {SENDER}\r\nTo: {RECIPIENT}\r\nSubject: a name\r\nDate: Mon, 23 Nov 2026 17:00:00 +0000\r\n"
    "Message-ID: <1@example.test>\r\n\r\nhello\r\n"
).encode()
_AT_ONCE = 4


def scored(lab: Lab, names: Sequence[Named], hostname: str) -> list[dict[str, float]]:
    """For each name the symbols of ``hfilter`` with their scores; ``hostname`` is the client's reverse name."""

    def one(name: Named) -> dict[str, float]:
        asking = http.client.HTTPConnection(ADDRESS, PORT, timeout=30)
        headers = {"Helo": (name.text or "").encode(), "IP": CLIENT, "Hostname": hostname, "From": SENDER}
        asking.request("POST", "/checkv2", _MESSAGE, {**headers, "Rcpt": RECIPIENT})
        symbols = json.loads(asking.getresponse().read())["symbols"]
        asking.close()
        return {symbol: found["score"] for symbol, found in symbols.items() if symbol.startswith("HFILTER_")}

    def all_of_them() -> list[dict[str, float]]:
        with ThreadPoolExecutor(_AT_ONCE) as workers:
            return list(workers.map(one, names))

    return lab.desk.call(all_of_them)
