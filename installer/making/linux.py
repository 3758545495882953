"""Linux: the ``.deb``, the single ``.run`` file and the wheel, from one frozen folder."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from making import freeze, icons, texts
from making.environment import wheel
from making.product import INSTALLER, OUT, ROOT, app, epoch, title
from making.tools import Stop, environment, fresh, need, run, say


def make(*, fast: bool) -> None:
    """Everything for Linux, into ``dist/``."""
    need("dpkg-deb", "makeself", "strip", "objdump")
    OUT.mkdir(exist_ok=True)
    bundle = freeze.linux()
    made = [deb(bundle, fast=fast), single_file(bundle, fast=fast), Path(shutil.copy2(wheel(), OUT))]
    say(f"made: {', '.join(path.name for path in made)}")


def glibc_floor(bundle: Path) -> str:
    """The newest version of the C library that a file of the bundle asks for.

    Raises:
        Stop: it is newer than ``app.toml`` allows.
    """
    libraries = [path for path in bundle.rglob("*") if path.is_file() and path.read_bytes()[:4] == b"\x7fELF"]
    symbols = "".join(run("objdump", "-T", *libraries))
    floor = max(re.findall(r"GLIBC_(\d+\.\d+)", symbols), key=_numbers)
    allowed = app()["linux"]["glibc_at_most"]
    if _numbers(floor) > _numbers(allowed):
        raise Stop(f"the bundle needs glibc {floor}; at most {allowed} is allowed")
    return floor


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def deb(bundle: Path, *, fast: bool = False) -> Path:
    """The Debian package; the program lies in ``/opt``, as what is not Debian's own should."""
    linux, product = app()["linux"], app()["product"]
    root = fresh("deb", product["package"])
    home = root / "opt" / product["package"]
    shutil.copytree(bundle, home, symlinks=True)
    texts.share(root / "usr" / "share", icons.make())
    for program in app()["programs"].values():
        link = root / "usr" / "bin" / program
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(f"/opt/{product['package']}/{program}")
    _documents(root / "usr" / "share" / "doc" / product["package"])
    control = (INSTALLER / "linux" / "control.in").read_text(encoding="utf-8").format(
        kilobytes=freeze.size(root) // 1024,
        section=linux["section"],
        glibc=glibc_floor(bundle),
        depends=", ".join(linux["depends"]),
        recommends=", ".join(linux["recommends"]),
        summary=product["summary"]["en"],
        description=_folded(product["description"]),
        **{key: texts.names()[key] for key in ("package", "version", "contact")},
    )
    (root / "DEBIAN").mkdir()
    (root / "DEBIAN" / "control").write_text(control, encoding="utf-8")
    same_time(root)
    target = OUT / f"{product['package']}_{texts.names()['version']}_amd64.deb"
    OUT.mkdir(exist_ok=True)
    run("dpkg-deb", "--root-owner-group", "-Zxz", "-z1" if fast else "-z9", "--build", root, target)
    if not fast:
        freeze.within_budget(target.name, target.stat().st_size, app()["budget"]["deb"])
    return target


def _documents(folder: Path) -> None:
    folder.mkdir(parents=True)
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8").split("\n\n", 2)[2]
    indented = "\n".join(f" {line or '.'}" for line in licence.strip().splitlines())
    filled = (INSTALLER / "linux" / "copyright.in").read_text(encoding="utf-8").format(text=indented, **texts.names())
    (folder / "copyright").write_text(filled, encoding="utf-8")
    (folder / "changelog.gz").write_bytes(texts.compressed((ROOT / "CHANGELOG.md").read_text(encoding="utf-8")))


def _folded(paragraphs: list[str]) -> str:
    """A Debian description: every line begins with a space, a dot stands between paragraphs."""
    import textwrap

    wrapped = ["\n".join(f" {line}" for line in textwrap.wrap(part, 78)) for part in paragraphs]
    return "\n .\n".join(wrapped)


def same_time(root: Path) -> None:
    """Modes and times that do not tell when or by whom something was built."""
    for path in (root, *root.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        os.utime(path, (epoch(), epoch()), follow_symlinks=False)


def single_file(bundle: Path, *, fast: bool = False) -> Path:
    """The ``.run``: a shell script with the bundle behind it, which installs for one user."""
    root = fresh("run")
    shutil.copytree(bundle, root / "bundle", symlinks=True)
    listed = texts.share(root / "share", icons.make())
    (root / "share.list").write_text("\n".join(listed) + "\n", encoding="utf-8")
    script = (INSTALLER / "linux" / "install.sh").read_text(encoding="utf-8")
    for key, value in texts.names().items():
        script = script.replace(f"@{key}@", value)
    (root / "install.sh").write_text(script, encoding="utf-8")
    (root / "install.sh").chmod(0o755)
    same_time(root)
    OUT.mkdir(exist_ok=True)
    target = OUT / f"{title('linux-x86_64')}.run"
    run(
        "makeself", "--quiet", "--nox11", "--xz", "--complevel", "1" if fast else "9",
        "--packaging-date", texts.names()["date"],
        "--tar-extra", f"--sort=name --mtime=@{epoch()} --owner=0 --group=0 --numeric-owner",
        root, target, texts.names()["name"], "./install.sh",
    )  # fmt: skip
    return target


def prove_single_file(made: Path) -> None:
    """Install the ``.run`` into an empty home, judge the program there, take it away again.

    Raises:
        Stop: one of these does not hold, or something stays that is not the user's.
    """
    home = fresh("run-home")
    env = environment(HOME=str(home), LC_ALL="C.UTF-8")
    for variable in ("XDG_DATA_HOME", "XDG_CACHE_HOME"):
        env.pop(variable, None)
    run("sh", made, env=env)
    programs, identity = app()["programs"], app()["product"]["id"]
    freeze.self_test(home / ".local" / "bin" / programs["window"], home / "report.json", env=env)
    entry = (home / ".local/share/applications" / f"{identity}.desktop").read_text(encoding="utf-8")
    if f'Exec="{home}/.local/lib/' not in entry:
        raise Stop("the menu's entry does not name the program")
    case = home / ".local" / "share" / app()["product"]["package"] / "cases" / "a.helocase"
    case.parent.mkdir(parents=True)
    case.touch()
    run("sh", made, "--", "--uninstall", env=env)
    (home / "report.json").unlink()
    left = [path for path in home.rglob("*") if path.is_file() and path != case and "mime" not in path.parts]
    left = [path for path in left if path.name != "mimeinfo.cache" and ".cache" not in path.parts]
    if left or not case.exists():
        raise Stop(f"left behind: {left}")
    say("installed for one user from the single file, judged, taken away; the cases stay")
