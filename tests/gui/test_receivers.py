"""The list of receivers: a row is as high as the text painted in it."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextLayout, QTextOption
from pytestqt.qtbot import QtBot

from helodoctor import receivers
from helodoctor_gui import language
from helodoctor_gui.theme import theme
from helodoctor_gui.widgets.receivers import Receivers


def lines(text: str, shown: Receivers, width: int) -> int:
    """How many lines ``text`` takes when Qt breaks it between words, as it does in a list."""
    laid = QTextLayout(text.replace("\n", "\u2028"), shown.table.font())
    laid.setTextOption(QTextOption())
    laid.beginLayout()
    count = 0
    while (line := laid.createLine()).isValid():
        line.setLineWidth(width)
        count += 1
    laid.endLayout()
    return count


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("width", [480, 640, 900])
def test_no_row_cuts_its_last_line_off(qtbot: QtBot, scale: float, width: int) -> None:
    language.use("de")
    theme().choose("light", scale)
    shown = Receivers()
    qtbot.addWidget(shown)
    shown.show_predictions(receivers.predict("www", receivers.Facts()))
    shown.resize(width, 500)
    shown.show()
    qtbot.wait(30)
    table = shown.table
    group = table.topLevelItem(0)
    assert group is not None
    assert group.childCount() > 3
    for row in range(group.childCount()):
        item = group.child(row)
        assert item is not None
        said, room = item.text(1), table.visualItemRect(item).height()
        needed = lines(said, shown, table.columnWidth(1) - 6) * table.fontMetrics().height()
        assert room >= needed, said
