"""From whatever was pasted to a :class:`Bounce`: bounds, decoding, masking, then the readers in order."""

from __future__ import annotations

from helodoctor.bounce import decode, message, secrets
from helodoctor.bounce.readers import outlook
from helodoctor.bounce.text import Text
from helodoctor.model import Bounce, InputProblem

PASTE_BOUND = 1_000_000
FILE_BOUND = 5 * 1024 * 1024


def read(data: str | bytes) -> Bounce:
    """What ``data`` says: a paste (``str``, read up to 1,000,000 characters) or one message (``bytes``, up to 5 MB).

    Raises:
        InputProblem: there is nothing but white space in it.
    """
    bound = PASTE_BOUND if isinstance(data, str) else FILE_BOUND
    left_out = max(0, len(data) - bound)
    if isinstance(data, bytes) and outlook.is_msg(data):
        return _outlook(data[:bound], left_out)
    text = data[:bound] if isinstance(data, str) else decode.decode(data[:bound])
    if not text.strip("\x00 \t\r\n\f\v\ufeff"):
        raise InputProblem("nothing-pasted")
    text = secrets.mask(text)
    return _bounce(text, Text(text), left_out)


def _outlook(data: bytes, left_out: int) -> Bounce:
    text = outlook.text_of(data)
    if text is None or not text.strip():
        raise InputProblem("msg-unreadable")
    text = secrets.mask(text.replace("\r\n", "\n"))
    return _bounce(text, Text(text, of="part 1"), left_out)


def _bounce(text: str, source: Text, left_out: int) -> Bounce:
    found = message.read(source)
    return Bounce(text=text, kind=found[0].kind, reports=tuple(facts.report() for facts in found), left_out=left_out)
