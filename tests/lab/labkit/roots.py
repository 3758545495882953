"""The file trees of the lab: a small Debian below, a layer of packages per server; built once and cached."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from labkit.box import Box, LabProblem

SUITE = "bookworm"
BASE_PACKAGES = "ca-certificates,netbase,adduser,procps,openssl"
PACKAGES = {
    "dns": ("bind9", "bind9-utils"),
    "more-dns": ("knot", "nsd", "unbound"),
    "postfix": ("postfix", "postfix-pcre"),
    "exim": ("exim4-daemon-heavy",),
    "opensmtpd": ("opensmtpd",),
    "sendmail": ("sendmail", "sendmail-bin", "sensible-mda", "m4", "make"),
    "courier": ("courier-mta",),
    "qpsmtpd": ("qpsmtpd",),
    "rspamd": ("rspamd",),
    "admin": ("sudo", "bind9-dnsutils"),
    "msmtp": ("msmtp",),
    "dma": ("dma",),
    "nullmailer": ("nullmailer",),
    "programs": ("php-cli", "libphp-phpmailer", "php-symfony-mailer", "ruby", "curl", "mutt", "s-nail", "git-email"),
    "esmtp": ("esmtp", "esmtp-run"),
    "python": ("python3-django", "python3-aiosmtplib"),
    "perl": ("libemail-sender-perl", "libio-socket-ssl-perl", "libmailtools-perl"),
    "tools": ("swaks", "libnet-ssleay-perl", "python3", "dash", "bash", "busybox", "netcat-openbsd"),
}
NODE_PACKAGES = {
    "haraka": ("Haraka@3.3.4", "haraka-plugin-helo.checks@1.1.3"),
    "nodemailer": ("nodemailer@7.0.10",),
}
HOST_TOOLS = {"debootstrap": "debootstrap", "ip": "iproute2", "unshare": "util-linux", "strace": "strace"}


def cache() -> Path:
    """Where built roots are kept between runs."""
    return Path(os.environ.get("HELODOCTOR_LAB_CACHE", "/var/tmp/helodoctor-lab"))


def stack(*names: str) -> list[Path]:
    """The directories a box's root is made of: the named package layers, the first on top, over the base."""
    return [*(cache() / name / "upper" for name in names if name not in NODE_PACKAGES), cache() / "base"]


def mirror() -> str:
    """The Debian mirror this machine itself uses."""
    sources = [Path("/etc/apt/sources.list"), *Path("/etc/apt/sources.list.d").glob("*")]
    text = "\n".join(path.read_text(errors="replace") for path in sources if path.is_file())
    found = re.search(r"https?://\S+/debian/?(?=\s)", text)
    if found is None:
        raise LookupError("apt's sources on this machine name no Debian mirror to build the lab's roots from")
    return found[0].rstrip("/")


@contextmanager
def alone() -> Iterator[Path]:
    """Only one process builds at a time."""
    folder = cache()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder


def ensure(names: Iterable[str]) -> None:
    """Build what is missing of the named roots.

    Raises:
        LabProblem: a package cannot be installed; the text carries the last line of the installer.
    """
    wanted = list(names)
    with alone() as folder:
        install_tools()
        if not (folder / "base" / ".done").exists():
            build_base(folder)
        missing = [name for name in wanted if not (folder / name / ".done").exists()]
        with ThreadPoolExecutor(3) as workers:
            list(workers.map(build_layer, missing))


def install_tools() -> None:
    """Install what the machine itself lacks."""
    lacking = sorted({package for tool, package in HOST_TOOLS.items() if not shutil.which(tool)})
    if lacking:
        checked(["apt-get", "update", "-qq"])
        checked(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *lacking])


def build_base(folder: Path) -> None:
    """A minimal Debian, with its package lists, under ``folder/base``."""
    base, source = folder / "base", mirror()
    shutil.rmtree(base, ignore_errors=True)
    checked(["debootstrap", "--variant=minbase", f"--include={BASE_PACKAGES}", SUITE, str(base), source])
    suites = [f"{source} {SUITE}", f"{source} {SUITE}-updates", f"{source}-security {SUITE}-security"]
    (base / "etc/apt/sources.list").write_text("".join(f"deb {suite} main\n" for suite in suites))
    (base / "etc/dpkg/dpkg.cfg.d/lab").write_text("force-unsafe-io\n")
    policy = base / "usr/sbin/policy-rc.d"  # no daemon starts while packages are installed
    policy.write_text("#!/bin/sh\nexit 101\n")
    policy.chmod(0o755)
    shutil.copy("/etc/resolv.conf", base / "etc/resolv.conf")
    checked(["chroot", str(base), "apt-get", "update", "-qq"])
    (base / ".done").touch()


def build_layer(name: str) -> None:
    """One server's packages as a layer over the base, or its Node modules."""
    target = cache() / name
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    if name in NODE_PACKAGES:
        build_node_modules(target, NODE_PACKAGES[name])
    else:
        box = Box(
            name=f"build-{name}",
            layers=[cache() / "base"],
            stage=cache() / "stage",
            keep=target,
            own_network=False,
            files={"/etc/resolv.conf": Path("/etc/resolv.conf").read_text()},
        )
        with box:
            install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *PACKAGES[name]]
            checked(install, box)
    (target / ".done").touch()


def build_node_modules(target: Path, packages: Iterable[str]) -> None:
    """Install npm packages; their native helpers are built by npm itself."""
    if not shutil.which("npm"):
        raise LabProblem("npm is not installed")
    checked(["npm", "install", "--no-audit", "--no-fund", "--prefix", str(target), *packages])
    for suffixes in target.glob("node_modules/haraka-tld/etc/*s*"):
        if suffixes.name in ("top-level-tlds", "public-suffix-list"):  # else no name of the lab's zones is valid
            suffixes.write_text(suffixes.read_text() + "test\n")


def checked(command: list[str], box: Box | None = None) -> None:
    """Run one installer command here or in ``box``; its last words become the problem when it does not end well."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}
    if box:
        done = box.run(command, check=False, env=environment)
    else:
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        words = (done.stderr or done.stdout).strip().splitlines()
        raise LabProblem(f"{' '.join(command[:3])} ended with {done.returncode}: {words[-1] if words else ''}")


def node_binds(layers: Iterable[str]) -> dict[str, str]:
    """What a box needs for the Node programs among its layers: this machine's interpreter, the installed modules."""
    modules = {str(cache() / name): f"/opt/{name}" for name in layers if name in NODE_PACKAGES}
    if not modules:
        return {}
    node = shutil.which("node")
    if not node:
        raise LabProblem("Node.js is not installed")
    return {str(Path(node).resolve().parent): "/opt/node", **modules}
