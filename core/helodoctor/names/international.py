"""Names in other scripts: U-labels become the A-labels that travel in SMTP (RFC 5891, RFC 6531 3.7.1)."""

from __future__ import annotations

import re
import string

DOTS = re.compile("[.\u3002\uff0e\uff61]")  # the full stops that IDNA takes as label separators (UTS 46)
_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


def plain(name: str) -> str:
    """``name`` as it may travel: lower case, each label that can be coded as its A-label, any other one as it is."""
    if name.isascii():
        return name.lower()
    return ".".join(a_label(label) or label.translate(_LOWER) for label in DOTS.split(name))


def a_label(label: str) -> str | None:
    """The A-label (or plain label) of a U-label, ``None`` where the text is none (RFC 5891 4.4)."""
    if label.isascii():
        return label.lower() if label else None
    import idna

    try:
        return idna.alabel(idna.uts46_remap(label, std3_rules=True)).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        return None


def u_label(label: str) -> str | None:
    """What an A-label says in its own script, ``None`` where it is not well coded."""
    import idna

    try:
        return idna.ulabel(label)
    except (idna.IDNAError, UnicodeError):
        return None


def well_coded(label: str) -> bool:
    """Whether a lower-case ASCII ``label`` is an ordinary one or a true A-label (RFC 5890 2.3.1)."""
    if label[2:4] != "--":
        return True
    said = u_label(label) if label.startswith("xn--") else None
    return said is not None and a_label(said) == label
