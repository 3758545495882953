"""A picture of every page: light and dark, 100 % and 200 % text, English and German (``python3 dev.py shots``)."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QLoggingCategory, QSettings
from PySide6.QtGui import QFontDatabase, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from helodoctor.knowledge import resource
from helodoctor.words import languages
from helodoctor_gui import language, tasks
from helodoctor_gui.aid import about, find, handbook, settings
from helodoctor_gui.app import make_application
from helodoctor_gui.cases import opening, sending
from helodoctor_gui.theme import theme
from helodoctor_gui.wizard import Frame
from walking import go_on, run_trial, until

LANGUAGES = ("en", "de")
SCHEMES = ("light", "dark")
SCALES = (1.0, 2.0)
SIZES = ((1000, 690), (800, 600))
FONTS = ("Inter", "Noto Sans", "DejaVu Sans")
SETTINGS = "myhostname = srv01\nmydestination = localhost\nsmtp_helo_name = mail.yourcompany.example\n"
HANDBOOK_SIZE, COLOURS = (900, 640), 48
HANDBOOK = {
    "1-paste": "paste", "2-happened": "happened", "3-name": "name", "4-judge": "judge", "5-try": "try", "6-fix": "fix",
    "7-fixed-half": "fixed",
}  # fmt: skip
SAMPLE, SYSTEM, NAME = "infomaniak-www", "postfix", "mail.yourcompany.example"


def pages(frame: Frame) -> Iterator[str]:
    """Walk through every page and every state worth a picture; yields the name of each."""
    page = frame.current()
    yield "1-paste-empty"
    page._take_sample(SAMPLE)
    until(lambda: page._read is not None, "the quiet reading")
    yield "1-paste"
    go_on(frame)
    yield "2-happened"
    go_on(frame)
    yield "3-name"
    frame.current().unknown.setChecked(True)
    yield "3-name-unknown"
    frame.current().unknown.setChecked(False)
    frame.current().field.clear()
    frame.bar.press_forward()
    yield "3-name-problem"
    frame.current().field.setText("www")
    go_on(frame)
    yield "4-judge"
    frame.current().receivers.filter.setFocus()
    frame.current().scroll.ensureWidgetVisible(frame.current().receivers)
    yield "4-judge-receivers"
    go_on(frame)
    yield "5-try-choice"
    run_trial(frame)
    yield "5-try"
    frame.current()._follow()
    yield "5-try-end"
    go_on(frame)
    fix = frame.current()
    fix.name.setText(NAME)
    fix.system.choose(SYSTEM)
    fix._replan()
    yield "6-fix"
    fix.steps.cards[0].tick.setChecked(True)
    fix.scroll.ensureWidgetVisible(fix.steps.cards[2], 0, 200)
    yield "6-fix-more"
    go_on(frame)
    fixed = frame.current()
    yield "7-fixed-nothing"
    fixed.practise.click()
    until(lambda: not fixed.busy, "the trial with the new name")
    fixed.scroll.verticalScrollBar().setValue(0)
    yield "7-fixed-half"
    fixed.says.sample.click()
    until(lambda: frame.case.announcements, "the sample's greeting")
    fixed.scroll.verticalScrollBar().setValue(0)
    yield "7-fixed"


def extras(frame: Frame) -> Iterator[str]:
    """Answers that end early, and the dialogs."""
    page = frame.current()
    page._take_sample("mailbox-full")
    until(lambda: page._read is not None, "the quiet reading")
    go_on(frame)
    yield "2-not-the-name"


def dialogs(frame: Frame) -> Iterator[str]:
    """What stands beside the walk."""
    frame.current()._take_sample(SAMPLE)
    until(lambda: frame.current()._read is not None, "the quiet reading")
    go_on(frame)
    for name, show in (
        ("help", frame.show_help),
        ("settings", lambda: settings.show(frame)),
        ("about", lambda: about.show(frame)),
        ("find", lambda: find.show(frame)),
        ("handbook", lambda: handbook.show_stop(frame)),
        ("words", lambda: handbook.show_glossary(frame)),
        ("report", lambda: sending.report(frame)),
        ("forget", lambda: opening.forget_this(frame)),
    ):
        show()
        yield from closing(frame, f"0-{name}")


def on_show(frame: Frame) -> QWidget:
    """The window a picture is of: the dialog that is open, else the frame."""
    return next((dialog for dialog in frame.findChildren(QDialog) if dialog.isVisible()), frame)


def closing(frame: Frame, name: str) -> Iterator[str]:
    """One picture of the dialog that was opened; then it is closed."""
    until(lambda: on_show(frame) is not frame, "the dialog")
    yield name
    on_show(frame).close()
    until(lambda: on_show(frame) is frame, "the dialog to close")
    frame.activateWindow()
    QTest.qWaitForWindowActive(frame)


def finding(frame: Frame) -> Iterator[str]:
    """The name found in settings, and the test as a script for the mail server."""
    frame.current()._take_sample("postfix-short-name")
    until(lambda: frame.current()._read is not None, "the quiet reading")
    go_on(frame)
    go_on(frame)
    name = frame.current()
    name.find.paste.click()
    name.find.box.replace(SETTINGS)
    yield "3-name-settings"
    name.find.read.click()
    until(lambda: frame.case.candidates, "the candidates")
    name.scroll.ensureWidgetVisible(name.find.candidates)
    yield "3-name-found"
    name.unknown.setChecked(True)
    name.find.system.choose(SYSTEM)
    name.scroll.ensureWidgetVisible(name.find.system)
    yield "3-name-way"
    name.find.listen.click()
    listener = on_show(frame)
    listener.start.click()  # type: ignore[attr-defined]
    until(lambda: listener.open_at, "the listener")  # type: ignore[attr-defined]
    yield from closing(frame, "3-listener")
    until(lambda: frame.activateWindow() or frame.isActiveWindow(), "the window")
    name.unknown.setChecked(False)
    go_on(frame)
    go_on(frame)
    frame.current().servers.typed.setChecked(True)
    frame.current().servers.address.setText("mx.company.example")
    frame.current()._on_server()
    yield from closing(frame, "5-script")
    yield "5-try-typed"


def _variants() -> Iterator[tuple[str, str, float, tuple[int, int]]]:
    for speech, scheme, scale in product(LANGUAGES, SCHEMES, SCALES):
        yield speech, scheme, scale, SIZES[0]
    for speech, scale in product(LANGUAGES, SCALES):
        yield speech, "light", scale, SIZES[1]


def take(folder: Path, speech: str, scheme: str, scale: float, size: tuple[int, int]) -> int:
    """All pictures of one variant; how many."""
    language.use(speech)
    theme().choose(scheme, scale)  # type: ignore[arg-type]
    tag = f"{speech}-{scheme}-{round(scale * 100)}-{size[0]}x{size[1]}"
    count = 0
    for walk in (pages, extras, finding, dialogs):
        frame = Frame()
        frame.furnish()
        frame.resize(*size)
        frame.show()
        for name in walk(frame):
            QTest.qWait(60)
            on_show(frame).grab().save(str(folder / f"{name}-{tag}.png"))
            count += 1
        frame.hide()
        frame.deleteLater()
    return count


def for_handbook(folder: Path, speech: str) -> int:
    """The pictures of the handbook in one language, in few colours, so that all of them fit into the package."""
    language.use(speech)
    theme().choose("light", 1.0)
    frame = Frame()
    frame.furnish()
    frame.resize(*HANDBOOK_SIZE)
    frame.show()
    for name in pages(frame):
        if name in HANDBOOK:
            QTest.qWait(60)
            in_few_colours(frame.grab().toImage()).save(str(folder / f"{HANDBOOK[name]}.png"))
    frame.hide()
    frame.deleteLater()
    return len(HANDBOOK)


def in_few_colours(image: QImage) -> QImage:
    """``image`` with its most frequent colours alone, and those of signs, which are rare and mean something."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    often = [colour for colour, _ in Counter(memoryview(plain.constBits()).cast("I")).most_common(COLOURS)]
    signs = [theme().colour(tone).rgb() for tone in ("refusal", "caution", "good", "accent")]
    return plain.convertToFormat(QImage.Format.Format_Indexed8, list(dict.fromkeys([*signs, *often])))


def main(out_dir: str) -> int:
    """Write the pictures to ``out_dir``, or those of the ``handbook`` to their place, and say how many there are."""
    folder = Path(out_dir)
    QLoggingCategory.setFilterRules("qt.qpa.*=false")
    with TemporaryDirectory() as home:
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, home)
        application = make_application([])
        _take_a_readable_font()
        if out_dir == "handbook":
            folder = resource("handbook")
            written = [speech for speech in languages() if (folder / speech).is_dir()]
            count = sum(for_handbook(folder / speech, speech) for speech in written)
        else:
            folder.mkdir(parents=True, exist_ok=True)
            count = sum(take(folder, *variant) for variant in _variants())
        tasks.stop()
        application.processEvents()
    sys.stdout.write(f"{count} pictures in {folder}\n")
    return 0


def _take_a_readable_font() -> None:
    """Without a desktop Qt has no system font to ask for; take the first one installed of a few."""
    known = QFontDatabase.families()
    family = next((font for font in FONTS if font in known), None)
    if family is not None:
        theme().use_family(family)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
