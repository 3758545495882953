"""Messages saved by Outlook (``.msg``, MS-OXMSG), read by python-oxmsg, which is loaded only when one comes."""

from __future__ import annotations

import io

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # MS-CFB 2.2


def is_msg(data: bytes) -> bool:
    """Whether ``data`` is an OLE compound file, which is what Outlook saves."""
    return data.startswith(MAGIC)


def text_of(data: bytes) -> str | None:
    """The words of the message: transport headers, subject, body; ``None`` where the file cannot be read."""
    from oxmsg import Message

    try:
        message = Message.load(io.BytesIO(data))
        body = message.body or message.html_body or ""
        headers = "".join(f"{name}: {value}\n" for name, value in message.message_headers.items())
        subject = "" if "Subject" in message.message_headers else f"Subject: {message.subject or ''}\n"
    except Exception:
        return None
    return f"{headers}{subject}\n{body}"
