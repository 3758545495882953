"""Pastes nothing, clicks nothing: types a short bounce into the window of ``DISPLAY`` and goes on to the answer."""

from __future__ import annotations

import os
import time

from hands import Hands

BOUNCE = "550 5.7.1 <www>: Helo command rejected: need fully-qualified hostname"

if __name__ == "__main__":
    hands = Hands(os.environ["DISPLAY"])
    hands.find()
    hands.sees("What came back?")
    hands.type(BOUNCE)
    hands.press("ctrl+Return")
    hands.sees("Your server’s name was refused")
    time.sleep(2)  # so long may a screen reader take to begin speaking
