"""What the benchmarks share: every measured number is shown, whether its test passes or not."""

from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Shows a line of measurements in pytest's output."""

    def tell(line: str) -> None:
        with capsys.disabled():
            print(f"\n{line}")  # noqa: T201 - the number is the point of a benchmark

    return tell
