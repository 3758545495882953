"""The Windows setup: NSIS compiles ``setup.nsi`` with the files of a frozen folder and the sentences of texts.toml."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

from making import freeze, icons
from making.product import INSTALLER, OUT, app, title, version, version_quad
from making.tools import fresh, need, run

SCRIPT = INSTALLER / "windows" / "setup.nsi"
TEXTS = INSTALLER / "windows" / "texts.toml"
SIGN = "HELODOCTOR_SIGN"  # a command that signs the file it is given; unset: nothing is signed


def setup(bundle: Path, *, fast: bool = False, told_version: str | None = None, target: Path | None = None) -> Path:
    """Compile the setup for ``bundle``; ``told_version`` plays another version (the upgrade is proven with it)."""
    need("makensis")
    build = fresh("nsis")
    (build / "texts.nsh").write_text(texts(), encoding="utf-8-sig")
    (build / "files.nsh").write_text(files(bundle), encoding="utf-8-sig")
    target = target or OUT / f"{title('windows-setup')}.exe"
    values = definitions(bundle, target) | ({"VERSION": told_version} if told_version else {})
    if fast:
        values["FAST"] = "1"
    if os.environ.get(SIGN):
        values["SIGN"] = os.environ[SIGN]
    dash = "/" if os.name == "nt" else "-"
    defined = [f"{dash}D{key}={value}" for key, value in values.items()]
    script = build / "setup.nsi"
    source = SCRIPT.read_text(encoding="utf-8").replace("!include texts.nsh", '!include texts.nsh\n!include files.nsh')
    script.write_text(source, encoding="utf-8-sig")
    run("makensis", f"{dash}V2", f"{dash}WX", f"{dash}INPUTCHARSET", "UTF8", *defined, script, cwd=build)
    if not fast:
        freeze.within_budget(target.name, target.stat().st_size, app()["budget"]["setup"])
    return target


def definitions(bundle: Path, target: Path) -> dict[str, str]:
    """The values that ``setup.nsi`` is compiled with."""
    product, programs, windows, document = (app()[table] for table in ("product", "programs", "windows", "document"))
    return {
        "NAME": product["name"],
        "PACKAGE": product["package"],
        "KEY": product["name"].replace(" ", ""),
        "PUBLISHER": product["publisher"],
        "VERSION": version(),
        "QUAD": ".".join(map(str, version_quad())),
        "FOLDER": windows["folder"],
        "CLASS": windows["class"],
        "WINDOW": programs["window"],
        "TERMINAL": programs["terminal"],
        "SUFFIX": document["suffix"],
        "MIME": document["mime"],
        "DATA": product["package"],
        "KILOBYTES": str(freeze.size(bundle) // 1024),
        "ICON": str(icons.make() / "app.ico"),
        "SIDE": str(icons.ICONS / "side.bmp"),
        "OUTFILE": str(target),
    }


def texts() -> str:
    """``texts.nsh``: the languages in order, and every sentence in each."""
    told = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
    languages = {language["code"]: language["nsis"] for language in app()["language"]}
    values = {"name": app()["product"]["name"], "data": app()["product"]["package"]}
    lines = [f'!insertmacro MUI_LANGUAGE "{name}"' for name in languages.values()]
    for key, sentences in told.items():
        for code, name in languages.items():
            sentence = sentences[code].format(**values).replace('"', '$\\"')
            lines.append(f'LangString {key} ${{LANG_{name.upper()}}} "{sentence}"')
    return "\n".join(lines) + "\n"


def files(bundle: Path) -> str:
    """``files.nsh``: two macros that install each file, and remove each file and each folder that is then empty."""
    paths = sorted(path for path in bundle.rglob("*") if path.is_file())
    folders = sorted({path.parent.relative_to(bundle) for path in paths} | _above(bundle, paths))
    lines = ["!macro InstallFiles"]
    for folder in folders:
        lines.append(f'  SetOutPath "{_installed(folder)}"')
        lines += [f'  File "{path}"' for path in paths if path.parent == bundle / folder]
    lines += ['  SetOutPath "$INSTDIR"', "!macroend", "!macro RemoveFiles", '  SetOutPath "$TEMP"']
    lines += [f'  Delete "{_installed(path.relative_to(bundle))}"' for path in paths]
    lines += [f'  RMDir "{_installed(folder)}"' for folder in reversed(folders) if folder != Path()]
    return "\n".join([*lines, "!macroend", ""])


def _above(bundle: Path, paths: list[Path]) -> set[Path]:
    """The folders that hold only folders."""
    return {above for path in paths for above in path.relative_to(bundle).parents}


def _installed(path: Path) -> str:
    return "$INSTDIR" if path == Path() else "$INSTDIR\\" + str(path).replace("/", "\\").replace("$", "$$")
