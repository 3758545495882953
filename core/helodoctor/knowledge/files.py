"""Reading the data files of ``helodoctor_resources``: TOML in, typed frozen values out."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import helodoctor_resources

_ROOT = Path(helodoctor_resources.__path__[0])  # importlib.resources would cost every start 10 ms

T = TypeVar("T")


class DataFileError(Exception):
    """A data file does not fit its schema: a fault of this program's data, caught by the tests, not by users."""


def resource(relative: str) -> Path:
    """The path of a data file or folder, given with forward slashes (``icons/app.svg``)."""
    return _ROOT / relative


def locale_folder() -> Path:
    """The folder of the gettext catalogues (``de/LC_MESSAGES/helodoctor.mo`` below it)."""
    return _ROOT / "locale"


def names(folder: str) -> list[str]:
    """The stems of the TOML files of ``folder``, sorted."""
    return sorted(path.stem for path in resource(folder).glob("*.toml"))


def load(relative: str, schema: type[T]) -> T:
    """Read one TOML file (``replies/postfix.toml``) as ``schema``.

    Raises:
        DataFileError: the file does not fit the schema; the message names the file and the place.
    """
    import msgspec  # neither is loaded before a file is read: the window's first page needs none
    import tomli

    try:
        return msgspec.convert(tomli.loads(resource(relative).read_text(encoding="utf-8")), schema)
    except (msgspec.ValidationError, tomli.TOMLDecodeError) as fault:
        raise DataFileError(f"{relative}: {fault}") from fault


def load_all(folder: str, schema: type[T]) -> dict[str, T]:
    """Read every TOML file of ``folder`` as ``schema``, keyed by file stem, in sorted order."""
    return {name: load(f"{folder}/{name}.toml", schema) for name in names(folder)}
