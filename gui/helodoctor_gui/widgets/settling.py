"""QWizard's own layout, which it offers no way to set: margins and the place of the rail (its ruler: style.qss)."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget, QWizard

_MENU_PADDING = 14  # above and below the words of QMenuBar, as style.qss has it


def settle(wizard: QWizard, rail: QWidget, margin: int) -> None:
    """Take the margins away that QWizard gets from the style; ``margin`` is left beside the buttons."""
    grid, ground = wizard.findChild(QGridLayout), rail.parentWidget()
    if grid is None or ground is None or ground.layout() is None:
        return
    grid.setContentsMargins(0, _room_for_menus(wizard, grid), 0, 0)
    grid.setSpacing(0)
    ground.layout().setContentsMargins(0, 0, 0, 0)
    bar = grid.findChild(QHBoxLayout)
    if bar is not None:
        bar.setContentsMargins(margin, 16, margin, 16)
        bar.setSpacing(10)


def _room_for_menus(wizard: QWizard, grid: QGridLayout) -> int:
    """The height of the menus that come after the first picture, so that nothing moves when they do."""
    if grid.menuBar() is not None or sys.platform == "darwin":
        return 0
    return wizard.fontMetrics().height() + _MENU_PADDING
