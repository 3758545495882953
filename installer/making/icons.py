"""The program's drawing as the icon files of three systems: PNG from Qt's SVG renderer, ICO and ICNS packed by hand."""

from __future__ import annotations

import os
import struct
from pathlib import Path

from making.product import ROOT, WORK

DRAWING = ROOT / "resources" / "helodoctor_resources" / "icons" / "app.svg"
ICONS = WORK / "icons"
SIZES = (16, 24, 32, 48, 64, 128, 256, 512, 1024)
ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)
SIDE, SIDE_ICON, RAIL = (164, 314), 96, "#f3f4f9"  # pixels, as NSIS's MUI wants them; the light theme's rail
# Apple's types for PNG of one size; the second of two is the same picture for screens of double density.
ICNS_TYPES = {
    16: (b"icp4",),
    32: (b"icp5", b"ic11"),
    64: (b"icp6", b"ic12"),
    128: (b"ic07",),
    256: (b"ic08", b"ic13"),
    512: (b"ic09", b"ic14"),
    1024: (b"ic10",),
}


def make() -> Path:
    """Write every size as ``.png``, and ``app.{ico,icns,svg}`` and ``side.bmp``, to ``build/icons``, and return it."""
    ICONS.mkdir(parents=True, exist_ok=True)
    pictures = {size: png(size) for size in SIZES}
    for size, picture in pictures.items():
        (ICONS / f"{size}.png").write_bytes(picture)
    (ICONS / "app.ico").write_bytes(ico({size: pictures[size] for size in ICO_SIZES}))
    (ICONS / "app.icns").write_bytes(icns(pictures))
    (ICONS / "side.bmp").write_bytes(side())
    (ICONS / "app.svg").write_bytes(DRAWING.read_bytes())
    return ICONS


def png(size: int) -> bytes:
    """The drawing, ``size`` pixels square."""
    return _painted(size, size, size, "transparent", "PNG")


def side() -> bytes:
    """The picture at the side of the setup's first and last page: the drawing on the colour of the program's rail."""
    return _painted(*SIDE, SIDE_ICON, RAIL, "BMP")


def _painted(width: int, height: int, side: int, ground: str, form: str) -> bytes:
    """The drawing, ``side`` pixels square, in the middle of the upper third of a picture (or all of it)."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QRectF
    from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    _application = QGuiApplication.instance() or QGuiApplication([])
    kind = QImage.Format.Format_RGB888 if form == "BMP" else QImage.Format.Format_ARGB32
    image = QImage(width, height, kind)
    image.fill(QColor(ground))
    painter = QPainter(image)
    QSvgRenderer(str(DRAWING)).render(painter, QRectF((width - side) / 2, (width - side) / 2, side, side))
    painter.end()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, form)  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """A Windows icon of PNG pictures (Vista and later read them): header, directory, pictures."""
    offset = 6 + 16 * len(pictures)
    directory, body = b"", b""
    for size, picture in pictures.items():
        side = size % 256  # 256 is written as 0
        directory += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(picture), offset + len(body))
        body += picture
    return struct.pack("<HHH", 0, 1, len(pictures)) + directory + body


def icns(pictures: dict[int, bytes]) -> bytes:
    """An Apple icon of PNG pictures: a header, then type, length and picture of each."""
    body = b"".join(
        kind + struct.pack(">I", 8 + len(pictures[size])) + pictures[size]
        for size, kinds in ICNS_TYPES.items()
        for kind in kinds
    )
    return b"icns" + struct.pack(">I", 8 + len(body)) + body
