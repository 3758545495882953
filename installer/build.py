#!/usr/bin/env python3
"""Makes and proves the installers. Everything is generated from ``app.toml`` beside this file.

    python3 installer/build.py icons              the drawing as .ico, .icns and .png (build/icons)
    python3 installer/build.py linux              .deb, .run and the wheel (dist/)
    python3 installer/build.py windows            setup.exe, .msi and portable .zip; on Linux under Wine, as a proof
    python3 installer/build.py macos              the .app and .dmg; elsewhere the .app's skeleton, as a proof
    python3 installer/build.py msi                the msi alone, on Linux, from build/freeze-windows of a Windows
    python3 installer/build.py check              proves all that can be proven on this machine (Debian, root)
    python3 installer/build.py all                linux, windows and macos, with SHA256SUMS
    python3 installer/build.py lock               writes requirements.lock anew

``--fast`` compresses little: for trying things out, not for giving away. ``check`` takes the names of single steps too.
Like dev.py it needs Python 3.11 and nothing else: it works in ``.venv``, and what is missing it installs (Debian, as
root) or names. Made are ``build/`` and ``dist/`` in the clone; what is fetched is kept where HELODOCTOR_INSTALLER_CACHE
says (else /var/tmp/helodoctor-installer on Linux, build/cache elsewhere).
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "installer"), str(ROOT / "tests" / "lab")]


def enter_venv() -> None:
    """Go on in ``.venv``, made by dev.py, where Qt and the build tools are."""
    import dev

    try:
        dev.check_version()
        dev.install()
        dev.compile_catalogues()
        dev.provide_qt_libraries()
    except dev.Stop as reason:
        dev.say(str(reason))
        sys.exit(2)
    if Path(sys.prefix).resolve() != dev.VENV.resolve():
        sys.exit(dev.call(dev.PYTHON, __file__, *sys.argv[1:]))


def main(arguments: "list[str]") -> int:
    """Do what is asked; 0: done, 1: something does not hold, 2: nothing that is known was asked."""
    from making import commands
    from making.tools import Stop, say

    words = [argument for argument in arguments if argument != "--fast"]
    if not words or words[0] not in commands.COMMANDS:
        print(__doc__)
        return 2
    try:
        commands.COMMANDS[words[0]](words[1:], fast="--fast" in arguments)
    except Stop as reason:
        say(str(reason))
        return 1
    return 0


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUTF8", "1")
    if not {"-h", "--help"} & set(sys.argv):
        enter_venv()
    sys.exit(main(sys.argv[1:]))
