"""What every test gets: a home of its own, English, no network but this machine's, and Qt without a screen."""

from __future__ import annotations

import ipaddress
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# Before Qt starts: it draws in memory, and fontconfig keeps its cache out of the user's home.
_SESSION_HOME = Path(tempfile.mkdtemp(prefix="helodoctor-tests-"))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["HOME"] = os.environ["XDG_CACHE_HOME"] = str(_SESSION_HOME)

# The same examples at every run: a failure seen once is seen again.
settings.register_profile("repeatable", derandomize=True, database=None, deadline=None, print_blob=False)
settings.load_profile("repeatable")

_HOME_VARIABLES = {
    "HOME": "",
    "USERPROFILE": "",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
    "PROGRAMDATA": "ProgramData",
    "ALLUSERSPROFILE": "ProgramData",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_CACHE_HOME": ".cache",
    "XDG_DOCUMENTS_DIR": "Documents",
}
_LANGUAGE_VARIABLES = {"LANGUAGE": "en", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}


def pytest_sessionfinish() -> None:
    """Leave nothing behind."""
    shutil.rmtree(_SESSION_HOME, ignore_errors=True)


# --- a home and a language of its own --------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder for this test; settings, state and caches are looked for below it on every platform."""
    folder = tmp_path / "home"
    folder.mkdir()
    for variable, below in _HOME_VARIABLES.items():
        monkeypatch.setenv(variable, str(folder / below))
    for variable, value in _LANGUAGE_VARIABLES.items():
        monkeypatch.setenv(variable, value)
    if sys.platform == "win32":  # platformdirs asks the system there, and the system does not look at these variables
        from platformdirs import windows

        monkeypatch.setattr(windows, "get_win_folder", windows.get_win_folder_from_env_vars)
    _settings_below(folder)
    return folder


def _settings_below(folder: Path) -> None:
    """QSettings asks for its folder once per process, so it is told of every test's own."""
    if "PySide6.QtCore" not in sys.modules:
        return
    from PySide6.QtCore import QSettings

    for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(form, QSettings.Scope.UserScope, str(folder / ".config"))


# --- no network but this machine's -----------------------------------------------------------------------------------

_LOCAL_NAMES = {"", "localhost", "localhost.localdomain", "ip6-localhost", socket.gethostname().casefold()}
_reached_out: list[str] = []
_may_reach_out = False


def _is_local(host: object) -> bool:
    """Whether traffic to ``host`` stays on this machine: loopback, no address at all, or one of its own names."""
    if host is None:
        return True
    text = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return text.casefold().rstrip(".") in _LOCAL_NAMES or text.endswith(".localhost")
    return address.is_loopback or address.is_unspecified


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse what would leave the machine, and remember it for the case that the program hides the refusal."""
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        host = arguments[0]
    else:
        return
    if not _may_reach_out and not _is_local(host):
        _reached_out.append(f"{event}: {host}")
        raise ConnectionRefusedError(f"the tests may not leave this machine ({event}: {host})")


sys.addaudithook(_watch)


@pytest.fixture(autouse=True)
def stays_on_this_machine(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """Fails a test that tried to leave the machine; gives what it tried.

    ``@pytest.mark.own_network`` is for tests inside a network namespace of their own.
    """
    global _may_reach_out  # noqa: PLW0603 - an audit hook cannot be removed, only told
    _may_reach_out = request.node.get_closest_marker("own_network") is not None
    _reached_out.clear()
    yield _reached_out
    _may_reach_out = False
    assert not _reached_out, f"this test would have left the machine: {', '.join(_reached_out)}"


# --- how long ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def long_count() -> Callable[[int], int]:
    """How many rounds a stress test goes: its full count with ``dev.py test --long``, else 2 % of it, at least one."""
    return lambda full: max(1, round(full * float(os.environ.get("HELODOCTOR_LONG_SHARE", "0.02"))))


# --- a language that shows what is not translated ---------------------------------------------------------------------


@pytest.fixture
def pseudo_locale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The language ``qps``: every message accented, longer and in brackets; a text that is not so is not translated."""
    import pseudo
    from helodoctor.words import catalogue

    folder = tmp_path / "locale"
    shutil.copytree(catalogue.locale_folder(), folder)
    pseudo.write_catalogue(folder)
    monkeypatch.setattr(catalogue, "locale_folder", lambda: folder)
    return pseudo.LANGUAGE
