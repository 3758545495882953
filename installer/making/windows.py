"""Windows: the frozen folder, and from it the setup, the msi and the portable zip. On Linux all of it under Wine."""

from __future__ import annotations

import os
import shutil
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from making import freeze, icons, licences, msi, nsis, runtime
from making.environment import install_for_windows
from making.linux import same_time
from making.product import INSTALLER, OUT, WORK, app, epoch, title, version, version_quad
from making.tools import fresh, on, run, say, skip
from making.wine import Windows, windows

FROZEN = WORK / "freeze-windows" / str(app()["product"]["package"])


def make(*, fast: bool) -> None:
    """Everything for Windows, into ``dist/``."""
    OUT.mkdir(exist_ok=True)
    bundle = frozen()
    _sign(bundle)
    made = [nsis.setup(bundle, fast=fast), portable(bundle)]
    if on("linux"):
        made.append(msi.package(bundle))
    say(f"made: {', '.join(path.name for path in made)}")


def frozen() -> Path:
    """Freeze for Windows: on Windows with the Python that runs this, on Linux with a verified one under Wine."""
    icons.make()
    build = fresh("freeze-windows")
    if on("win32"):
        made = freeze.freeze(build, _told(build, str(icons.ICONS / "app.ico")))
        licences.collect(made / freeze.CONTENTS, freeze.freezing_python())
        made.rename(FROZEN)
    else:
        with windows() as system:
            frozen_under_wine(system, build)
    freeze.clear_of_bytecode(FROZEN)
    same_time(FROZEN)
    freeze.look_at(FROZEN)
    freeze.within_budget("installed on Windows", freeze.size(FROZEN), app()["budget"]["windows_installed"])
    return FROZEN


def _sign(bundle: Path) -> None:
    """Sign our two programs where a command for it is given; the setup and its uninstaller are signed as NSIS runs."""
    command = os.environ.get(nsis.SIGN)
    if not command:
        skip("signatures", f"{nsis.SIGN} names no command that signs")
        return
    for program in app()["programs"].values():
        run(command, bundle / f"{program}.exe")


def python_under_wine(system: Windows) -> Path:
    """A Windows Python in ``C:\\py``, with the lock's packages and the program."""
    home = system.disk("py")
    shutil.copytree(runtime.home(), home)
    install_for_windows(home / "Lib" / "site-packages")
    return home / "python.exe"


def frozen_under_wine(system: Windows, build: Path) -> None:
    """PyInstaller in ``C:\\build``, so that no path of this machine is in what it makes."""
    python, inside = python_under_wine(system), system.disk("build")
    shutil.copytree(INSTALLER, inside / "installer", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(icons.ICONS / "app.ico", inside / "app.ico")
    told = _told(inside, "C:\\build\\app.ico", system)
    say("freezing under Wine")
    system.run(
        python, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN", "--distpath", inside / "dist",
        "--workpath", inside / "work", inside / "installer" / "freeze.spec", HELODOCTOR_FREEZE=told, timeout=900,
    )  # fmt: skip
    shutil.copytree(inside / "dist" / str(app()["product"]["package"]), build / FROZEN.name)
    licences.collect(build / FROZEN.name / freeze.CONTENTS, packages=python.parent / "Lib" / "site-packages")


def _told(folder: Path, icon: str, system: Windows | None = None) -> str:
    """The values for ``freeze.spec``, with the version resources and the manifest written to ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    resources = {}
    for which in app()["programs"]:
        path = folder / f"version-{which}.txt"
        path.write_text(version_resource(which), encoding="utf-8")
        resources[which] = system.windows_path(path) if system else str(path)
    template = (INSTALLER / "windows" / "manifest.xml.in").read_text(encoding="utf-8")
    quad = ".".join(map(str, version_quad()))
    return freeze.values(
        icon, version_resource=resources, manifest=template.format(id=app()["product"]["id"], quad=quad)
    )


def version_resource(which: str) -> str:
    """What Windows shows of a program's file, in the form that PyInstaller reads."""
    product, program = app()["product"], app()["programs"][which]
    strings = {
        "CompanyName": product["publisher"],
        "FileDescription": product["name"],
        "FileVersion": version(),
        "InternalName": program,
        "LegalCopyright": f"{product['publisher']}, {product['license']} License",
        "OriginalFilename": f"{program}.exe",
        "ProductName": product["name"],
        "ProductVersion": version(),
    }
    table = ", ".join(f"StringStruct({key!r}, {text!r})" for key, text in strings.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={version_quad()}, prodvers={version_quad()}, mask=0x3F, flags=0x0, "
        "OS=0x40004, fileType=0x1, subtype=0x0, date=(0, 0)), kids=[StringFileInfo([StringTable('040904B0', "
        f"[{table}])]), VarFileInfo([VarStruct('Translation', [1033, 1200])])])\n"
    )


def portable(bundle: Path) -> Path:
    """The zip that is unpacked anywhere: the marker beside the program keeps its data beside it, too."""
    target = OUT / f"{title('windows-portable')}.zip"
    folder, marker = app()["windows"]["folder"], app()["windows"]["marker"]
    told = "This file makes HELO Doctor portable: it keeps its data in the folder data beside this file.\r\n"
    moment = datetime.fromtimestamp(epoch(), UTC).timetuple()[:6]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        entries = {path.relative_to(bundle).as_posix(): path for path in sorted(bundle.rglob("*")) if path.is_file()}
        packed.writestr(_entry(f"{folder}/{marker}", moment), told)
        for name, path in entries.items():
            packed.writestr(_entry(f"{folder}/{name}", moment), path.read_bytes())
    return target


def _entry(name: str, moment: tuple[int, ...]) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, moment)  # type: ignore[arg-type]
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry
