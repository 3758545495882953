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
    """Write ``<size>.png``, ``app.ico``, ``app.icns`` and ``app.svg`` to ``build/icons``; returns that folder."""
    ICONS.mkdir(parents=True, exist_ok=True)
    pictures = {size: png(size) for size in SIZES}
    for size, picture in pictures.items():
        (ICONS / f"{size}.png").write_bytes(picture)
    (ICONS / "app.ico").write_bytes(ico({size: pictures[size] for size in ICO_SIZES}))
    (ICONS / "app.icns").write_bytes(icns(pictures))
    (ICONS / "app.svg").write_bytes(DRAWING.read_bytes())
    return ICONS


def png(size: int) -> bytes:
    """The drawing, ``size`` pixels square."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, Qt
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    _application = QGuiApplication.instance() or QGuiApplication([])
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
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
