"""Mail folders in one file (mbox, RFC 4155): the messages in it, one after the other."""

from __future__ import annotations

import re

from helodoctor.bounce.text import Text

_FROM = re.compile(r"(?m)^From [^\n]{1,300}\d\d:\d\d[^\n]{0,100}\n(?=[!-9;-~]{1,76}:)")
_MOST = 50


def messages(text: Text) -> list[Text]:
    """The single messages of ``text``; just ``text`` where it is no mbox of several."""
    if not text.string.lstrip().startswith("From "):
        return [text]
    starts = [found.start() for found in _FROM.finditer(text.string)][:_MOST]
    if len(starts) < 2:
        return [text]
    return [text.cut(start, end) for start, end in zip(starts, [*starts[1:], len(text.string)], strict=True)]
