"""Where the shared corpora and tables lie: beside the clone; tests that read them skip where they do not."""

from __future__ import annotations

from pathlib import Path

SHARED = Path(__file__).parents[2] / "shared"
CORPUS = SHARED / "corpus"
KNOWLEDGE = SHARED / "knowledge"
