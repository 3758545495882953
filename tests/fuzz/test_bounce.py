"""Any bytes give an answer, soon: random and mutated inputs, and long hostile ones made against regular expressions."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import chain

import pytest

import shared
from fuzz.mutations import mutated
from helodoctor import bounce
from helodoctor.bounce import rows
from helodoctor.bounce.samples import samples
from helodoctor.knowledge import load_all
from helodoctor.model import Diagnosis, InputProblem

FULL_COUNT = 1_000_000
SECONDS_PER_100_KB = 0.2


def seeds() -> list[bytes]:
    """Our own samples, and the corpora where they are at hand."""
    own = [row.sample for family in load_all("replies", rows.Family).values() for row in family.row]
    texts = [text.encode() for text in chain(own, (sample.text for sample in samples()))]
    if shared.CORPUS.exists():
        mails = chain(*(sorted((shared.CORPUS / folder).glob("*.eml")) for folder in ("bounces", "public-dsn")))
        texts += [path.read_bytes() for path in mails]
        texts += [line.encode() for line in (shared.CORPUS / "rejections.tsv").read_text("utf-8").splitlines()]
        texts += [path.read_bytes()[:20_000] for path in sorted((shared.CORPUS / "logs").glob("*.log"))]
    return texts


def read(data: bytes) -> tuple[Diagnosis, ...]:
    """An answer to any bytes; nothing at all is the one thing that is refused."""
    try:
        return bounce.diagnose(bounce.read(data))
    except InputProblem as problem:
        assert problem.id in ("nothing-pasted", "msg-unreadable")
        return ()


def seconds(data: bytes) -> float:
    """CPU time of this thread for one reading, the best of three: what the reading needs, not what disturbs it."""
    times = []
    for _ in range(3):
        begun = time.thread_time()
        read(data)
        times.append(time.thread_time() - begun)
        if times[-1] < allowed(data) / 4:
            break
    return min(times)


def allowed(data: bytes) -> float:
    return SECONDS_PER_100_KB * max(len(data), 100_000) / 100_000


@pytest.mark.timeout(0)
def test_any_bytes_give_an_answer_soon(long_count: Callable[[int], int]) -> None:
    read(b"warm up: rows are compiled on first use, 550 5.7.1 bogus HELO")
    slow = [data for data in mutated(seeds(), long_count(FULL_COUNT), seed=5321) if seconds(data) > allowed(data)]
    assert slow == []


def test_every_evidence_lies_inside_its_text_whatever_happened_to_it(long_count: Callable[[int], int]) -> None:
    for data in mutated(seeds(), long_count(100_000), seed=3464):
        for diagnosis in read(data):
            text = diagnosis.report.text
            assert all(0 <= span.start < span.end <= len(text) for span in diagnosis.evidence)


HOSTILE = {
    "blanks": b" " * 100_000,
    "open brackets": b"<" * 100_000,
    "nested brackets": b"(" * 50_000 + b")" * 50_000,
    "digits": b"5" * 100_000,
    "codes": b"550 " * 25_000,
    "continuations": b"550-\n" * 20_000,
    "empty lines": b"\n" * 100_000,
    "carriage returns": b"\r" * 100_000,
    "quotes": b"> " * 50_000 + b"550 x",
    "helo": b"HELO " * 20_000,
    "helo=": b"helo=<" * 16_000,
    "rejected": b"Helo command rejected: " * 4_000,
    "dots": b"550 5.7.1 <" + b"a." * 50_000 + b">: Helo command rejected",
    "one word": b"a" * 100_000,
    "at signs": b"a@" * 50_000,
    "colons": b"a: " * 33_000,
    "headers": b"Received: from a (b [192.0.2.1])\n" * 3_000,
    "folded": b"Received: from a\n" + b" b\n" * 30_000,
    "blanks that fold": b"X-A: b\n" + (b" " * 40 + b"\n") * 2_000,
    "boundaries": b'Content-Type: multipart/report; boundary="x"\n\n' + b"--x\n\n" * 15_000,
    "nested mail": b"Content-Type: message/rfc822\n\n" * 3_000,
    "base64": b"Content-Transfer-Encoding: base64\n\n" + b"QUJD" * 25_000,
    "entities": b"&lt;" * 25_000,
    "escapes": b"\\r\\n" * 25_000,
    "zero width": "\u200b".encode() * 33_000,
    "log lines": b"Nov 23 17:00:00 mx postfix/smtpd[1]: NOQUEUE: reject: RCPT from a[1.2.3.4]: 5\n" * 1_200,
    "encoded words": b"Subject: " + b"=?utf-8?q?a?= " * 7_000,
    "auth": b"AUTH PLAIN " * 9_000,
    "url": b"https://" + b"a:b@" * 25_000,
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_hostile_text_takes_more_than_its_length_allows(data: bytes) -> None:
    assert seconds(data) <= allowed(data)


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_ten_times_the_text_takes_no_more_than_its_length_allows(piece: bytes) -> None:
    data = (piece * 10)[:1_000_000]
    assert seconds(data) <= allowed(data)


def test_a_long_log_of_different_refusals_takes_no_more_than_its_length_allows() -> None:
    line = "Nov 23 17:00:00 mx postfix/smtpd[1]: NOQUEUE: reject: RCPT from a[192.0.2.1]: 504 5.5.2 <srv{0}>: "
    line += "Helo command rejected: need fully-qualified hostname; from=<a@b.example> to=<c{0}@d.example>\n"
    assert seconds(data := "".join(map(line.format, range(5_000))).encode()) <= allowed(data)
