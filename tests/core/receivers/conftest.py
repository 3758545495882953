"""The lab's own description of its receivers is judged here too, without the lab."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2] / "lab")]
