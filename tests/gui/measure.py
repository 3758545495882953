"""What can be measured on a shown window: clipped text, overlaps, names, the keyboard's way, targets, contrast."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QImage, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTextBrowser,
    QTreeWidget,
    QWidget,
)

from helodoctor_gui.icons import Icon
from helodoctor_gui.widgets.check import Check, Fold, Radio
from helodoctor_gui.widgets.command import CopyButton
from helodoctor_gui.widgets.rail import Rail
from helodoctor_gui.widgets.wire import Wire

CONTROLS = (QAbstractButton, QComboBox, QLineEdit, QListWidget, QPlainTextEdit, QTextBrowser, QTreeWidget)
SMALLEST_TARGET = 24
TEXT_CONTRAST, SIGN_CONTRAST = 4.5, 3.0
_ROUNDING = 2  # pixels
_MANY_STOPS = 200
_FACT = re.compile(r"^[\w-]+ [\d.]+: .*|\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}\b")  # a package, its licence; a code
_WORD = re.compile(r"[^\W\d_]{2,}")


def shown(window: QWidget, kind: type[QWidget] | tuple[type[QWidget], ...]) -> list[QWidget]:
    """The visible widgets of ``kind`` inside ``window``, in no order; parts of bigger targets are left out."""
    kinds = kind if isinstance(kind, tuple) else (kind,)
    found = {id(w): w for k in kinds for w in window.findChildren(k) if w.isVisible() and w.window() is window}
    inside = (QLineEdit, QComboBox)  # the clear button of a field, the field of a list
    return [
        w for w in found.values() if not w.objectName().startswith("qt_") and not isinstance(w.parent(), inside)
    ]


def name_of(widget: QWidget) -> str:
    """The name by which a report of these tests tells the widget."""
    said = widget.accessibleName() or getattr(widget, "text", str)()
    return f"{type(widget).__name__} {said[:60]!r}"


# Room for text


def clipped(window: QWidget) -> list[str]:
    """Every text that has less room than it needs."""
    return [
        *_clipped_labels(window),
        *_clipped_buttons(window),
        *_clipped_fields(window),
        *_clipped_rows(window),
        *_outside(window),
    ]


def _clipped_labels(window: QWidget) -> Iterator[str]:
    for label in shown(window, QLabel):
        assert isinstance(label, QLabel)
        if not label.text():
            continue
        needed = label.heightForWidth(label.width()) if label.hasHeightForWidth() else label.sizeHint().height()
        wide = _longest_word(label) if label.wordWrap() else label.sizeHint().width()
        if isinstance(label, Wire):
            wide = 0  # breaks anywhere
        if label.height() < needed - _ROUNDING or label.width() < wide - _ROUNDING:
            yield f"clipped {name_of(label)}: has {label.size().toTuple()}, needs {wide} x {needed}"


def _longest_word(label: QLabel) -> int:
    metrics = QFontMetrics(label.font())
    return max(metrics.horizontalAdvance(word) for word in re.split(r"[\s\u200b/-]+", label.text()))


def _clipped_buttons(window: QWidget) -> Iterator[str]:
    for button in shown(window, QPushButton):
        if button.width() < button.sizeHint().width() - _ROUNDING or button.height() < button.sizeHint().height() - 2:
            yield f"clipped {name_of(button)}: has {button.size().toTuple()}, needs {button.sizeHint().toTuple()}"
    for box in shown(window, (Check, Radio, Fold)):
        if box.height() < box.heightForWidth(box.width()) - _ROUNDING:
            yield f"clipped {name_of(box)}: has {box.height()}, needs {box.heightForWidth(box.width())}"


def _clipped_fields(window: QWidget) -> Iterator[str]:
    for field in shown(window, QLineEdit):
        assert isinstance(field, QLineEdit)
        hint = field.placeholderText() if not field.text() else ""
        room = field.width() - 2 * 10 - 4
        if field.fontMetrics().horizontalAdvance(hint) > room:
            yield f"elided hint {hint!r}: {field.fontMetrics().horizontalAdvance(hint)} in {room}"
    for combo in shown(window, QComboBox):
        assert isinstance(combo, QComboBox)
        room = combo.width() - 2 * 10 - 28
        if not combo.isEditable() and combo.fontMetrics().horizontalAdvance(combo.currentText()) > room:
            yield f"cut {combo.currentText()!r}: {room} px"


def _clipped_rows(window: QWidget) -> Iterator[str]:
    """Cells that are lower than their wrapped text."""
    for table in shown(window, QTreeWidget):
        assert isinstance(table, QTreeWidget)
        header, labels = table.header(), table.headerItem()
        for column in range(table.columnCount()):
            if table.fontMetrics().horizontalAdvance(labels.text(column)) > header.sectionSize(column):
                yield f"cut heading {labels.text(column)!r}"
        for top in range(table.topLevelItemCount()):
            group = table.topLevelItem(top)
            for item in [group, *(group.child(index) for index in range(group.childCount()))]:
                rect = table.visualItemRect(item)
                for column in range(1 if item is group else table.columnCount()):
                    index = table.indexFromItem(item, column)
                    needed = table.itemDelegate().sizeHint(_option(table), index)
                    if rect.isValid() and rect.height() < needed.height() - _ROUNDING:
                        yield f"clipped cell {item.text(column)[:60]!r}: {rect.height()} of {needed.height()}"


def _option(table: QTreeWidget):  # type: ignore[no-untyped-def]
    from PySide6.QtWidgets import QStyleOptionViewItem

    option = QStyleOptionViewItem()
    table.initViewItemOption(option)
    return option


def _ground(widget: QWidget, window: QWidget) -> QWidget:
    """What a widget may be cut off by: the content of the scroll area around it, else the window."""
    parent = widget.parentWidget()
    while parent is not None and parent is not window:
        above = parent.parentWidget()
        if above is not None and isinstance(above.parentWidget(), QScrollArea):
            return parent
        parent = above
    return window


def _outside(window: QWidget) -> Iterator[str]:
    """Widgets that reach over the edge of what can be scrolled to."""
    for widget in shown(window, (QLabel, *CONTROLS, Icon)):
        if isinstance(widget.parentWidget().parentWidget(), QAbstractScrollArea) and not isinstance(
            widget.parentWidget().parentWidget(), QScrollArea
        ):
            continue
        ground = _ground(widget, window)
        place = QRect(widget.mapTo(ground, QPoint(0, 0)), widget.size())
        if not ground.rect().adjusted(-1, -1, 1, 1).contains(place):
            yield f"outside {name_of(widget)}: {place.getRect()} in {ground.size().toTuple()}"
    for area in shown(window, QScrollArea):
        assert isinstance(area, QScrollArea)
        if area.widget().width() > area.viewport().width():
            yield f"wider than its window: {area.widget().width()} in {area.viewport().width()}"


def overlaps(window: QWidget) -> list[str]:
    """Pairs of widgets that cover each other, neither being inside the other."""
    places = [(w, _seen(w, window)) for w in shown(window, (QLabel, *CONTROLS, Icon))]
    found = []
    for index, (one, its) in enumerate(places):
        for other, place in places[index + 1 :]:
            common = its.intersected(place)
            inside = one.isAncestorOf(other) or other.isAncestorOf(one)
            if common.width() > 1 and common.height() > 1 and not inside:
                found.append(f"overlap {name_of(one)} and {name_of(other)}: {common.getRect()}")
    return found


def _seen(widget: QWidget, window: QWidget) -> QRect:
    """The part of a widget that is not cut off by what it scrolls in, in the window's coordinates."""
    return widget.visibleRegion().boundingRect().translated(widget.mapTo(window, QPoint(0, 0)))


# Names, targets, the keyboard's way


def unnamed(window: QWidget) -> list[str]:
    """Controls a screen reader has no name, role or description for, and targets that are hard to hit."""
    found = []
    for control in shown(window, CONTROLS):
        interface = QAccessible.queryAccessibleInterface(control)
        parts = {
            "name": interface.text(QAccessible.Text.Name),
            "description": interface.text(QAccessible.Text.Description),
            "role": interface.role() is not QAccessible.Role.NoRole,
        }
        found += [f"no {part}: {name_of(control)}" for part, said in parts.items() if not said]
        if min(control.height(), control.width()) < SMALLEST_TARGET:
            found.append(f"small: {name_of(control)} {control.size().toTuple()}")
    return found


def keyboard_stops(window: QWidget) -> list[QWidget]:
    """What Tab stops at until it comes round, in its order; a trap is an endless list and fails.

    Pressed rather than read: asking Qt's focus chain for its next widget ends the process sooner or later.
    """
    stops: list[QWidget] = []
    for _ in range(_MANY_STOPS):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        stop = QApplication.focusWidget()
        if stop is None or (stops and stop is stops[0]):
            return stops
        stops.append(stop)
    raise AssertionError(f"Tab does not come round: {[name_of(stop) for stop in stops[-4:]]}")


def out_of_order(window: QWidget) -> list[str]:
    """Stops of Tab that go against the order of reading: upwards, or against the script's direction in a line."""
    found = []
    stops = keyboard_stops(window)
    if stops:
        start = stops.index(min(stops, key=lambda stop: _reading_place(stop, window)))  # the round began anywhere
        stops = stops[start:] + stops[:start]
    for one, other in pairwise(stops):
        (its_part, its), (part, place) = (_part_and_place(stop, window) for stop in (one, other))
        if its_part != part:
            wrong = part < its_part
        else:
            same_line = its.top() < place.center().y() < its.bottom() or place.top() < its.center().y() < place.bottom()
            backwards = place.left() >= its.right() if window.isRightToLeft() else place.right() <= its.left()
            wrong = place.bottom() <= its.top() or (same_line and backwards)
        if wrong:
            found.append(f"{name_of(other)} comes after {name_of(one)}")
    return found


def _part_and_place(widget: QWidget, window: QWidget) -> tuple[int, QRect]:
    """The part of the window (what scrolls, the buttons under it, the rail beside both), and the place in that part.

    A group of radio buttons is one stop, which stands where the group begins.
    """
    ground = _ground(widget, window)
    if isinstance(widget, Radio):
        group = [button for button in widget.parentWidget().findChildren(Radio) if button.isVisible()]
        widget = min(group, key=lambda button: (button.y(), button.x()))
    rail = window.findChild(Rail)
    part = 2 if rail is not None and rail.isAncestorOf(widget) else int(ground is window)
    return part, QRect(widget.mapTo(ground, QPoint(0, 0)), widget.size())


def _reading_place(widget: QWidget, window: QWidget) -> tuple[int, int, int]:
    part, place = _part_and_place(widget, window)
    return part, place.center().y() // SMALLEST_TARGET, -place.right() if window.isRightToLeft() else place.left()


# Texts


def texts(window: QWidget) -> Iterator[str]:
    """Everything a user reads or hears in ``window``; text of the wire and fields the user fills are left out."""
    yield window.windowTitle()
    for widget in [w for w in window.findChildren(QWidget) if w.isVisible()]:
        if isinstance(widget, (Wire, QPlainTextEdit)) or widget.objectName().startswith("qt_"):
            continue
        yield widget.accessibleName()
        if not isinstance(widget, CopyButton):  # it says what would be copied
            yield widget.accessibleDescription()
        yield widget.toolTip()
        if isinstance(widget, (QLabel, QAbstractButton)):
            yield widget.text()
        if isinstance(widget, QLineEdit):
            yield widget.placeholderText()
        if isinstance(widget, QComboBox):
            yield from (widget.itemText(index) for index in range(widget.count()))
        if isinstance(widget, QTreeWidget):
            yield from (widget.headerItem().text(column) for column in range(widget.columnCount()))


def untranslated(window: QWidget, known: set[str]) -> list[str]:
    """Texts with words outside the brackets of the pseudo-language, but for the ``known`` facts of the case."""
    found = []
    for text in texts(window):
        bare = _FACT.sub("", _bare(text.replace("\u200b", "")))
        for fact in sorted(known, key=len, reverse=True):
            bare = bare.replace(fact, "")
        if _WORD.search(bare):
            found.append(text)
    return found


def _bare(text: str) -> str:
    """``text`` without what stands in the brackets of the pseudo-language, which may hold each other."""
    depth, kept = 0, []
    for sign in text:
        depth += sign == "⟦"
        if depth == 0:
            kept.append(sign)
        depth -= sign == "⟧"
    return "".join(kept)


# Contrast, from the pixels


def luminance(colour: int) -> float:
    """WCAG 2.2, relative luminance of 0xRRGGBB."""
    parts = (((colour >> shift) & 0xFF) / 255 for shift in (16, 8, 0))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: int, other: int) -> float:
    """WCAG 2.2, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _colours(image: QImage, place: QRect) -> Counter[int]:
    part = image.copy(place)
    rows = memoryview(part.constBits()).cast("I")
    return Counter({colour & 0xFFFFFF: count for colour, count in Counter(rows).items()})


def _strongest(colours: Counter[int]) -> float:
    """The contrast of the drawing's core to its ground, which is the most frequent colour."""
    ground = colours.most_common(1)[0][0]
    return max(contrast(ground, colour) for colour in colours)


def faint(window: QWidget) -> list[str]:
    """Texts below 4.5:1 and signs below 3:1, computed from the pixels of ``window``."""
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(1.0)
    found = []
    for widget, place, needed in _drawings(window):
        if place.width() < 4 or place.height() < 8:
            continue
        measured = _strongest(_colours(image, place))
        if measured < needed:
            found.append(f"{name_of(widget)}: {measured:.2f} of {needed}")
    return found


def _drawings(window: QWidget) -> Iterator[tuple[QWidget, QRect, float]]:
    """What is to be measured: the widget, the place in the window, and the contrast it needs."""
    for widget in shown(window, (QLabel, QPushButton)):
        if widget.text() and widget.isEnabled():  # type: ignore[attr-defined]
            inset = 8 if isinstance(widget, QPushButton) else 0  # within its frame
            yield widget, _seen(widget, window).adjusted(inset, inset // 2, -inset, -inset // 2), TEXT_CONTRAST
    for widget in shown(window, (QLineEdit, QPlainTextEdit, QComboBox, Check, Radio, Fold)):
        if widget.isEnabled() and not getattr(widget, "isReadOnly", bool)():
            yield widget, _seen(widget, window), SIGN_CONTRAST
    for widget in shown(window, Icon):
        yield widget, _seen(widget, window), SIGN_CONTRAST
    for widget in shown(window, QPlainTextEdit):
        assert isinstance(widget, QPlainTextEdit)
        yield from ((widget, place, TEXT_CONTRAST) for place in _runs(widget, window))


def _runs(edit: QPlainTextEdit, window: QWidget) -> Iterator[QRect]:
    """The places of the first words of every run of one format, as far as they can be seen."""
    viewport, block = edit.viewport(), edit.firstVisibleBlock()
    below = viewport.height() - edit.contentOffset().y()
    while block.isValid() and edit.blockBoundingGeometry(block).top() < below:
        for formats in block.textFormats():
            text = block.text()[formats.start : formats.start + formats.length]
            if not text.strip():
                continue
            cursor = QTextCursor(block)
            cursor.setPosition(block.position() + formats.start + len(text) - len(text.lstrip()))
            first = edit.cursorRect(cursor)
            cursor.setPosition(min(cursor.position() + 8, block.position() + formats.start + len(text)))
            last = edit.cursorRect(cursor)
            place = QRect(first.topLeft(), QSize(max(0, last.left() - first.left()), first.height()))
            if place.width() > 8 and viewport.visibleRegion().contains(place):  # the page may be scrolled
                yield place.translated(viewport.mapTo(window, QPoint(0, 0)))
        block = block.next()


def hidden_focus(window: QWidget) -> list[str]:
    """Stops of Tab that look the same with the keyboard on them, or are not brought into sight."""
    found = []
    before = QApplication.focusWidget()
    for stop in keyboard_stops(window):
        stop.clearFocus()
        plain = _picture(stop)
        stop.setFocus(Qt.FocusReason.TabFocusReason)
        focused = _picture(stop)
        if plain.size() != focused.size():
            continue
        changed = sum(
            contrast(one & 0xFFFFFF, other & 0xFFFFFF) >= SIGN_CONTRAST
            for one, other in zip(_pixels(plain), _pixels(focused), strict=True)
            if one != other
        )
        if changed < 2 * (stop.width() + stop.height()) // 4:
            found.append(f"{name_of(stop)}: {changed} pixels show the keyboard")
    if before is not None:
        before.setFocus()
    return found


def _picture(widget: QWidget) -> QImage:
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def _pixels(image: QImage) -> memoryview:
    return memoryview(image.constBits()).cast("I")
