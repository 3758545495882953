"""One box of the lab: a process tree with its own root, names, processes and (if wanted) network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PID1 = Path(__file__).with_name("pid1.py")


class LabProblem(Exception):
    """The lab cannot do what is asked; the text says why."""


@dataclass(kw_only=True)
class Box:
    """A box; nothing of it outlives :meth:`stop` or the death of this process, whatever ends it.

    ``layers`` are read-only directories, the first on top; ``keep`` is a directory that keeps what the box writes
    (``None``: memory). ``trees`` are copied over the root, ``files`` written, ``binds`` mounted. ``own_network``
    gives an empty network of its own; without it the box shares the machine's.
    """

    name: str
    layers: Sequence[Path]
    stage: Path
    hostname: str = "box"
    command: Sequence[str] = ()
    trees: Sequence[Path] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    binds: Mapping[str, str] = field(default_factory=dict)
    keep: Path | None = None
    own_network: bool = True
    pid: int = 0
    _process: subprocess.Popen[bytes] | None = None

    def create(self) -> Box:
        """Make the namespaces; the network can be attached to ``pid`` afterwards."""
        self.stage.mkdir(parents=True, exist_ok=True)
        spaces = ["--mount", "--uts", "--ipc", "--pid", *(["--net"] if self.own_network else [])]
        spec = {
            "stage": str(self.stage),
            "layers": [str(layer) for layer in self.layers],
            "keep": str(self.keep) if self.keep else None,
            "hostname": self.hostname,
            "command": list(self.command),
            "trees": [str(tree) for tree in self.trees],
            "files": dict(self.files),
            "binds": dict(self.binds),
        }
        starter = ["unshare", *spaces, "--fork", "--kill-child", "--propagation", "private"]
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the box
        self._process = subprocess.Popen(
            [*starter, sys.executable, "-I", str(PID1), json.dumps(spec)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
        )
        self._expect(b"born")
        parent = self._process.pid
        self.pid = int(Path(f"/proc/{parent}/task/{parent}/children").read_text().split()[0])
        return self

    def start(self) -> Box:
        """Build the root and run the command."""
        process = self._process or self.create()._process
        assert process is not None and process.stdin is not None
        process.stdin.write(b"go\n")
        process.stdin.flush()
        self._expect(b"running")
        return self

    def _expect(self, word: bytes) -> None:
        process = self._process
        assert process is not None and process.stdout is not None
        if process.stdout.readline().strip() != word:
            self._errors.seek(0)
            said = self._errors.read().decode(errors="replace").strip().splitlines()
            raise LabProblem(f"the box {self.name} does not start: {said[-1] if said else 'no message'}")

    @property
    def root(self) -> Path:
        """The box's file tree, seen from outside."""
        return Path(f"/proc/{self.pid}/root")

    def run(
        self,
        command: Sequence[str],
        *,
        check: bool = True,
        input: str = "",  # noqa: A002 - the name subprocess has for it
        env: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run a command inside; ending badly raises :class:`subprocess.CalledProcessError` unless ``check`` is off.

        What it prints goes through files: a daemon it leaves behind would hold a pipe open for ever.
        """
        inside = ["nsenter", f"--target={self.pid}", "--all", f"--root=/proc/{self.pid}/root"]
        asked = [*inside, "--", "env", "--chdir=/", *command]
        with (
            tempfile.TemporaryFile() as said,
            tempfile.TemporaryFile() as complained,
            tempfile.TemporaryFile() as given,
        ):
            given.write(input.encode())
            given.seek(0)
            done = subprocess.run(asked, stdin=given, stdout=said, stderr=complained, env=env, timeout=600, check=False)
            words = []
            for stream in (said, complained):
                stream.seek(0)
                words.append(stream.read().decode(errors="replace"))
        if check and done.returncode:
            raise subprocess.CalledProcessError(done.returncode, asked, *words)
        return subprocess.CompletedProcess(asked, done.returncode, *words)

    def read(self, path: str) -> str:
        """A file of the box, or ``""`` when it is not there (yet)."""
        try:
            return (self.root / path.lstrip("/")).read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return ""

    def write(self, path: str, text: str) -> None:
        """Replace a file of the box, keeping its place and mode."""
        (self.root / path.lstrip("/")).write_text(text, encoding="utf-8")

    def stop(self) -> None:
        """End every process of the box and wait for it."""
        process = self._process
        if process is None:
            return
        assert process.stdin is not None and process.stdout is not None
        process.stdin.close()
        process.wait(timeout=20)
        process.stdout.close()
        self._errors.close()
        self._process = None

    def __enter__(self) -> Box:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()


def wait_until(ready: Callable[[], bool], what: str, seconds: float = 30.0) -> None:
    """Poll ``ready`` until it holds.

    Raises:
        LabProblem: it did not hold within ``seconds``.
    """
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            raise LabProblem(f"waited {seconds:.0f} s in vain for: {what}")
        time.sleep(0.05)


def obstacle() -> str | None:
    """Why no box can be made here, or ``None`` when all is well."""
    if sys.platform != "linux":
        return "the lab needs Linux namespaces"
    if os.geteuid() != 0:
        return "the lab needs root (namespaces, package installation)"
    trial = subprocess.run(
        ["unshare", "--net", "--mount", "--uts", "--ipc", "--pid", "--fork", "true"], capture_output=True, check=False
    )
    return None if trial.returncode == 0 else "namespaces are not possible here: " + trial.stderr.decode().strip()
