"""A connection that cannot be opened is told the same on Windows, whose event loop gives other numbers (winerror.h)."""

from __future__ import annotations

import errno

import pytest

from helodoctor.network.connecting import _obstacle


def fault(number: int, winerror: int | None = None) -> OSError:
    """What the event loop raises; on Windows with a ``winerror`` beside an errno that says nothing."""
    raised = OSError(number, "told by the system")
    if winerror is not None:
        raised.winerror = winerror  # type: ignore[attr-defined]
    return raised


@pytest.mark.parametrize(
    ("winerror", "obstacle"),
    [(1225, "connection-refused"), (1231, "no-route"), (1232, "no-route"), (121, "connect-timeout"), (64, "reset")],
)
def test_windows_system_errors_have_the_meaning_of_the_sockets_errors(winerror: int, obstacle: str) -> None:
    assert _obstacle(fault(errno.EINVAL, winerror)) == obstacle


def test_elsewhere_the_errno_says_it() -> None:
    assert _obstacle(fault(errno.ECONNREFUSED)) == "connection-refused"
    assert _obstacle(fault(errno.EHOSTUNREACH)) == "no-route"
    assert _obstacle(fault(0)) == "reset"
