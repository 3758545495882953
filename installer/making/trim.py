"""What the packed program does not carry, with the reason of each; ``freeze.spec`` asks, and the checks hold it.

Patterns are matched against paths inside the bundle, in lower case and with forward slashes.
"""

from __future__ import annotations

import re
import subprocess
from fnmatch import fnmatchcase
from pathlib import Path

# Modules that are never imported by what runs.
MODULES = {
    "tkinter": "another toolkit for windows",
    "unittest": "tests",
    "test": "tests",
    "pydoc": "documentation of the standard library",
    "lib2to3": "a converter of old sources",
    "setuptools": "building of packages",
    "pkg_resources": "building of packages",
    "distutils": "building of packages",
    "numpy": "offered to by Qt's bindings, never used",
    "yaml._yaml": "libyaml, unsigned; YAML is read with yaml.compose in Python",
    "PySide6.QtNetwork": "every conversation is made by the core, with Python's own sockets",
    "PySide6.QtQml": "the window is made of widgets",
    "PySide6.QtQuick": "the window is made of widgets",
    "PySide6.QtOpenGL": "nothing is drawn in three dimensions",
}

# Files that the hooks of the freezer collect, and that the program does not use.
FILES = {
    "*qt6qml*": "the window is made of widgets",
    "*qt6quick*": "the window is made of widgets",
    "*qt6pdf*": "reports are written as PDF by QtGui itself; PDF is not read",
    "*qt6virtualkeyboard*": "the system's own keyboard on the screen is used",
    "*qt6opengl*": "nothing is drawn in three dimensions",
    "*qt6network*": "every conversation is made by the core, with Python's own sockets",
    "*opengl32sw*": "drawing in three dimensions without a graphics card, 20 MB",
    "*d3dcompiler*": "nothing is drawn in three dimensions",
    "*/plugins/platforminputcontexts/*virtualkeyboard*": "the system's own keyboard on the screen is used",
    "*/plugins/imageformats/*qgif*": "only PNG (built in), SVG and ICO are shown",
    "*/plugins/imageformats/*qjpeg*": "only PNG (built in), SVG and ICO are shown",
    "*/plugins/imageformats/*qtga*": "only PNG (built in), SVG and ICO are shown",
    "*/plugins/imageformats/*qtiff*": "only PNG (built in), SVG and ICO are shown",
    "*/plugins/imageformats/*qwbmp*": "only PNG (built in), SVG and ICO are shown",
    "*/plugins/imageformats/*qwebp*": "only PNG (built in), SVG and ICO are shown",
    "*/plugins/imageformats/*qicns*": "only PNG (built in), SVG and ICO are shown",
    "*/plugins/imageformats/*qpdf*": "PDF is not read",
    "*/plugins/platforms/*qeglfs*": "screens without a window system",
    "*/plugins/platforms/*qlinuxfb*": "screens without a window system",
    "*/plugins/platforms/*qvkkhrdisplay*": "screens without a window system",
    "*/plugins/platforms/*qvnc*": "screens without a window system",
    "*/plugins/platforms/*qminimal*": "the self-test draws with qoffscreen",
    "*/plugins/platforms/*qdirect2d*": "the usual Windows platform is carried",
    "*/plugins/egldeviceintegrations/*": "screens without a window system",
    "*/plugins/generic/*": "input devices without a window system",
    "*/plugins/platformthemes/*qgtk3*": "the theme is the program's own; GTK would be carried whole",
    "*/plugins/networkinformation/*": "Qt's network is not used",
    "*/plugins/tls/*": "Qt's network is not used",
    "*qt6eglfs*": "screens without a window system",
    "libcups.so*": "printing goes through the system's own CUPS, where there is one",
    "*libgtk-3*": "the theme is the program's own",
    "*libgdk*": "the theme is the program's own",
    "*libcairo*": "GTK's",
    "*libpango*": "GTK's",
    "*libatk*": "GTK's; Qt speaks to screen readers over D-Bus itself",
    "*libharfbuzz*": "GTK's; Qt carries its own",
    "*libepoxy*": "GTK's",
    "*api-ms-win-*": "part of every Windows since 10",
    "*ucrtbase.dll": "part of every Windows since 10",
    "*.po": "sources of the catalogues",
    "*/direct_url.json": "where the packages lay when this was built",
    "*.dist-info/record": "a list of files that is not true in a bundle",
    "*.dist-info/installer": "who unpacked the packages when this was built",
    "*.dist-info/requested": "who unpacked the packages when this was built",
    "*.dist-info/uv_*": "who unpacked the packages when this was built",
}


def unwanted(path: str, languages: list[str]) -> str | None:
    """Why the file at ``path`` (inside the bundle) is left out; ``None``: it is carried."""
    plain = path.replace("\\", "/").lower()
    if plain.endswith(".qm"):
        wanted = any(plain.endswith(f"/qtbase_{code}.qm") for code in languages)
        return None if wanted else "Qt's texts in a language the program does not speak, or of a part it does not use"
    return next((reason for pattern, reason in FILES.items() if fnmatchcase(plain, pattern)), None)


def unneeded(libraries: dict[str, str]) -> set[str]:
    """Of the system's libraries that were collected on Linux, those nothing asks for any more.

    ``libraries`` leads from each file's path in the bundle to where it lies now. The system's own lie at the top of the
    bundle; they came for files that are not carried (GTK's, those of Qt's network).
    """
    systems = {name for name in libraries if re.fullmatch(r"lib(?!python)[^/]*\.so[.\d]*", name)}
    asked = {name: _asks_for(Path(path)) for name, path in libraries.items()}
    kept = libraries.keys() - systems
    while reached := {name for name in systems - kept if any(name in asked[other] for other in kept)}:
        kept = kept | reached
    return systems - kept


def _asks_for(path: Path) -> set[str]:
    """The libraries a file names as needed (DT_NEEDED)."""
    told = subprocess.run(["objdump", "-p", path], capture_output=True, text=True, check=False).stdout
    return set(re.findall(r"^ *NEEDED +(\S+)", told, re.MULTILINE))
