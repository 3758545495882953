#!/usr/bin/env python3
"""The one script that sets everything up: it makes ``.venv``, installs the pinned packages, and runs what is asked.

    python3 dev.py run [ARGUMENTS]      the program; no arguments opens the window (without a display: the guide here)
    python3 dev.py test [ARGUMENTS]     the tests; ARGUMENTS go to pytest
        --lab [usual|all|NAME,NAME]     adds real mail servers, in throw-away roots (Linux, root; usual: four)
        --long                          the stress tests at their full counts (default: 2 % of them)
    python3 dev.py lint                 ruff, mypy, the import contracts, the completeness of the catalogues
    python3 dev.py words                reads all messages out of the sources into the catalogues of every language
    python3 dev.py shots [FOLDER]       a picture of every page in several looks (default: shots/); "handbook": its own
    python3 dev.py lock [--upgrade]     writes requirements.lock anew, keeping the versions in it unless told to upgrade

It needs Python 3.11 and nothing else, on Linux, Windows and macOS. Each step is told in one line on stderr; where
nothing changed since the last time no step is needed. It writes inside this folder only, but for the system libraries
Qt needs: on Debian and Ubuntu it installs the missing ones when it is root, and prints the command when it is not.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST_PYTHON = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "installed.sha256"
LOCALE = ROOT / "resources" / "helodoctor_resources" / "locale"
CATALOGUES = ROOT / "resources" / "catalogues.py"
ON_WINDOWS = os.name == "nt"
PROGRAMS = VENV / ("Scripts" if ON_WINDOWS else "bin")
PYTHON = PROGRAMS / ("python.exe" if ON_WINDOWS else "python")

# The platform plugins that must load: the window's own on X11, and the one the tests draw with.
QT_PLUGINS = ("libqxcb.so", "libqoffscreen.so")
# Debian Policy 8.1 names a library's package after its soname; GLib's are named otherwise.
PACKAGES_NAMED_OTHERWISE = {"libglib-2.0.so.0": "libglib2.0-0", "libgthread-2.0.so.0": "libglib2.0-0"}

# What pip said -> what that means for the person at the keyboard.
PIP_TROUBLE = {
    "DO NOT MATCH THE HASHES": "A package differs from its hash in requirements.lock, so it was not installed.",
    "No space left on device": "The disk is full, so the packages could not be installed.",
    "SSLError": "The packages could not be fetched, because the index's certificate is not trusted here (pip: cert).",
    "NameResolutionError|NewConnectionError|ConnectTimeoutError|ReadTimeoutError|ProxyError": (
        "The packages could not be fetched, because the package index does not answer. Check the network, "
        "or point pip at an index you can reach (pip config set global.index-url ...)."
    ),
}


class Stop(Exception):
    """Ends the script with one sentence for the person at the keyboard."""


def say(step: str) -> None:
    """Tell one step, on stderr, so that ``run check --json`` keeps stdout to itself."""
    print(f"dev.py: {step}", file=sys.stderr, flush=True)


def environment(**added: str) -> "dict[str, str]":
    """The children's environment: ours, without what would lead Python or pip out of ``.venv``."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME", "PIP_TARGET")}
    return kept | {"PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"} | added


def call(*command: "str | Path", **added: str) -> int:
    """Run ``command`` in the project's folder, its output shown; returns its exit code."""
    try:
        return subprocess.call([str(part) for part in command], cwd=ROOT, env=environment(**added))
    except KeyboardInterrupt:
        return 130


def ask(*command: "str | Path", **added: str) -> "subprocess.CompletedProcess[str]":
    """Run ``command`` like :func:`call`, but keep its output to read."""
    return subprocess.run(
        [str(part) for part in command], cwd=ROOT, env=environment(**added), capture_output=True, text=True, check=False
    )


def check_version() -> None:
    """Stop with a sentence where Python is too old (this file stays readable to 3.6, so that it can say so)."""
    if sys.version_info < OLDEST_PYTHON:
        found, needed = (".".join(map(str, version)) for version in (sys.version_info[:3], OLDEST_PYTHON))
        raise Stop(
            f"HELO Doctor needs Python {needed} or newer, and this is {found} ({sys.executable}). "
            f"Start dev.py with a newer one, for example: python{needed} dev.py test"
        )


def check_modules() -> None:
    """Stop with a sentence where Python cannot make a virtual environment."""
    try:
        import ensurepip  # noqa: F401 - Debian splits both modules off into python3-venv
        import venv  # noqa: F401
    except ImportError as missing:
        raise Stop(
            f"This Python cannot make virtual environments, because its module {missing.name} is not installed. "
            "On Debian and Ubuntu: apt-get install python3-venv"
        ) from None


def wanted_state() -> str:
    """A hash over everything an installation follows from; a moved clone counts as changed (scripts hold paths)."""
    digest = hashlib.sha256(f"{ROOT}\n".encode())
    for source in (LOCK, ROOT / "pyproject.toml"):
        digest.update(source.read_bytes())
    return digest.hexdigest()


def make_venv() -> None:
    """Make ``.venv`` unless there is a working one."""
    if PYTHON.exists() and ask(PYTHON, "-c", "import pip").returncode == 0:
        return
    check_modules()
    say(f"making .venv with Python {sys.version.split()[0]}")
    made = ask(sys.executable, "-m", "venv", "--clear", VENV)
    if made.returncode:
        raise Stop(f"The folder .venv could not be made.\n{(made.stdout + made.stderr).strip()}")


def pip_install(*arguments: "str | Path") -> None:
    """``pip install`` from whatever index pip is configured for, leaving no cache outside the clone."""
    done = ask(PYTHON, "-m", "pip", "install", "--quiet", "--no-cache-dir", "--no-deps", *arguments)
    if done.returncode:
        raise Stop(pip_trouble(done.stdout + done.stderr))


def pip_trouble(output: str) -> str:
    """What pip's output means, in one sentence, with its last lines as the detail."""
    meaning = next((told for mark, told in PIP_TROUBLE.items() if re.search(mark, output)), "pip did not succeed.")
    return "\n    ".join([meaning, *(line[:200] for line in output.strip().splitlines()[-3:])])


def install() -> None:
    """Bring ``.venv`` to the state of the lock and ``pyproject.toml``; a stamp tells that it is there already."""
    wanted = wanted_state()
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text(encoding="ascii") == wanted:
        return
    make_venv()
    say("installing what requirements.lock names (the first time about 150 MB)")
    pip_install("--require-hashes", "-r", LOCK)
    say("installing HELO Doctor itself, editable")
    pip_install("--no-build-isolation", "--editable", ROOT)
    ask(PYTHON, "-m", "compileall", "-q", "core", "gui", "resources")  # else the first start would take twice as long
    STAMP.write_text(wanted, encoding="ascii")


def compile_catalogues() -> None:
    """Compile the message catalogues whose source is newer (an untranslated program would be the only sign)."""
    pairs = [(source, source.with_suffix(".mo")) for source in LOCALE.glob("*/LC_MESSAGES/*.po")]
    if any(not made.exists() or made.stat().st_mtime < source.stat().st_mtime for source, made in pairs):
        say("compiling the message catalogues")
        if call(PYTHON, CATALOGUES, "compile"):
            raise Stop("The message catalogues could not be compiled; the lines above say where.")


def debian_package(soname: str) -> str:
    """The Debian package of a shared library: ``libxcb-cursor.so.0`` -> ``libxcb-cursor0`` (Debian Policy 8.1)."""
    if soname in PACKAGES_NAMED_OTHERWISE:
        return PACKAGES_NAMED_OTHERWISE[soname]
    name, _, version = soname.lower().partition(".so.")
    return f"{name}-{version}" if name[-1].isdigit() else name + version


def missing_in(ldd_output: str) -> "list[str]":
    """The sonames that ``ldd`` did not find, sorted, each once."""
    return sorted({line.split()[0] for line in ldd_output.splitlines() if line.endswith("=> not found")})


def missing_libraries() -> "list[str]":
    """The shared libraries that Qt's platform plugins lack on this Linux; empty elsewhere or without Qt."""
    folder = "lib/python*/site-packages/PySide6/Qt/plugins/platforms"
    plugins = [path for name in QT_PLUGINS for path in VENV.glob(f"{folder}/{name}")]
    if not plugins or not shutil.which("ldd"):
        return []
    return missing_in(ask("ldd", *plugins, LC_ALL="C").stdout)


def provide_qt_libraries() -> None:
    """Install the libraries Qt lacks (Debian, as root), or say which command would; the caller goes on either way."""
    missing = missing_libraries()
    if not missing:
        return
    packages = sorted({debian_package(soname) for soname in missing})
    if not shutil.which("apt-get"):
        say(f"the window needs these system libraries, which are not installed: {' '.join(missing)}")
    elif os.geteuid() != 0:
        say(f"the window needs system libraries; to get them: sudo apt-get install {' '.join(packages)}")
    else:
        say(f"installing the system libraries Qt lacks: {' '.join(packages)}")
        apt_install(packages)


def apt_install(packages: "list[str]") -> None:
    """Install Debian packages as root; where that does not work, the command to try by hand is told."""
    ask("apt-get", "-qq", "update")
    install = ("install", "--yes", "--no-install-recommends", *packages)
    done = ask("apt-get", "-qq", *install, DEBIAN_FRONTEND="noninteractive")
    if done.returncode:
        say(f"that did not work ({done.stderr.strip()}); to try by hand: apt-get install {' '.join(packages)}")


def run(arguments: "list[str]") -> int:
    """``helodoctor``, with Qt able to start; on Unix it takes this process's place, so that signals reach it."""
    provide_qt_libraries()
    program = PROGRAMS / ("helodoctor.exe" if ON_WINDOWS else "helodoctor")
    if not ON_WINDOWS:
        os.execv(program, [str(program), *arguments])
    return call(program, *arguments)


def test_plan(arguments: "list[str]") -> "tuple[list[str], dict[str, str]]":
    """The arguments for pytest, and the environment that tells the tests about ``--lab`` and ``--long``."""
    rest, told = list(arguments), {}
    if "--long" in rest:
        rest.remove("--long")
        told["HELODOCTOR_LONG_SHARE"] = "1"
    if "--lab" in rest:
        at = rest.index("--lab")
        rest.pop(at)
        named = at < len(rest) and not rest[at].startswith("-") and not names_tests(rest[at])
        told["HELODOCTOR_LAB"] = rest.pop(at) if named else "usual"
        if not any(map(names_tests, rest)):
            rest = ["tests", "--ignore", "tests/bench", *rest]
    return rest, told


def names_tests(argument: str) -> bool:
    """Whether an argument names a file or folder of tests (``tests/core/test_dev.py::test_x``)."""
    return (ROOT / argument.partition("::")[0]).exists()


def test(arguments: "list[str]") -> int:
    """pytest, with the real servers (``--lab``) and the full counts (``--long``) where asked."""
    provide_qt_libraries()
    to_pytest, told = test_plan(arguments)
    return call(PYTHON, "-m", "pytest", *to_pytest, **told)


def lint(arguments: "list[str]") -> int:
    """Every check that runs no program code; all of them run, and the exit code is 1 if one found something."""
    import_contracts = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    checks = {
        "ruff": ["-m", "ruff", "check", *arguments],
        "mypy": ["-m", "mypy"],
        "import contracts": ["-c", import_contracts],
        "catalogues": [CATALOGUES, "check"],
    }
    found = [name for name, check in checks.items() if say(name) or call(PYTHON, *check)]
    say(f"something to mend: {', '.join(found)}" if found else "nothing to mend")
    return 1 if found else 0


def words(arguments: "list[str]") -> int:
    """The messages of the sources into every language's catalogue, then compiled."""
    return call(PYTHON, CATALOGUES, "update", *arguments) or call(PYTHON, CATALOGUES, "compile")


def lock(arguments: "list[str]") -> int:
    """``requirements.lock`` for every platform and Python, with hashes and without the name of any index."""
    index = ask(PYTHON, "-m", "pip", "config", "get", "global.index-url")
    where = {"UV_DEFAULT_INDEX": index.stdout.strip()} if index.returncode == 0 else {}
    return call(
        PYTHON, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-annotate",
        "--python-version", "3.11", "--all-extras", "--group", "dev", "--custom-compile-command", "python3 dev.py lock",
        "--output-file", LOCK.name, *arguments, "pyproject.toml", **where,
    )  # fmt: skip


def shots(arguments: "list[str]") -> int:
    """A picture of every page, drawn without a screen."""
    provide_qt_libraries()
    folder = arguments[0] if arguments else "shots"
    return call(PYTHON, Path("tests", "gui", "shots.py"), folder, QT_QPA_PLATFORM="offscreen")


COMMANDS = {command.__name__: command for command in (run, test, lint, words, shots, lock)}


def main(arguments: "list[str]") -> int:
    """Do what is asked and return the exit code: the command's own, or 2 with one sentence on stderr."""
    if not arguments or arguments[0] not in COMMANDS:
        print(__doc__, file=sys.stderr)
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    try:
        check_version()
        install()
        compile_catalogues()
        return COMMANDS[arguments[0]](arguments[1:])
    except Stop as reason:
        say(str(reason))
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
