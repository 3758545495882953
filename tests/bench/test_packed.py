"""What packing costs at the start: process start to first page, packed against installed, in the same run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from processes import medians, python, seconds_until
from test_startup import FIRST_PAINT, LINE, WINDOW

PACKED = Path(__file__).parents[2] / "build" / "freeze-linux" / "dist" / "helodoctor" / "helodoctor-gui"


@pytest.mark.skipif(not PACKED.exists(), reason="nothing is packed here; python3 installer/build.py check linux")
def test_the_packed_program_is_there_nearly_as_soon_as_the_installed_one(told: Callable[[str], None]) -> None:
    packed, installed = medians(
        lambda: seconds_until(LINE, [str(PACKED)], FIRST_PAINT),
        lambda: seconds_until(LINE, python("-c", WINDOW), FIRST_PAINT),
    )
    told(
        f"first page packed {packed * 1000:.0f} ms, installed {installed * 1000:.0f} ms: "
        f"{packed / installed:.2f} times (at most 1.1)"
    )
    assert packed <= 1.1 * installed
