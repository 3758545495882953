"""Hatchling's build hook: compiles the message catalogues, so that every wheel carries them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).parent))  # a hook is loaded by path, so its neighbours are not importable

from catalogues import compile_all


class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg]
    """Compiles before the files of the wheel are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Called by hatchling at the start of a build."""
        compile_all()
