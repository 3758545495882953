"""Types a short bounce into the window of ``DISPLAY``, goes on to the answer, waits until a log holds given words."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from hands import Hands

BOUNCE = "550 5.7.1 <www>: Helo command rejected: need fully-qualified hostname"

if __name__ == "__main__":
    hands = Hands(os.environ["DISPLAY"])
    hands.find()
    hands.sees("What came back?")
    hands.type(BOUNCE)
    hands.press("ctrl+Return")
    hands.sees("Your server’s name was refused")
    log, awaited = Path(sys.argv[1]), sys.argv[2:]
    patience = time.monotonic() + 90  # a screen reader says each key that was typed before it comes to the answer
    while not all(words in log.read_text("utf-8") for words in awaited) and time.monotonic() < patience:
        time.sleep(0.2)
