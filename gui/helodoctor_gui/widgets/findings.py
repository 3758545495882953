"""Rows of findings: icon and word, what is true, why it matters, which rule."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy

from helodoctor.model import Finding, Status
from helodoctor.words import findings, handbook, judgement
from helodoctor_gui.icons import Icon
from helodoctor_gui.language import tr, words
from helodoctor_gui.widgets.layouts import Card, column, row
from helodoctor_gui.widgets.text import Text

_LOOKS = {
    Status.FAIL: ("refused", "refusal"),
    Status.WARN: ("caution", "caution"),
    Status.PASS: ("good", "good"),
    Status.SKIPPED: ("skipped", "secondary"),
}


class FindingRow(Card):
    """One finding about ``name``; ``more`` leads to its place in the handbook."""

    def __init__(self, finding: Finding, name: str) -> None:
        icon, tone = _LOOKS[finding.status]
        status = judgement.status(words(), finding.status)
        message = findings.message(words(), finding, name)
        word = Text(status, "small")
        word.setWordWrap(False)
        word.set_tone(tone)
        rule = Text(finding.source, "small")
        lines = column(Text(message, "strong", selectable=True), spacing=4)
        if finding.status in (Status.FAIL, Status.WARN):
            lines.addWidget(Text(findings.why(words(), finding), "secondary"))
            if (fix := findings.fix(words(), finding)) is not None:
                lines.addWidget(Text(fix, "secondary"))
        word.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.more = _link(message)
        if not handbook.explains(finding.id):
            self.more.hide()
        last = row(word, rule, spacing=12)
        last.setStretchFactor(rule, 1)
        last.addWidget(self.more)
        lines.addLayout(last)
        inside = row(spacing=12, margins=(14, 12, 14, 12))
        inside.addWidget(Icon(icon, tone, 1.3), 0, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(lines, 1)
        super().__init__("open", inside)
        self.setAccessibleName(tr("{status}: {message}", status=status, message=message))


def _link(about: str) -> QPushButton:
    """The way to the place in the handbook."""
    button = QPushButton(tr("Open the handbook"))
    button.setProperty("link", True)
    button.setAccessibleDescription(about)
    return button


class FindingLine(Card):
    """A finding that needs no attention: one quiet line."""

    def __init__(self, finding: Finding, name: str) -> None:
        icon, tone = _LOOKS[finding.status]
        status = judgement.status(words(), finding.status)
        message = findings.message(words(), finding, name)
        inside = row(spacing=12, margins=(14, 2, 14, 2))
        inside.addWidget(Icon(icon, tone, 1.1), 0, Qt.AlignmentFlag.AlignTop)
        inside.addWidget(Text(message, "secondary"), 1)
        super().__init__("none", inside)
        self.setAccessibleName(tr("{status}: {message}", status=status, message=message))
