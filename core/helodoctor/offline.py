"""The user's own "never use the network", kept as a mark in the data folder: window and command line both obey it."""

from __future__ import annotations

from pathlib import Path

from helodoctor.folders import data_folder
from helodoctor.model.errors import InputProblem, NetworkProblem


def _mark() -> Path:
    return data_folder() / "never-use-the-network"


def wished() -> bool:
    """Whether the user wants nothing to be asked over the network."""
    return _mark().exists()


def wish(on: bool) -> None:
    """Remember it, or take it back.

    Raises:
        InputProblem: nothing can be written in the data folder.
    """
    mark = _mark()
    try:
        if on:
            mark.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            mark.touch()
        else:
            mark.unlink(missing_ok=True)
    except OSError as fault:
        raise InputProblem("file-unwritable", path=str(mark), reason=fault.strerror or str(fault)) from fault


def check() -> None:
    """Called before anything goes to the network.

    Raises:
        NetworkProblem: the user wants nothing to.
    """
    if wished():
        raise NetworkProblem("network-off")
