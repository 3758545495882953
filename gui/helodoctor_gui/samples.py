"""The samples of the first page, and the quiet line about what was read so far."""

from __future__ import annotations

from helodoctor.model import BounceKind, Case
from helodoctor_gui.language import tr, words

ORDER = ("infomaniak-www", "postfix-short-name", "localhost-log", "mailbox-full")


def title(sample: str) -> str:
    """What the sample shows, in the language in force."""
    return words().sentence("samples", sample, "title")


def text(sample: str) -> str:
    """The sample itself."""
    from helodoctor.bounce.samples import samples  # the first page shows without it

    return next(known.text for known in samples() if known.id == sample)


def read_so_far(case: Case, *, cut: bool) -> str:
    """One quiet line about what was recognised; ``cut``: the text was longer than the box takes."""
    diagnosis = case.diagnosis
    if cut:
        return tr("Read so far: the beginning. The text is very long; what was refused is usually said near its start.")
    if diagnosis is None or case.bounce is None or not _says_anything(case):
        return tr("Read so far: nothing that looks like a refused mail.")
    what, host = _kind(diagnosis.report.kind), diagnosis.report.receiver.host
    if diagnosis.report.refused and host:
        return tr("Read so far: {what}, refused by {host}.", what=what, host=host)
    if diagnosis.report.refused:
        return tr("Read so far: {what} about a refused mail.", what=what)
    return tr("Read so far: {what}, without a refusal.", what=what)


def _says_anything(case: Case) -> bool:
    report = case.diagnoses[0].report
    return report.refused or report.accepted or report.kind is not BounceKind.UNKNOWN


def _kind(kind: BounceKind) -> str:
    return {
        BounceKind.DSN: tr("a delivery report"),
        BounceKind.NDR: tr("a bounce"),
        BounceKind.TRANSCRIPT: tr("a conversation of two mail servers"),
        BounceKind.LOG: tr("a line from a mail log"),
        BounceKind.EXCEPTION: tr("an error text of a program"),
        BounceKind.HEADERS: tr("the header lines of a mail"),
        BounceKind.REFLECTOR: tr("the answer of a test mailbox"),
        BounceKind.UNKNOWN: tr("a text"),
    }[kind]
