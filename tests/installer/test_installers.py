"""The installers' sources agree with the program and with each other, and what they generate is what systems read."""

from __future__ import annotations

import ast
import plistlib
import re
import shutil
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml
from making import commands, freeze, icons, lint, linux, macos, msi, nsis, texts, trim, windows
from making.product import INSTALLER, ROOT, app, languages, version
from making.tools import PACKAGES, Stop

from helodoctor import folders
from helodoctor.casefile import store
from helodoctor.words import languages as spoken

WORKFLOW = ROOT / ".github" / "workflows" / "installers.yml"


def tools(*programs: str) -> pytest.MarkDecorator:
    """Skips where a tool of the build is not installed; ``build.py check lint`` installs them."""
    missing = [PACKAGES.get(program, program) for program in programs if not shutil.which(program)]
    return pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}")


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A small frozen folder."""
    folder = tmp_path / app()["product"]["package"]
    for name in ("helodoctor-gui.exe", "helodoctor.exe", "_internal/a $ sign.txt", "_internal/deep/er/ä.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
    return folder


# --- with the program ---


def test_app_toml_says_what_the_program_says() -> None:
    assert app()["windows"]["marker"] == folders.MARKER
    assert f".{app()['document']['suffix']}" == store.SUFFIX
    assert msi.PROFILE == folders.PROFILE
    assert set(spoken()) <= set(languages())
    programs = set(app()["programs"].values())
    scripts = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert all(re.search(rf'^{program} = "', scripts, re.MULTILINE) for program in programs)


def test_every_locked_package_has_the_version_of_the_programs_own_lock() -> None:
    def pinned(path: Path) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for name, number in re.findall(r"^([\w.-]+)==([\w.]+)", path.read_text(encoding="utf-8"), re.MULTILINE):
            found.setdefault(name, set()).add(number)
        return found

    ours, programs = pinned(INSTALLER / "requirements.lock"), pinned(ROOT / "requirements.lock")
    assert {"pyside6-essentials", "pyinstaller"} <= ours.keys()
    assert {name: ours[name] for name in ours.keys() & programs.keys()} == {
        name: programs[name] for name in ours.keys() & programs.keys()
    }


# --- what is carried ---


@pytest.mark.parametrize(
    ("path", "carried"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqoffscreen.so", True),
        ("PySide6\\plugins\\platforms\\qwindows.dll", True),
        ("PySide6\\Qt6Widgets.dll", True),
        ("PySide6/Qt/translations/qtbase_fr.qm", True),
        ("helodoctor_resources/locale/fr/LC_MESSAGES/helodoctor.mo", True),
        ("PySide6/Qt/translations/qtbase_ja.qm", False),
        ("PySide6/Qt/translations/qt_help_fr.qm", False),
        ("PySide6\\opengl32sw.dll", False),
        ("PySide6\\Qt6Network.dll", False),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", False),
        ("helodoctor_resources/locale/fr/LC_MESSAGES/helodoctor.po", False),
    ],
)
def test_what_the_program_uses_is_carried_and_nothing_else(path: str, carried: bool) -> None:
    assert (trim.unwanted(path, languages()) is None) is carried


def test_a_folder_with_something_unwanted_is_told(bundle: Path) -> None:
    freeze.look_at(bundle)
    (bundle / "_internal" / "opengl32sw.dll").touch()
    with pytest.raises(Stop, match="opengl32sw"):
        freeze.look_at(bundle)


def test_the_budget_is_kept() -> None:
    freeze.within_budget("it", 29_999_999, 30)
    with pytest.raises(Stop, match="too large"):
        freeze.within_budget("it", 30_000_001, 30)


# --- icons ---


def test_the_icons_hold_every_size() -> None:
    from PySide6.QtGui import QImage

    folder = icons.make()
    ico = (folder / "app.ico").read_bytes()
    count = struct.unpack_from("<HHH", ico)[2]
    entries = [struct.unpack_from("<BBBBHHII", ico, 6 + 16 * index) for index in range(count)]
    for entry, size in zip(entries, icons.ICO_SIZES, strict=True):
        picture = QImage.fromData(ico[entry[7] : entry[7] + entry[6]], "PNG")
        assert picture.width() == picture.height() == size
        assert picture.pixelColor(size // 2, size // 4).alpha() > 0
    assert macos.icon_sizes((folder / "app.icns").read_bytes()) == set(icons.ICNS_TYPES)


# --- Linux ---


@tools("makensis", "desktop-file-validate", "appstreamcli", "xmllint")
def test_the_systems_own_validators_and_compilers_find_nothing() -> None:
    lint.prove()


def test_the_desktop_entry_names_program_and_document() -> None:
    entry = texts.desktop_entry()
    assert "\nExec=helodoctor-gui %f\n" in entry
    assert f"\nMimeType={app()['document']['mime']};\n" in entry
    assert all(f"\nComment[{code}]=" in entry for code in languages()[1:])


def test_the_manual_names_every_command() -> None:
    from helodoctor.cli.main import COMMANDS

    page = texts.man_pages()["helodoctor.1"].replace("\\-", "-")
    assert [name for name in COMMANDS if f"\n.B {name}\n" not in page] == []


@tools("dpkg-deb", "objdump")
@pytest.mark.skipif(sys.platform != "linux", reason="a Debian package is made on Linux")
def test_a_debian_package_is_the_same_whenever_it_is_made(
    bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linux, "OUT", tmp_path)
    monkeypatch.setattr(linux, "fresh", lambda *parts: tmp_path.joinpath("work", *parts))
    shutil.copy("/bin/true", bundle / "helodoctor")
    first = linux.deb(bundle, fast=True).read_bytes()
    shutil.rmtree(tmp_path / "work")
    made = linux.deb(bundle, fast=True)
    assert made.read_bytes() == first
    told = subprocess.run(["dpkg-deb", "--info", made], capture_output=True, text=True, check=True).stdout
    assert f" Version: {version()}\n" in told
    assert re.search(r" Depends: libc6 \(>= 2\.\d+\), libegl1, libgl1\n", told)
    listed = subprocess.run(["dpkg-deb", "--contents", made], capture_output=True, text=True, check=True).stdout
    assert "./usr/bin/helodoctor -> /opt/helodoctor/helodoctor\n" in listed
    assert all(line.split()[1] == "root/root" for line in listed.splitlines())


# --- Windows ---


def test_every_file_is_installed_and_taken_away_and_the_deepest_folder_first(bundle: Path) -> None:
    written = nsis.files(bundle)
    installing, removing = written.split("!macro RemoveFiles")
    assert installing.count("  File ") == removing.count("  Delete ") == 4
    assert "_internal\\a $$ sign.txt" in removing
    folders_removed = re.findall(r'RMDir "(.*?)"', removing)
    assert folders_removed == ["$INSTDIR\\_internal\\deep\\er", "$INSTDIR\\_internal\\deep", "$INSTDIR\\_internal"]


def test_the_exit_codes_of_the_setup_are_written_down() -> None:
    script = (INSTALLER / "windows" / "setup.nsi").read_text(encoding="utf-8")
    told = (INSTALLER / "FIRST-START.md").read_text(encoding="utf-8")
    codes = re.findall(r"!define EXIT_\w+ (\d)", script)
    assert codes == ["4", "5"]
    assert all(re.search(rf"\b{code} [a-zW]", told) for code in ["0", "1", "2", *codes])


def test_a_files_component_is_the_same_in_every_version_and_a_product_is_not(bundle: Path) -> None:
    def guids(number: str) -> tuple[str, dict[str, str]]:
        root = msi._wix(bundle, number)
        product = root.find("Product")
        assert product is not None
        assert product.get("UpgradeCode") == app()["windows"]["upgrade_code"]
        files = {one.find("File").get("Name"): one.get("Guid") for one in root.iter("Component")}
        return product.get("Id"), files

    (older, one), (newer, other) = guids("1.0.0"), guids("1.1.0")
    assert older != newer
    assert one == other
    assert len(set(one.values())) == len(one) == 4


@tools("wixl", "msiinfo", "msibuild")
def test_the_msi_reads_back(bundle: Path, tmp_path: Path) -> None:
    (bundle / "_internal" / "a $ sign.txt").unlink()  # wixl takes it for a variable; no file of ours has one
    made = msi.package(bundle, target=tmp_path / "tiny.msi")
    export = ["msiinfo", "export", str(made)]
    rows = {
        table: subprocess.run([*export, table], capture_output=True, text=True, check=True).stdout
        for table in ("Upgrade", "File", "Registry", "Shortcut", "MoveFile")
    }
    assert app()["windows"]["upgrade_code"] in rows["Upgrade"]
    assert rows["File"].count("\n") == 3 + 3
    assert "HELO Doctor" in rows["Shortcut"] and f".{app()['document']['suffix']}" in rows["Registry"]
    assert "profile.toml" in rows["MoveFile"]


def test_the_portable_zip_carries_the_marker_and_is_the_same_again(
    bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows, "OUT", tmp_path)
    first = windows.portable(bundle).read_bytes()
    made = windows.portable(bundle)
    assert made.read_bytes() == first
    with zipfile.ZipFile(made) as packed:
        assert f"HELO Doctor/{folders.MARKER}" in packed.namelist()
        assert len(packed.namelist()) == 5


def test_the_version_resource_is_a_tree_that_can_be_read() -> None:
    for which, program in app()["programs"].items():
        tree = ast.unparse(ast.parse(windows.version_resource(which), mode="eval"))
        assert f"'{program}.exe'" in tree and f"'{version()}'" in tree


# --- macOS ---


def test_the_property_list_declares_the_document_it_opens() -> None:
    told = plistlib.loads(plistlib.dumps(macos.info()))
    assert told == macos.info()
    (declared,) = told["UTExportedTypeDeclarations"]
    (opened,) = told["CFBundleDocumentTypes"]
    assert opened["LSItemContentTypes"] == [declared["UTTypeIdentifier"]]
    assert declared["UTTypeTagSpecification"]["public.filename-extension"] == ["helocase"]


def test_programs_for_the_mac_are_told_by_their_first_bytes() -> None:
    fat = struct.pack(">II", macos.FAT_MAGIC, 2)
    fat += struct.pack(">IIIII", macos.X86_64, 0, 0, 0, 0) + struct.pack(">IIIII", macos.ARM64, 0, 0, 0, 0)
    assert macos.architectures(fat) == ["arm64", "x86_64"]
    assert macos.architectures(struct.pack("<II", 0xFEEDFACF, macos.ARM64)) == ["arm64"]
    assert macos.architectures(b"\x7fELF\0\0\0\0") == []


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash here")
@pytest.mark.parametrize("script", ["macos/sign.sh", "macos/dmg.sh", "macos/notarise.sh", "linux/install.sh"])
def test_the_scripts_can_be_read_by_their_shell(script: str) -> None:
    assert subprocess.run(["bash", "-n", INSTALLER / script], check=False).returncode == 0


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash here")
def test_without_a_certificate_notarisation_says_loudly_that_it_is_not_done(tmp_path: Path) -> None:
    command = ["bash", INSTALLER / "macos" / "notarise.sh", tmp_path / "a.dmg"]
    done = subprocess.run(command, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "*** NOT DONE: notarisation of a.dmg" in done.stdout


# --- the workflow ---


def test_the_workflow_asks_only_for_what_build_py_can() -> None:
    told = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    steps = [step.get("run", "") for job in told["jobs"].values() for step in job["steps"]]
    asked = {word for step in steps for word in re.findall(r"installer/build\.py (\w+)", step)}
    assert asked == {"linux", "windows", "msi", "macos"} and asked <= commands.COMMANDS.keys()
    assert {job["runs-on"] for job in told["jobs"].values()} == {"ubuntu-22.04", "windows-latest", "macos-14"}


def test_every_system_installs_judges_and_uninstalls() -> None:
    told = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    for name, uninstall in (
        ("linux", "purge"), ("windows", "uninstall.exe"), ("msi-installed", "/x"), ("macos", "rm -r"),
    ):  # fmt: skip
        steps = "\n".join(step.get("run", "") for step in told["jobs"][name]["steps"])
        assert "--self-test" in steps and uninstall in steps, name
