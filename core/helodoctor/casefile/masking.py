"""A case made fit to leave the house: by allow-list, what is not known to be harmless is masked."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from helodoctor.casefile.private import MASK, Hit, Kind, Masked, Masks
from helodoctor.casefile.strings import Place, change_strings, parts
from helodoctor.knowledge.senders import all_systems
from helodoctor.model import (
    Announcement,
    Bounce,
    Call,
    Candidate,
    Case,
    Diagnosis,
    Finding,
    Guide,
    Letter,
    Line,
    NameReport,
    OwnLetter,
    PageNote,
    Party,
    Phrase,
    Prediction,
    Reply,
    Report,
    Session,
    Span,
    Step,
    StepNumber,
    Target,
    Tls,
    Trial,
    TrialPlan,
    Value,
    Wait,
)

ALL_KINDS = frozenset(Kind)

# Fields that hold words of this program (ids, closed lists, times), never words of the user. Everything else is masked.
_OURS: dict[type[Struct], tuple[str, ...]] = {
    Announcement: ("source", "time"),
    Call: ("title", "host", "outcome"),
    Candidate: ("source", "default", "system", "confidence"),
    Case: ("sample", "name_source", "client_ip_source", "system", "ticks"),
    Diagnosis: ("rule",),
    Finding: ("id", "source", "fix", "reason"),
    Guide: ("system",),
    Letter: (),
    Line: ("speaker",),
    NameReport: ("suggestion_reason",),
    OwnLetter: (),
    PageNote: ("page",),
    Phrase: ("id",),
    Prediction: ("receiver", "title", "setting", "source", "symbols", "assumed"),
    Reply: ("page",),
    Session: ("system", "pages"),
    Report: ("text", "text_of"),  # the text itself is cut first, then masked
    Bounce: ("text",),
    Span: ("what",),
    Step: ("id", "number", "shell"),
    StepNumber: ("step", "number"),
    Target: ("policy",),
    Tls: ("version", "cipher", "problem"),
    Trial: ("started", "origin", "obstacle"),
    TrialPlan: ("stop_after", "tls"),
    Value: ("name",),
    Wait: ("step", "until"),
}
_HOSTS = {
    (Case, "name"), (Case, "new_name"), (Candidate, "name"), (Announcement, "name"), (TrialPlan, "name"),
    (Report, "helo_name"), (Diagnosis, "helo_name"), (NameReport, "name"), (NameReport, "normalized"),
    (Party, "host"), (Session, "name"), (Target, "host"),
}  # fmt: skip
_ID_VALUES = ("sort", "maker", "grade", "result", "system")  # evidence whose value is an id, worded by ``words``
_OUR_COMMANDS = re.compile(r"(?:EHLO|HELO|LHLO|MAIL|RCPT|DATA|RSET|QUIT|STARTTLS|AUTH|NOOP|VRFY)\b|\.$", re.IGNORECASE)
_LINE = re.compile(r"[^\r\n]*\S[^\r\n]*")


class Redacted(Struct, frozen=True, kw_only=True):
    """The case as it may go out; ``masked`` is the preview: each thing that was replaced, in order of first use."""

    case: Case
    masked: tuple[Masked, ...] = ()


def redact(case: Case, kinds: frozenset[Kind] = ALL_KINDS) -> Redacted:
    """``case`` without mailbox names, subjects, message text, internal names and addresses (those of ``kinds``).

    Of a pasted text only the words that prove the reading stay; spans point at the same words as before. Secrets are
    masked whatever is asked for.
    """
    masks = Masks(kinds, keep=(*all_systems(), *_ids(case)))
    for text, host in _strings(case):
        masks.learn(text, host=host)
    texts = _Texts(case, masks)
    case = _with_texts(case, texts)
    case = change_strings(case, lambda text, place: _string(text, place, masks))
    if Kind.TEXT in kinds:
        case = replace(case, trials=tuple(_without_content(trial) for trial in case.trials))
    left_out = tuple(Masked(Kind.TEXT, line, MASK) for line in texts.left_out)
    return Redacted(case=case, masked=(*masks.given.values(), *left_out))


def _ids(case: Case) -> Iterator[str]:
    return (part.value for part in parts(case) if isinstance(part, Value) and part.name in _ID_VALUES)


def _strings(case: Case) -> list[tuple[str, bool]]:
    """Every string of the user's, and whether it names a host; the pasted texts too."""
    found: dict[tuple[str, bool], None] = {}

    def collect(text: str, place: Place) -> str:
        if not _is_ours(place) or place[1] == "text":
            found[text, place in _HOSTS] = None
        return text

    change_strings(case, collect)
    return list(found)


def _is_ours(place: Place) -> bool:
    return place[1] in _OURS.get(place[0], ())


def _string(text: str, place: Place, masks: Masks) -> str:
    return text if _is_ours(place) else masks.masked(text)


def _without_content(trial: Trial) -> Trial:
    """A pasted conversation may hold the message: of what the client said only commands stay."""
    lines = (
        line if line.speaker == "server" or _OUR_COMMANDS.match(line.text) else replace(line, text=MASK)
        for line in trial.dialogue
    )
    return replace(trial, dialogue=tuple(lines))


# --- texts and the spans that point into them ---


class _Text:
    """One text after its edits, and the way from an old offset to the new one."""

    def __init__(self, text: str, edits: list[Hit]) -> None:
        self._edits = edits
        self._starts = [start for start, _, _ in edits]
        pieces, position, length = [], 0, 0
        self._new: list[tuple[int, int]] = []
        for start, end, mask in edits:
            pieces += [text[position:start], mask]
            length += start - position
            self._new.append((length, length + len(mask)))
            length += len(mask)
            position = end
        self.text = "".join(pieces) + text[position:]

    def span(self, span: Span) -> Span:
        """The same words in the new text; a span that cuts into a mask takes in the whole of it."""
        start = self._offset(span.start, 0)
        return Span(start, max(start, self._offset(span.end, 1)), span.what)

    def _offset(self, old: int, side: int) -> int:
        index = bisect_right(self._starts, old - side) - 1
        if index < 0:
            return old
        _, end, _ = self._edits[index]
        return self._new[index][side] if old < end + side else self._new[index][1] + old - end


class _Texts:
    """Every text of a case, edited once for all the reports that point into it."""

    def __init__(self, case: Case, masks: Masks) -> None:
        self.left_out: dict[str, None] = {}
        spans: dict[str, list[Span]] = {case.bounce.text: []} if case.bounce else {}
        for part in parts(case):
            if isinstance(part, Report):
                spans.setdefault(part.text, []).extend(part.evidence)
            elif isinstance(part, Diagnosis):
                spans.setdefault(part.report.text, []).extend(part.evidence)
        self._made = {text: self._edited(text, found, masks) for text, found in spans.items()}

    def __getitem__(self, text: str) -> _Text:
        return self._made[text]

    def _edited(self, text: str, spans: Iterable[Span], masks: Masks) -> _Text:
        hits = masks.hits(text)
        if Kind.TEXT not in masks.kinds:
            return _Text(text, hits)
        kept = _joined([(span.start, span.end) for span in spans if 0 <= span.start < span.end <= len(text)], hits)
        inside = [hit for hit in hits if any(start <= hit[0] and hit[1] <= end for start, end in kept)]
        outside = list(self._outside(text, kept))
        return _Text(text, sorted(inside + outside))

    def _outside(self, text: str, kept: list[tuple[int, int]]) -> Iterator[Hit]:
        """What stands between the kept ranges, line by line."""
        borders = [0, *(border for pair in kept for border in pair), len(text)]
        for start, end in zip(borders[::2], borders[1::2], strict=True):
            for line in _LINE.finditer(text, start, end):
                self.left_out[line[0].strip()] = None
                yield (*line.span(), MASK)


def _joined(ranges: list[tuple[int, int]], hits: list[Hit]) -> list[tuple[int, int]]:
    """The ranges, ascending and apart, each with the whole of every hit it touches."""
    starts = [hit[0] for hit in hits]
    joined: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        for index in (bisect_right(starts, start) - 1, bisect_right(starts, end - 1) - 1):
            if index >= 0 and hits[index][1] > start and hits[index][0] < end:
                start, end = min(start, hits[index][0]), max(end, hits[index][1])  # noqa: PLW2901
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _with_texts(case: Case, texts: _Texts) -> Case:
    def report(old: Report) -> Report:
        new = texts[old.text]
        return replace(old, text=new.text, evidence=tuple(map(new.span, old.evidence)))

    def diagnosis(old: Diagnosis) -> Diagnosis:
        spans = tuple(map(texts[old.report.text].span, old.evidence))
        return replace(old, report=report(old.report), evidence=spans)

    bounce = case.bounce and replace(
        case.bounce, text=texts[case.bounce.text].text, reports=tuple(map(report, case.bounce.reports))
    )
    trials = (replace(trial, diagnosis=trial.diagnosis and diagnosis(trial.diagnosis)) for trial in case.trials)
    return replace(case, bounce=bounce, diagnoses=tuple(map(diagnosis, case.diagnoses)), trials=tuple(trials))
