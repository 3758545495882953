"""A support code read over the phone: the page and the verdict its user has, in the helpdesk's language."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from helodoctor.casefile.code import NEWER, Screen
from helodoctor.model import Cause, Verdict
from helodoctor.report import screen as report
from helodoctor.words.changes import page as page_title
from helodoctor_gui.language import tr, words
from helodoctor_gui.widgets.card import Tile
from helodoctor_gui.widgets.card import Verdict as Card
from helodoctor_gui.widgets.dialog import SideDialog
from helodoctor_gui.widgets.layouts import Flow, column
from helodoctor_gui.widgets.text import Text

_TONES = {Verdict.HELO: "refusal", Verdict.NOT_HELO: "info", Verdict.ACCEPTED: "good", Verdict.UNKNOWN: "plain"}


class ScreenDialog(SideDialog):
    """What the other side sees, as far as the code says it."""

    def __init__(self, screen: Screen, parent: QWidget) -> None:
        super().__init__(tr("What the other side sees"), parent, 520)
        page = page_title(words(), screen.page) if screen.page not in (None, NEWER) else tr("The page is not known")
        self.card = Card()
        self._say(screen)
        tiles = []
        above = {words().sentence("casefile", "code", key) for key in ("page", "cause")}
        for label, value in report.rows(screen, words()):
            if label in above:
                continue
            tile = Tile()
            tile.say(label, value)
            tiles.append(tile)
        shown = (Text(page, "heading"), self.card, Flow(*tiles, fill=True))
        inside = column(*shown, spacing=10, margins=(24, 20, 24, 8))
        inside.addStretch(1)
        self.fill(inside)

    def _say(self, screen: Screen) -> None:
        if screen.cause in (None, NEWER):
            self.card.say("plain", tr("Nothing was read yet, or nothing this version knows."))
            return
        cause = Cause(screen.cause)
        told = dict(report.rows(screen, words()))
        sentence = told[words().sentence("casefile", "code", "cause")]
        self.card.say(_TONES[cause.verdict], sentence, words().sentence("causes", cause, "next"))
