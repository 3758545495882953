"""macOS: the app and its disk image. Only a Mac can freeze; elsewhere the app's skeleton is laid out and read back."""

from __future__ import annotations

import os
import plistlib
import re
import shutil
import struct
from pathlib import Path
from typing import Any

from making import freeze, icons, licences
from making.environment import PYTHON, freezing_python
from making.product import INSTALLER, OUT, WORK, app, languages, title, version
from making.tools import Stop, fresh, on, run, say, skip

NAME = f"{app()['product']['name']}.app"
SCRIPTS = INSTALLER / "macos"
FAT_MAGIC, ARM64, X86_64 = 0xCAFEBABE, 0x0100000C, 0x01000007


def make(*, fast: bool) -> None:  # noqa: ARG001 - the same for all systems
    """The disk image, into ``dist/``; elsewhere than on a Mac the skeleton, into ``build/``."""
    if not on("darwin"):
        read_back(skeleton())
        skip("the macOS app", "only a Mac can freeze, sign and pack it; its skeleton was laid out and read back")
        return
    icons.make()
    build = fresh("freeze-macos")
    told = freeze.values(str(icons.ICONS / "app.icns"), plist=info())
    folder = freeze.freeze(build, told)
    bundle = folder.parent / NAME
    _oldest_system()
    licences.collect(bundle / "Contents" / "Resources", freezing_python())
    read_back(bundle)
    OUT.mkdir(exist_ok=True)
    target = OUT / f"{title('macos-' + os.uname().machine)}.dmg"
    for script, about in (("sign.sh", bundle), ("dmg.sh", bundle), ("notarise.sh", target)):
        print(run("bash", SCRIPTS / script, about, target), end="")


def info() -> dict[str, Any]:
    """``Info.plist``: who the app is, which documents are its own, and the oldest system it starts on."""
    product, document, programs = app()["product"], app()["document"], app()["programs"]
    return {
        "CFBundleName": product["name"],
        "CFBundleDisplayName": product["name"],
        "CFBundleIdentifier": product["id"],
        "CFBundleExecutable": programs["window"],
        "CFBundlePackageType": "APPL",
        "CFBundleShortVersionString": version(),
        "CFBundleVersion": version(),
        "CFBundleIconFile": "app.icns",
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": languages(),
        "LSMinimumSystemVersion": app()["macos"]["minimum"],
        "LSApplicationCategoryType": app()["macos"]["category"],
        "NSHighResolutionCapable": True,
        "NSRequiresAquaSystemAppearance": False,
        "NSHumanReadableCopyright": f"{product['publisher']}, {product['license']} License",
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": document["title"]["en"],
                "CFBundleTypeRole": "Editor",
                "LSHandlerRank": "Owner",
                "LSItemContentTypes": [document["uti"]],
                "CFBundleTypeIconFile": "app.icns",
            }
        ],
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": document["uti"],
                "UTTypeDescription": document["title"]["en"],
                "UTTypeConformsTo": ["public.json"],
                "UTTypeTagSpecification": {
                    "public.filename-extension": [document["suffix"]],
                    "public.mime-type": [document["mime"]],
                },
            }
        ],
    }


def _oldest_system() -> None:
    """Hold what ``Info.plist`` promises against what Qt's wheel was built for.

    Raises:
        Stop: Qt needs a newer system.
    """
    listing = "from importlib.metadata import distribution as d; print(d('PySide6-Essentials').read_text('WHEEL'))"
    needed = re.search(r"macosx_(\d+)_(\d+)", run(freezing_python(), "-c", listing))
    if needed and f"{needed[1]}.{needed[2]}" != app()["macos"]["minimum"]:
        raise Stop(f"Qt is built for macOS {needed[1]}.{needed[2]}; app.toml says {app()['macos']['minimum']}")


def skeleton() -> Path:
    """The app as it is laid out, with PyInstaller's starter for the Mac in the place of the program."""
    root = fresh("macos-skeleton") / NAME
    contents = root / "Contents"
    for folder in ("MacOS", "Resources", "Frameworks"):
        (contents / folder).mkdir(parents=True)
    (contents / "Info.plist").write_bytes(plistlib.dumps(info()))
    (contents / "PkgInfo").write_text("APPL????", encoding="ascii")
    shutil.copy(icons.make() / "app.icns", contents / "Resources" / "app.icns")
    licences.collect(contents / "Resources", freezing_python())
    for program in app()["programs"].values():
        shutil.copy(_starter(), contents / "MacOS" / program)
        (contents / "MacOS" / program).chmod(0o755)
    return root


def _starter() -> Path:
    """PyInstaller's starter for the Mac, out of its wheel for the Mac."""
    folder = WORK / "macos-wheels"
    if not folder.exists():
        lock = (INSTALLER / "requirements.lock").read_text(encoding="utf-8")
        (pinned,) = re.findall(r"^(pyinstaller==\S+)", lock, re.MULTILINE)
        where = ("--target", folder, "--python-platform", "aarch64-apple-darwin", "--python-version", "3.11")
        run(PYTHON, "-m", "uv", "pip", "install", "--quiet", "--no-deps", *where, pinned)
    return folder / "PyInstaller" / "bootloader" / "Darwin-64bit" / "runw"


def read_back(bundle: Path) -> None:
    """Read an app as the system does: property list, icon, programs.

    Raises:
        Stop: a part is missing or is not what it should be.
    """
    contents = bundle / "Contents"
    told = plistlib.loads((contents / "Info.plist").read_bytes())
    wrong = {key: told.get(key) for key, value in info().items() if told.get(key) != value}
    if wrong:
        raise Stop(f"Info.plist says otherwise: {wrong}")
    sizes = icon_sizes((contents / "Resources" / told["CFBundleIconFile"]).read_bytes())
    if not {16, 32, 128, 256, 512, 1024} <= sizes:
        raise Stop(f"the icon has only {sorted(sizes)}")
    machines = architectures((contents / "MacOS" / told["CFBundleExecutable"]).read_bytes())
    declared = {kind for entry in told["UTExportedTypeDeclarations"] for kind in [entry["UTTypeIdentifier"]]}
    opened = {kind for entry in told["CFBundleDocumentTypes"] for kind in entry["LSItemContentTypes"]}
    if not machines or opened != declared:
        raise Stop("the program is none for the Mac, or its documents are not declared")
    say(f"{bundle.name} reads back: version {told['CFBundleShortVersionString']}, {', '.join(machines)}, "
        f"opens *.{app()['document']['suffix']}, from macOS {told['LSMinimumSystemVersion']}")  # fmt: skip


def icon_sizes(data: bytes) -> set[int]:
    """The sizes of the pictures in an ``.icns``, read out of the pictures themselves."""
    kind, length = struct.unpack_from(">4sI", data)
    if kind != b"icns" or length != len(data):
        raise Stop("the icon is none")
    sizes, at = set(), 8
    while at < length:
        _, size = struct.unpack_from(">4sI", data, at)
        sizes.add(struct.unpack_from(">I", data, at + 8 + 16)[0])  # PNG: the width stands at byte 16
        at += size
    return sizes


def architectures(data: bytes) -> list[str]:
    """The processors a Mach-O program is made for."""
    names = {ARM64: "arm64", X86_64: "x86_64"}
    if struct.unpack_from(">I", data)[0] == FAT_MAGIC:
        count = struct.unpack_from(">I", data, 4)[0]
        return sorted(names.get(struct.unpack_from(">I", data, 8 + 20 * i)[0], "other") for i in range(count))
    magic, processor = struct.unpack_from("<II", data)
    return [names.get(processor, "other")] if magic == 0xFEEDFACF else []
