"""The only place with colours and text sizes: two palettes, one style sheet, the system's high contrast above both."""

from __future__ import annotations

from functools import cache
from string import Template
from typing import Literal, NamedTuple, cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from helodoctor.knowledge import resource

Scheme = Literal["light", "dark", "contrast"]

SMALLEST_TEXT = 10.0  # points; some systems still start at 9
HEADING, SMALL = 1.9, 0.9  # times the text size


class Colours(NamedTuple):
    """Every colour by its task; ``*_soft`` is the background that goes with it. Contrast: WCAG 2.2 AA."""

    background: str
    rail: str
    card: str
    line: str
    outline: str
    text: str
    secondary: str
    accent: str
    accent_soft: str
    on_accent: str
    refusal: str
    refusal_soft: str
    good: str
    good_soft: str
    caution: str
    caution_soft: str
    marker: str


LIGHT = Colours(
    background="#FFFFFF", rail="#F3F5F8", card="#F8FAFC", line="#D9DFE7", outline="#7B8794",
    text="#1A2330", secondary="#51606F", accent="#1F6FD1", accent_soft="#E4EEFB", on_accent="#FFFFFF",
    refusal="#B3261E", refusal_soft="#FCEBE9", good="#1B7A3E", good_soft="#E6F4EA",
    caution="#8A5A00", caution_soft="#FDF3DC", marker="#FFE3A3",
)  # fmt: skip
DARK = Colours(
    background="#1B1F25", rail="#15181D", card="#22272F", line="#38414C", outline="#7C8997",
    text="#E8ECF1", secondary="#A4B0BD", accent="#6AA8F7", accent_soft="#1F3149", on_accent="#10161E",
    refusal="#FF8A80", refusal_soft="#3B2323", good="#7BD49A", good_soft="#1D3326",
    caution="#F2C063", caution_soft="#3A3120", marker="#6B5417",
)  # fmt: skip


BLACK_ON_WHITE = ("#FFFFFF", "#000000", "#0000B0", "#FFFFFF")  # window, text, accent, text on it
WHITE_ON_BLACK = ("#000000", "#FFFFFF", "#FFFF00", "#000000")


def _of_system(palette: QPalette) -> Colours:
    """A high-contrast theme's own colours."""
    roles = (palette.window(), palette.windowText(), palette.highlight(), palette.highlightedText())
    return _strong(*(role.color().name() for role in roles))


def _strong(window: str, text: str, accent: str, on_accent: str) -> Colours:
    """High contrast: no tint of ours, meaning is carried by words and icons alone."""
    plain = dict.fromkeys(Colours._fields, window)
    strong = dict.fromkeys(("line", "outline", "text", "secondary", "refusal", "good", "caution"), text)
    return Colours(**plain | strong | {"accent": accent, "on_accent": on_accent})


class Theme(QObject):
    """The look in force. ``changed`` tells widgets that paint or size by themselves."""

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._system_palette = QPalette(application.palette())
        self._system_font = QFont(application.font())
        self._forced: Scheme | None = None
        self._text_scale = 1.0
        self.colours = LIGHT
        hints = application.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        if hasattr(hints, "accessibility"):  # Qt 6.10 and later
            hints.accessibility().contrastPreferenceChanged.connect(self._system_changed)
        self.apply()

    def _system_changed(self) -> None:
        application = self._application
        application.setPalette(QPalette())  # our own would hide the system's
        self._system_palette = QPalette(application.palette())
        self.apply()

    def _scheme(self) -> Scheme:
        if self._forced:
            return self._forced
        if self.system_wishes_contrast():
            return "contrast"
        return "dark" if self._system_is_dark() else "light"

    def system_wishes_contrast(self) -> bool:
        """Whether the system asks for high contrast; Qt tells from 6.10 on."""
        hints = self._application.styleHints()
        if not hasattr(hints, "accessibility"):
            return False
        return hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast

    def _system_is_dark(self) -> bool:
        scheme = self._application.styleHints().colorScheme()
        if scheme == Qt.ColorScheme.Unknown:
            return self._system_palette.window().color().lightness() < 128
        return scheme == Qt.ColorScheme.Dark

    def _contrast(self) -> Colours:
        """The system's own colours where it has a theme of high contrast, else black and white."""
        if self.system_wishes_contrast():
            return _of_system(self._system_palette)
        return _strong(*(WHITE_ON_BLACK if self._system_is_dark() else BLACK_ON_WHITE))

    def choose(self, scheme: Scheme | None = None, text_scale: float = 1.0) -> None:
        """Take ``scheme`` whatever the system says (``None``: follow the system) and scale all text."""
        self._forced, self._text_scale = scheme, text_scale
        self.apply()

    @property
    def chosen(self) -> tuple[Scheme | None, float]:
        """What :meth:`choose` was told last."""
        return self._forced, self._text_scale

    def use_family(self, family: str) -> None:
        """Take another font than the system's."""
        self._system_font.setFamily(family)
        self.apply()

    def apply(self) -> None:
        """Set font, palette and style sheet of the whole application."""
        scheme = self._scheme()
        self.colours = {"light": LIGHT, "dark": DARK}.get(scheme) or self._contrast()
        self._application.setFont(self.font())
        self._application.setPalette(_palette(self.colours))
        self._application.setStyleSheet(_style_sheet(self.colours, self.text_size))
        self.changed.emit()

    @property
    def text_size(self) -> float:
        """The size of running text in points."""
        return max(SMALLEST_TEXT, self._system_font.pointSizeF()) * self._text_scale

    def font(self, scale: float = 1.0, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """The system's own font at ``scale`` times the text size."""
        font = QFont(self._system_font)
        font.setPointSizeF(self.text_size * scale)
        font.setWeight(weight)
        return font

    def wire_font(self) -> QFont:
        """The system's fixed font, for what travels on the wire and what is typed into a terminal."""
        from PySide6.QtGui import QFontDatabase

        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.text_size)
        return font

    def colour(self, task: str) -> QColor:
        """The colour of one task of :class:`Colours`."""
        return QColor(getattr(self.colours, task))


@cache
def theme() -> Theme:
    """The look of this application; the first call puts it in force."""
    return Theme(cast(QApplication, QApplication.instance()))


def _palette(colours: Colours) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for names, colour in (
        ((role.Window, role.Base, role.ToolTipBase), colours.background),
        ((role.AlternateBase, role.Button), colours.card),
        ((role.WindowText, role.Text, role.ButtonText, role.ToolTipText, role.BrightText), colours.text),
        ((role.PlaceholderText,), colours.secondary),
        ((role.Highlight, role.Link, role.LinkVisited, role.Accent), colours.accent),
        ((role.HighlightedText,), colours.on_accent),
        ((role.Mid, role.Midlight, role.Dark, role.Light, role.Shadow), colours.line),
    ):
        for name in names:
            palette.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(colours.secondary))
    return palette


def _style_sheet(colours: Colours, text_size: float) -> str:
    """``style.qss`` with the colours and sizes in force; sizes of text are in points, distances in steps of 4 px."""
    places = colours._asdict() | {
        "heading_size": f"{text_size * HEADING:.1f}pt",
        "small_size": f"{text_size * SMALL:.1f}pt",
        "lead_size": f"{text_size * 1.15:.1f}pt",
    }
    return _sheet_template().substitute(places)


@cache
def _sheet_template() -> Template:
    return Template(resource("look/style.qss").read_text(encoding="utf-8"))
