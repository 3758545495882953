"""What the lab's tests share. Run as root: ``pytest tests/lab --lab=postfix,exim`` (``all``; default ``usual``)."""

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
from labkit.observing import Observations, settings_of
from labkit.trials import Trials

_CHOSEN = pytest.StashKey[tuple[str, ...]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--lab",
        default=os.environ.get("HELODOCTOR_LAB", "usual"),
        metavar="NAMES",
        help="real servers to compare with: names with commas, 'usual' (postfix, exim, opensmtpd, haraka) or 'all'",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "server(name): needs this server of the lab to be chosen with --lab")
    try:
        config.stash[_CHOSEN] = servers.chosen(config.getoption("--lab"))
    except ValueError as fault:
        raise pytest.UsageError(str(fault)) from fault


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    here, chosen = Path(__file__).parent, config.stash[_CHOSEN]
    own = [item for item in items if here in item.path.parents]
    reason = obstacle() if own else None
    for item in own:
        if "lab" in getattr(item, "fixturenames", ()):
            item.add_marker("own_network")
        wanted = {mark.args[0] for mark in item.iter_markers("server")}
        if reason:
            item.add_marker(pytest.mark.skip(reason=reason))
        elif missing := wanted - set(chosen):
            names = ", ".join(sorted(missing))
            item.add_marker(pytest.mark.skip(reason=f"{names} was not chosen (--lab={','.join(chosen)})"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for a ``setting`` runs once for every setting of every server of the lab."""
    if "setting" in metafunc.fixturenames:
        rows = [(server, setting) for server in servers.SERVERS for setting in settings_of([server])]
        marked = [pytest.param(row, id=row.id, marks=pytest.mark.server(server)) for server, row in rows]
        metafunc.parametrize("setting", marked)


@pytest.fixture(scope="session")
def session_lab(request: pytest.FixtureRequest) -> Iterator[tuple[Lab, Observations, Trials]]:
    """The lab of the whole session; what is missing of the chosen servers is built together, which is fastest."""
    chosen = request.config.stash[_CHOSEN]
    roots.ensure(["dns", *(layer for name in chosen for layer in servers.SERVERS[name].layers)])
    lab = Lab()
    yield lab, Observations(lab, chosen), Trials(lab, chosen)
    lab.close()


@pytest.fixture
def lab(session_lab: tuple[Lab, Observations, Trials]) -> Lab:
    """The running lab with its name server and client; mail servers start when first asked for."""
    return session_lab[0]


@pytest.fixture
def observations(lab: Lab, session_lab: tuple[Lab, Observations, Trials]) -> Observations:
    """What the chosen servers really answer."""
    return session_lab[1]


@pytest.fixture
def trials(lab: Lab, session_lab: tuple[Lab, Observations, Trials]) -> Trials:
    """What our trials of the listed names tell about the chosen servers."""
    return session_lab[2]
