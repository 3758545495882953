"""The Windows package for fleets: WiX source for every file, compiled by msitools' wixl. It asks nothing.

    msiexec /i helodoctor-X-windows.msi /qn /l*v install.log      installs for all users
    msiexec /x helodoctor-X-windows.msi /qn                       takes it away; the users' cases stay

An organisation's ``profile.toml`` that lies beside the msi is copied beside the program.
"""

from __future__ import annotations

import os
import shutil
import uuid
from itertools import count
from pathlib import Path
from xml.etree import ElementTree

from making import icons
from making.product import OUT, WORK, app, title, version_quad
from making.tools import fresh, need, run

_SPACE = uuid.UUID(str(app()["windows"]["upgrade_code"]))
PROFILE = "profile.toml"
COMPONENT = "window"


def package(bundle: Path, *, quad: tuple[int, ...] | None = None, target: Path | None = None) -> Path:
    """Compile the msi for ``bundle``; ``quad`` plays another version."""
    need("wixl", "msiinfo")
    told = ".".join(map(str, (quad or version_quad())[:3]))  # Windows Installer compares three numbers
    build = fresh("msi")  # wixl wants the icon and the files below the folder it runs in, or beside it
    shutil.copy(icons.make() / "app.ico", build)
    source = build / "app.wxs"
    tree = ElementTree.ElementTree(_wix(bundle, told))
    ElementTree.indent(tree)
    tree.write(source, encoding="utf-8", xml_declaration=True)
    target = target or OUT / f"{title('windows')}.msi"
    target.unlink(missing_ok=True)
    run("wixl", "--arch", "x64", "--output", target, source.name, cwd=build)
    _copy_profile(target)
    return target


def _copy_profile(target: Path) -> None:
    """Have the organisation's profile copied from beside the msi: the table MoveFile, which wixl has no words for."""
    columns = (
        "`FileKey` CHAR(72) NOT NULL, `Component_` CHAR(72) NOT NULL, `SourceName` CHAR(255) LOCALIZABLE, "
        "`DestName` CHAR(255) LOCALIZABLE, `SourceFolder` CHAR(72), `DestFolder` CHAR(72) NOT NULL, "
        "`Options` SHORT NOT NULL"
    )
    rows = {
        "MoveFile": f"'profile', '{COMPONENT}', '{PROFILE}', '{PROFILE}', 'SourceDir', 'INSTALLDIR', 0",
        "RemoveFile": f"'profile', '{COMPONENT}', '{PROFILE}', 'INSTALLDIR', 2",
    }
    names = {
        "MoveFile": "`FileKey`, `Component_`, `SourceName`, `DestName`, `SourceFolder`, `DestFolder`, `Options`",
        "RemoveFile": "`FileKey`, `Component_`, `FileName`, `DirProperty`, `InstallMode`",
    }
    sequence = "INSERT INTO `InstallExecuteSequence` (`Action`, `Condition`, `Sequence`) VALUES"
    queries = [
        f"CREATE TABLE `MoveFile` ({columns} PRIMARY KEY `FileKey`)",
        *(f"INSERT INTO `{table}` ({names[table]}) VALUES ({row})" for table, row in rows.items()),
        f"{sequence} ('ResolveSource', 'NOT Installed', 850)",
        f"{sequence} ('MoveFiles', '', 3800)",
    ]
    run("msibuild", target, *(word for query in queries for word in ("-q", query)))


def _wix(bundle: Path, told: str) -> ElementTree.Element:
    product, windows = app()["product"], app()["windows"]
    root = ElementTree.Element("Wix", xmlns="http://schemas.microsoft.com/wix/2006/wi")
    whole = _under(
        root, "Product", Id=_guid(f"product {told}"), Name=product["name"], Version=told, Language="1033",
        Manufacturer=product["publisher"], UpgradeCode=windows["upgrade_code"],
    )  # fmt: skip
    _under(
        whole, "Package", Id=_guid(f"package {told}"), InstallerVersion="500", Compressed="yes",
        InstallScope="perMachine", Description=product["summary"]["en"],
    )  # fmt: skip
    _under(whole, "MajorUpgrade", DowngradeErrorMessage=f"A newer version of {product['name']} is installed.")
    _under(whole, "Media", Id="1", Cabinet="files.cab", EmbedCab="yes")
    _under(whole, "Icon", Id="app.ico", SourceFile="app.ico")
    _under(whole, "Property", Id="ARPPRODUCTICON", Value="app.ico")
    target = _under(whole, "Directory", Id="TARGETDIR", Name="SourceDir")
    programs = _under(target, "Directory", Id="ProgramFiles64Folder")
    home = _under(programs, "Directory", Id="INSTALLDIR", Name=windows["folder"])
    _under(target, "Directory", Id="ProgramMenuFolder")
    feature = _under(whole, "Feature", Id="Program", Title=product["name"], Level="1")
    _folder(bundle, home, feature, count(1))
    return root


def _folder(folder: Path, element: ElementTree.Element, feature: ElementTree.Element, numbers: count[int]) -> None:
    """Every file of ``folder`` as a component of its own, then the folders in it."""
    for path in sorted(folder.iterdir()):
        number = next(numbers)
        if path.is_dir():
            _folder(path, _under(element, "Directory", Id=f"d{number}", Name=path.name), feature, numbers)
            continue
        is_window = path.name == f"{app()['programs']['window']}.exe"
        identity = COMPONENT if is_window else f"c{number}"
        source = os.path.relpath(path, WORK / "msi")
        component = _under(element, "Component", Id=identity, Guid=_guid(f"file {_below(path)}"), Win64="yes")
        file = _under(component, "File", Id=f"f{number}", Name=path.name, Source=source, KeyPath="yes")
        _under(feature, "ComponentRef", Id=identity)
        if is_window:
            _program(component, file)


def _program(component: ElementTree.Element, file: ElementTree.Element) -> None:
    """The window's own component: the entry in the start menu and the document type."""
    product, windows, document = app()["product"], app()["windows"], app()["document"]
    _under(
        file, "Shortcut", Id="StartMenu", Directory="ProgramMenuFolder", Name=product["name"],
        WorkingDirectory="INSTALLDIR", Icon="app.ico", Advertise="no",
    )  # fmt: skip
    kind, suffix = f"Software\\Classes\\{windows['class']}", f"Software\\Classes\\.{document['suffix']}"
    program = f"[INSTALLDIR]{app()['programs']['window']}.exe"
    for key, value in (
        (suffix, windows["class"]),
        (kind, document["title"]["en"]),
        (f"{kind}\\DefaultIcon", f"{program},0"),
        (f"{kind}\\shell\\open\\command", f'"{program}" "%1"'),
    ):
        entry = _under(component, "RegistryKey", Root="HKLM", Key=key)
        _under(entry, "RegistryValue", Type="string", Value=value)


def _below(path: Path) -> str:
    """A file's path inside the bundle, which is what its component is known by from version to version."""
    parts = path.parts
    return "/".join(parts[len(parts) - parts[::-1].index(str(app()["product"]["package"])) :])


def _guid(name: str) -> str:
    return str(uuid.uuid5(_SPACE, name)).upper()


def _under(parent: ElementTree.Element, tag: str, **attributes: str) -> ElementTree.Element:
    return ElementTree.SubElement(parent, tag, attributes)
