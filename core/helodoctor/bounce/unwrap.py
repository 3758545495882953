"""Joining lines that a mail program, a terminal or a paste has wrapped; true line ends stay."""

from __future__ import annotations

import re

from helodoctor.bounce.text import Edit, Text

_BREAK = re.compile(r"\n[ \t]*")  # begun with the blanks before it, the search would stop at every blank

# What a line must begin with to be a line of its own and not the rest of the one before.
_NEW = re.compile(
    r"""(?:
      [2-5][0-7]\d(?:[ \-]|$)                                            # an SMTP reply
    | (?:EHLO|HELO|LHLO|ehlo|helo|lhlo)(?:[ ]+\S{1,300})?[ ]*$
    | (?i:MAIL[ ]FROM:|RCPT[ ]TO:|(?:DATA|QUIT|RSET|STARTTLS|NOOP)[ ]*$)
    | BDAT[ ]\d | XFORWARD[ ]
    | AUTH[ ][A-Z]
    | (?:<<|>>|<-|->|=>|<~|~>|<\*|\*\*|==|--|S:|C:|[SC]>|DEBUG\b|\.\.\.[ ]while|SMTP[<>]{2}|\||\#<|<[ ]|>[ ])
    | \[?\d{4}-\d\d-\d\d | \[?\d{1,2}[/:.-]\w{2,3}[/:.-]\d
    | (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b[ ,]
    | \d{1,6}[ ](?:SMTP[<>]{2}|LOG:|[<>]) | @[0-9a-f]{24}
    | [A-Z][A-Za-z0-9]{0,24}(?:-[A-Za-z0-9]{1,24}){0,4}:(?:[ \t]|$)       # a header field or a label
    | (?:SERVER|CLIENT)[ ]-> | "SMTP[CD]" | \#[A-Z]
    | (?:In|Out|Send|Recv|send|reply|SMTP)\b[ ]?[:>-]
    | <[^<>@\s]{1,64}@[^<>@\s]{1,255}>:
    | SMTP[ ]error[ ]from | Remote[ ]host[ ]said | host[ ]\S+[ ]\[ | \S+@\S+\s*$ | at[ ]\S+[.(] | File[ ]"
    | Connected[ ]to[ ] | Net::SMTP
    | (?:postfix|exim|sendmail|smtpd|qmail|sm-mta|dovecot)[/\[:]
    )""",
    re.VERBOSE | re.MULTILINE,
)


def unwrap(text: Text) -> Text:
    """``text`` with the lines joined that belong together, by one blank; empty lines part paragraphs."""
    return text.edit(_joins(text.string)) if "\n" in text.string else text


def _joins(string: str) -> list[Edit]:
    edits: list[Edit] = []
    free = 0
    for found in _BREAK.finditer(string):
        start, end = found.span()
        while start > free and string[start - 1] in " \t":
            start -= 1
        free = end
        after = string[end : end + 1]
        before = string[start - 1 : start]
        if before in ("", "\n") or after in ("", "\n") or _NEW.match(string, end):
            if end - start > 1:
                edits.append((start, end, "\n"))
        else:
            edits.append((start, end, " "))
    return edits
