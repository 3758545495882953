"""Messages dragged out of mail programs, and what is no text at all."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage

from helodoctor_gui import dragged
from helodoctor_gui.wizard import Frame
from texts import POSTFIX_DSN
from walking import until


def descriptor(name: str) -> bytes:
    """FILEGROUPDESCRIPTORW with one file."""
    return struct.pack("<I", 1) + bytes(72) + name.encode("utf-16-le").ljust(520, b"\0")


def virtual_file(name: str, data: bytes) -> QMimeData:
    source = QMimeData()
    source.setData(dragged.DESCRIPTOR, descriptor(name))
    source.setData(dragged.CONTENTS, data)
    return source


def drop(frame: Frame, source: QMimeData) -> None:
    box = frame.current().box
    where = QPointF(20, 20)
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(where.toPoint(), Qt.DropAction.CopyAction, source, buttons, keys)
    box.dragEnterEvent(enter)
    assert enter.isAccepted()
    box.dropEvent(QDropEvent(where, Qt.DropAction.CopyAction, source, buttons, keys))
    page = frame.current()
    until(lambda: not page.busy and (page.problem or not page.box.document().isEmpty()), "the drop to be read")


def test_a_message_dragged_out_of_outlook_is_read(frame: Frame) -> None:
    drop(frame, virtual_file("Undelivered Mail.eml", POSTFIX_DSN.encode()))
    assert "<srv01>: Helo command rejected" in frame.current().box.toPlainText()
    assert frame.current().problem is None


def test_a_whole_message_in_the_drag_is_read(frame: Frame) -> None:
    source = QMimeData()
    source.setData(dragged.WHOLE, POSTFIX_DSN.encode())
    drop(frame, source)
    assert "<srv01>: Helo command rejected" in frame.current().box.toPlainText()


@pytest.mark.parametrize("form", dragged.LINKS)
def test_of_a_mere_link_to_a_message_it_is_said_what_to_do(frame: Frame, form: str) -> None:
    source = QMimeData()
    source.setData(form, b"mailbox-message://nobody@Local%20Folders/Inbox#7")
    source.setText("mailbox-message://nobody@Local%20Folders/Inbox#7")
    drop(frame, source)
    assert "only a link" in frame.current().problem
    assert frame.current().box.document().isEmpty()


def test_an_empty_virtual_file_counts_as_a_link(frame: Frame) -> None:
    drop(frame, virtual_file("Undelivered.msg", b""))
    assert "only a link" in frame.current().problem


def test_a_file_beside_the_link_is_preferred(frame: Frame, tmp_path: Path) -> None:
    path = tmp_path / "bounce.eml"
    path.write_text(POSTFIX_DSN, encoding="utf-8")
    source = QMimeData()
    source.setData("text/x-moz-message", b"imap-message://x#1")
    source.setUrls([QUrl.fromLocalFile(str(path))])
    drop(frame, source)
    assert "srv01" in frame.current().box.toPlainText()


@pytest.mark.parametrize(
    "descriptor_bytes", [b"", b"\1\0\0\0", struct.pack("<I", 0), b"\xff" * 40, descriptor("a\n\x1b[0mb")[:120]]
)
def test_a_broken_descriptor_is_no_trouble(descriptor_bytes: bytes) -> None:
    source = QMimeData()
    source.setData(dragged.DESCRIPTOR, descriptor_bytes)
    source.setData(dragged.CONTENTS, b"550 no")
    told = dragged.message(source)
    assert told is not None and told.data == b"550 no"
    assert told.name.isprintable() and told.name


def test_a_huge_message_is_cut_at_the_bound() -> None:
    told = dragged.message(virtual_file("x.eml", b"a" * 6_000_000))
    assert told is not None and len(told.data) == 5 * 1024 * 1024 + 1


def test_a_pasted_picture_gets_one_sentence(frame: Frame) -> None:
    source = QMimeData()
    source.setImageData(QImage(8, 8, QImage.Format.Format_RGB32))
    box = frame.current().box
    assert box.canInsertFromMimeData(source)
    box.insertFromMimeData(source)
    assert frame.current().problem.startswith("This is a picture or a PDF")


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7", b"\x89PNG\r\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"BM6", b"\0\0\0\x20ftypheic", b"RIFF\0\0\0\0WEBP"],
    ids=["pdf", "png", "jpeg", "gif", "bmp", "heic", "webp"],
)
def test_a_dropped_picture_or_pdf_gets_the_same_sentence(frame: Frame, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "bounce"
    path.write_bytes(data + bytes(200))
    source = QMimeData()
    source.setUrls([QUrl.fromLocalFile(str(path))])
    drop(frame, source)
    assert frame.current().problem.startswith("This is a picture or a PDF")
