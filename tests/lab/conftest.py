"""What the lab's tests share. Run as root: ``pytest tests/lab --lab=postfix,exim`` (or ``all``, or ``usual``, the default)."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from labkit import roots, servers
from labkit.box import obstacle
from labkit.lab import Lab


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--lab",
        default=os.environ.get("HELODOCTOR_LAB", "usual"),
        metavar="NAMES",
        help="real servers to compare with: names with commas, 'usual' (postfix, exim, opensmtpd, haraka) or 'all'",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "server(name): needs this server of the lab to be chosen with --lab")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    own = [item for item in items if here in item.path.parents]
    if not own:
        return
    if reason := obstacle():
        for item in own:
            item.add_marker(pytest.mark.skip(reason=reason))
        return
    try:
        names = servers.chosen(config.getoption("--lab"))
    except ValueError as fault:
        raise pytest.UsageError(str(fault)) from fault
    for item in own:
        for mark in item.iter_markers("server"):
            if mark.args[0] not in names:
                item.add_marker(pytest.mark.skip(reason=f"{mark.args[0]} was not chosen (--lab={','.join(names)})"))
    # Built together before the first test, since several at once take little longer than one.
    config.stash[_CHOSEN] = names


_CHOSEN = pytest.StashKey[tuple[str, ...]]()


@pytest.fixture(scope="session")
def lab(request: pytest.FixtureRequest) -> Iterator[Lab]:
    """The running lab with its name server and client; mail servers start when first asked for."""
    roots.ensure(["dns", *request.config.stash[_CHOSEN]])
    running = Lab()
    yield running
    running.close()
