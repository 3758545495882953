"""The message catalogues: read out of the sources, brought up to date, compiled and checked. Not part of the program.

    python resources/catalogues.py update        the sources' messages into every .po; what is not translated is listed
    python resources/catalogues.py compile       every .po into the .mo beside it
    python resources/catalogues.py check         exit code 1 where a catalogue lacks a message or has one of no use

The template (.pot) is made in memory whenever it is needed, so there is no copy of it to grow old.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "resources" / "helodoctor_resources" / "locale"
DOMAIN = "helodoctor"

# words.tr("...") and words.trn("one", "many", n); Words.sentence reads its text from the TOML files
KEYWORDS = {"tr": None, "trn": (1, 2)}
METHODS = [
    ("core/**.py", "helodoctor.words.extraction:extract_python"),
    ("gui/**.py", "helodoctor.words.extraction:extract_python"),
    ("resources/helodoctor_resources/words/**.toml", "helodoctor.words.extraction:extract_toml"),
]

def languages() -> list[str]:
    """The languages there is a catalogue for, beside English."""
    return sorted(path.parent.parent.name for path in LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def po_path(language: str) -> Path:
    """The catalogue of a language."""
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def template() -> Catalog:
    """Every message of the sources, as Babel finds them now."""
    found = Catalog(charset="utf-8")
    for path, _line, message, _comments, context in extract_from_dir(ROOT, METHODS, keywords=KEYWORDS):
        found.add(message, locations=[(path, None)], context=context)
    return found


def read(language: str) -> Catalog:
    """The catalogue of a language as it stands on disk."""
    with po_path(language).open("rb") as stream:
        return read_po(stream, locale=language)


def update(language: str, messages: Catalog) -> Catalog:
    """Bring a language's .po to the sources' messages: new ones come empty, gone ones go, nothing is guessed."""
    catalogue = read(language)
    catalogue.update(messages, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    with po_path(language).open("wb") as stream:
        write_po(stream, catalogue, width=120, sort_by_file=True, include_lineno=False)
    return catalogue


def compile_all() -> None:
    """Write the .mo beside every .po."""
    for language in languages():
        with po_path(language).with_suffix(".mo").open("wb") as stream:
            write_mo(stream, read(language))


def texts(message: Message) -> list[str]:
    """A message's source texts: one, or singular and plural."""
    return [message.id] if isinstance(message.id, str) else list(message.id)


def translations(message: Message) -> list[str]:
    """A message's translations; an empty string stands for one that is missing."""
    return [message.string] if isinstance(message.string, str) else list(message.string)


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def faults(language: str, messages: Catalog) -> Iterator[str]:
    """What a language's catalogue lacks or has wrong against the sources' messages, one line each."""
    catalogue = read(language)
    wanted = {tuple(texts(message)) for message in messages if message.id}
    there = {tuple(texts(message)): message for message in catalogue if message.id}
    for key in sorted(wanted):
        if key not in there or not all(translations(there[key])) or there[key].fuzzy:
            yield f"{language}: not translated: {key[0]!r}"
        elif any(_places(text) != _places(key[-1]) for text in translations(there[key])):
            yield f"{language}: other places than the English: {key[0]!r}"
    for key in sorted(there.keys() - wanted):
        yield f"{language}: in no source any more: {key[0]!r}"


def main(arguments: list[str]) -> int:
    """Do what is asked and return the exit code."""
    match arguments:
        case ["compile"]:
            compile_all()
            return 0
        case ["update"]:
            messages = template()
            for language in languages():
                update(language, messages)
            return report(messages) and 0
        case ["check"]:
            return report(template())
    print(__doc__, file=sys.stderr)
    return 2


def report(messages: Catalog) -> int:
    """Print every fault of every language; returns 1 if there is one."""
    found = [fault for language in languages() for fault in faults(language, messages)]
    print("\n".join(found) or f"{len(messages)} messages, complete in: {', '.join(['en', *languages()])}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
