"""``helodoctor triage`` over 314 public bounces, beside Sisimai and beside Python's own mail parser, in one run."""

from __future__ import annotations

import email
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import shared
from bench.processes import cpu_seconds, minima, python
from helodoctor import bounce

MAILS = shared.CORPUS / "public-dsn"
ROUNDS = 5
needs_mails = pytest.mark.skipif(not MAILS.exists(), reason="the public bounces are not beside this clone")

SISIMAI = """
use Sisimai;
for my $path (glob "$ARGV[0]/*.eml") { print Sisimai->dump($path) || '[]', "\\n"; }
"""


def has_sisimai() -> bool:
    perl = shutil.which("perl")
    return bool(perl) and subprocess.run([perl, "-MSisimai", "-e1"], capture_output=True, check=False).returncode == 0


@needs_mails
@pytest.mark.skipif(not has_sisimai(), reason="Sisimai is not installed (Debian: libsisimai-perl)")
def test_triage_takes_no_more_cpu_than_sisimai(tmp_path: Path, told: Callable[[str], None]) -> None:
    for path in MAILS.glob("*.eml"):
        (tmp_path / path.name).symlink_to(path)
    program = "import sys; from helodoctor.cli import main; sys.exit(main())"
    ours = python("-c", program, "triage", "--json", str(tmp_path))
    theirs = ["perl", "-e", SISIMAI, str(tmp_path)]
    mine, other = minima(lambda: cpu_seconds(ours), lambda: cpu_seconds(theirs))
    told(f"triage of the public bounces: {mine:.3f} s CPU, Sisimai {other:.3f} s")
    assert mine <= other


def only_parsed(mails: list[bytes]) -> float:
    begun = time.thread_time()
    for mail in mails:
        for part in email.message_from_bytes(mail).walk():
            if not part.is_multipart():
                (part.get_payload(decode=True) or b"").decode(part.get_content_charset("latin-1"), "replace")
    return time.thread_time() - begun


def read(mails: list[bytes]) -> float:
    begun = time.thread_time()
    for mail in mails:
        bounce.diagnose(bounce.read(mail))
    return time.thread_time() - begun


@needs_mails
def test_reading_takes_at_most_four_times_what_parsing_takes(told: Callable[[str], None]) -> None:
    mails = [path.read_bytes() for path in sorted(MAILS.glob("*.eml"))]
    pairs = [(read(mails), only_parsed(mails)) for _ in range(ROUNDS)]
    ours, parsing = (min(column) for column in zip(*pairs, strict=True))
    told(f"reading the public bounces: {ours:.3f} s, parsing alone {parsing:.3f} s, ratio {ours / parsing:.2f}")
    assert ours <= 4 * parsing
