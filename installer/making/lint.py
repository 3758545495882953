"""What can be checked of the installers without building one: in seconds, so that every change is held to it."""

from __future__ import annotations

import gzip
import re
import tomllib
from xml.etree import ElementTree

from making import icons, macos, nsis, texts
from making.product import INSTALLER, ROOT, app, languages, version
from making.tools import Stop, attempt, fresh, need, run, say

# Nobody owns a domain for the project, so its id does not begin with one; app.py tells the window system the same id.
ACCEPTED = ("cid-desktopapp-is-not-rdns", "cid-contains-uppercase-letter")


def prove() -> None:
    """Every check.

    Raises:
        Stop: one does not hold.
    """
    need("makensis", "desktop-file-validate", "appstreamcli", "xmllint")
    _identity()
    _sentences()
    _desktop()
    _setup()
    say("the installers' sources hold")


def _identity() -> None:
    """One id and one version everywhere."""
    window = (ROOT / "gui" / "helodoctor_gui" / "app.py").read_text(encoding="utf-8")
    if f'"{app()["product"]["id"]}"' not in window:
        raise Stop("app.py tells the window system another id than app.toml")
    if macos.info()["CFBundleShortVersionString"] != version():
        raise Stop("the versions differ")


def _sentences() -> None:
    """Every sentence of the setup in every language."""
    told = tomllib.loads(nsis.TEXTS.read_text(encoding="utf-8"))
    lacking = {key: set(languages()) ^ set(sentences) for key, sentences in told.items()}
    if any(lacking.values()):
        raise Stop(f"sentences lack a language: {lacking}")
    used = set(re.findall(r"\$\(([A-Z_]+)\)", nsis.SCRIPT.read_text(encoding="utf-8")))
    if used != set(told):
        raise Stop(f"setup.nsi and texts.toml differ in {used ^ set(told)}")


def _desktop() -> None:
    """The files for Linux desktops, by their own validators."""
    root = fresh("lint") / "share"
    listed = texts.share(root, icons.make())
    identity = app()["product"]["id"]
    run("desktop-file-validate", root / f"applications/{identity}.desktop")
    run("xmllint", "--noout", root / f"mime/packages/{identity}.xml")
    told = attempt("appstreamcli", "validate", "--no-net", root / f"metainfo/{identity}.metainfo.xml").stdout
    serious = [line for line in told.splitlines() if line.startswith(("E:", "W:"))]
    if faults := [line for line in serious if not any(accepted in line for accepted in ACCEPTED)]:
        raise Stop(f"metainfo: {faults}")
    for page in (name for name in listed if name.startswith("man/")):
        text = gzip.decompress((root / page).read_bytes()).decode()
        if not text.startswith(".TH ") or ".SH DESCRIPTION" not in text:
            raise Stop(f"{page} is no manual page")


def _setup() -> None:
    """NSIS compiles the setup of a tiny payload, every warning an error; the msi's source is well formed."""
    bundle = fresh("lint-bundle") / str(app()["product"]["package"])
    for name in (*(f"{program}.exe" for program in app()["programs"].values()), "_internal/a $ sign.txt"):
        (bundle / name).parent.mkdir(parents=True, exist_ok=True)
        (bundle / name).write_text(name)
    made = nsis.setup(bundle, fast=True, target=fresh("lint-setup") / "helodoctor-tiny.exe")
    if made.read_bytes()[:2] != b"MZ":
        raise Stop("the setup is no program")
    manifest = (INSTALLER / "windows" / "manifest.xml.in").read_text(encoding="utf-8")
    ElementTree.fromstring(manifest.format(id=app()["product"]["id"], quad="1.0.0.0"))
