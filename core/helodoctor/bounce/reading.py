"""From whatever was pasted to a :class:`Bounce`: bounds, decoding, masking, then the reader that fits."""

from __future__ import annotations

from helodoctor.bounce import decode, secrets
from helodoctor.bounce.cleaning import clean
from helodoctor.bounce.facts import Facts
from helodoctor.bounce.readers import generic, transcript
from helodoctor.bounce.text import Text
from helodoctor.bounce.unwrap import unwrap
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
    text = data[:bound] if isinstance(data, str) else decode.decode(data[:bound])
    if not text.strip("\x00 \t\r\n\f\v"):
        raise InputProblem("nothing-pasted")
    text = secrets.mask(text)
    found = _facts(text)
    return Bounce(text=text, kind=found[0].kind, reports=tuple(facts.report() for facts in found), left_out=left_out)


def _facts(text: str) -> list[Facts]:
    lines = unwrap(clean(Text(text)))
    return transcript.read(lines) or generic.read(lines)
