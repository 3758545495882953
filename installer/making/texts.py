"""The text files that Linux desktops read, generated: desktop entry, MIME type, metainfo, man pages."""

from __future__ import annotations

import gzip
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from making.product import INSTALLER, ROOT, app, epoch, version

COMMANDS = ROOT / "resources" / "helodoctor_resources" / "words" / "commands.toml"


def names() -> dict[str, Any]:
    """The plain values the templates use."""
    product, programs, document = app()["product"], app()["programs"], app()["document"]
    plain = {key: value for key, value in product.items() if isinstance(value, str)}
    date = datetime.fromtimestamp(epoch(), UTC).date().isoformat()
    kind = {"suffix": document["suffix"], "mime": document["mime"]}
    return {**plain, **programs, **kind, "version": version(), "date": date}


def _template(name: str) -> str:
    return (INSTALLER / "linux" / name).read_text(encoding="utf-8")


def _by_language(texts: dict[str, str], form: str, plain: str) -> str:
    """One line a language: ``form`` with ``{code}`` and ``{text}``, English in the form ``plain``."""
    return "\n".join((plain if code == "en" else form).format(code=code, text=text) for code, text in texts.items())


def desktop_entry() -> str:
    """``<id>.desktop``."""
    comments = _by_language(app()["product"]["summary"], "Comment[{code}]={text}", "Comment={text}")
    return _template("desktop.in").format(comments=comments, keywords=";".join(app()["product"]["keywords"]), **names())


def mime_type() -> str:
    """``<id>.xml``."""
    form = '    <comment xml:lang="{code}">{text}</comment>'
    comments = _by_language(app()["document"]["title"], form, "    <comment>{text}</comment>")
    return _template("mime.xml.in").format(comments=comments, **names())


def metainfo() -> str:
    """``<id>.metainfo.xml``."""
    form = '  <summary xml:lang="{code}">{text}</summary>'
    return _template("metainfo.xml.in").format(
        summaries=_by_language(app()["product"]["summary"], form, "  <summary>{text}</summary>"),
        description="\n".join(f"    <p>{escape(part)}</p>" for part in app()["product"]["description"]),
        **names(),
    )


def man_pages() -> dict[str, str]:
    """The two manual pages, by their file name; the commands' summaries are those of ``--help``."""
    told = tomllib.loads(COMMANDS.read_text(encoding="utf-8"))
    commands = {name: text["summary"] for name, text in told.items() if "summary" in text and name != "program"}
    programs = app()["programs"]
    listed = "\n".join(f".TP\n.B {_troff(name)}\n{_troff(text)}." for name, text in sorted(commands.items()))
    terminal = _page(
        programs["terminal"],
        "[\\fICOMMAND\\fR] [\\fIOPTION\\fR]...",
        f".SH COMMANDS\n{listed}\n.SH EXIT STATUS\n0 nothing wrong found, 1 a fault was found, 2 the input cannot be "
        "used, 3 the network did not answer, 130 interrupted.",
        programs["window"],
    )
    options = ".SH OPTIONS\n.TP\n.B \\-\\-self\\-test\nThe program judges its own installation and prints a report."
    window = _page(programs["window"], "[\\fIFILE\\fR]", options, programs["terminal"])
    return {f"{programs['terminal']}.1": terminal, f"{programs['window']}.1": window}


def _page(program: str, usage: str, body: str, other: str) -> str:
    product = app()["product"]
    description = "\n.PP\n".join(_troff(part) for part in product["description"])
    return (
        f'.TH {program.upper()} 1 "{names()["date"]}" "{product["name"]} {version()}"\n'
        f".SH NAME\n{_troff(program)} \\- {_troff(product['summary']['en'])}\n"
        f".SH SYNOPSIS\n.B {_troff(program)}\n{usage}\n"
        f".SH DESCRIPTION\n{description}\n{body}\n.SH SEE ALSO\n.BR {_troff(other)} (1)\n"
    )


def _troff(text: str) -> str:
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("“", "\\(lq").replace("”", "\\(rq")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


def compressed(text: str) -> bytes:
    """As it lies in ``/usr/share``: gzip without a time in it."""
    return gzip.compress(text.encode(), 9, mtime=0)


def share(folder: Path, icons: Path) -> list[str]:
    """Write everything that belongs below ``share/`` into ``folder``; the files' paths."""
    identity = app()["product"]["id"]
    files: dict[str, bytes] = {
        f"applications/{identity}.desktop": desktop_entry().encode(),
        f"mime/packages/{identity}.xml": mime_type().encode(),
        f"metainfo/{identity}.metainfo.xml": metainfo().encode(),
        f"icons/hicolor/scalable/apps/{identity}.svg": (icons / "app.svg").read_bytes(),
        **{f"man/man1/{name}.gz": compressed(text) for name, text in man_pages().items()},
    }
    for size in (16, 24, 32, 48, 64, 128, 256, 512):
        files[f"icons/hicolor/{size}x{size}/apps/{identity}.png"] = (icons / f"{size}.png").read_bytes()
    for name, data in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return sorted(files)


