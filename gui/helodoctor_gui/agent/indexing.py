"""Reading many files beside the window's own work: the cases among them in small lines, brought in handfuls."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event

from helodoctor.bounce.mailboxes import files, is_case
from helodoctor.casefile.summary import Summary, summarise

_HANDFUL = 100
_BREATH_SECONDS, _BREATH_EVERY = 0.001, 5  # so often the window's thread is let in


def index(paths: list[str], stop: Event, tell: Callable[[list[Summary]], object]) -> int:
    """Bring the lines of all cases below ``paths`` until ``stop`` is set; how many other files lay among them."""
    others, handful = 0, list[Summary]()
    for path in files(paths):
        if stop.is_set():
            break
        if not is_case(str(path)):
            others += 1
            continue
        handful.append(summarise(path))
        if len(handful) % _BREATH_EVERY == 0:
            time.sleep(_BREATH_SECONDS)
        if len(handful) == _HANDFUL:
            tell(handful)
            handful = []
    if handful:
        tell(handful)
    return others
