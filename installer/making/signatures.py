"""Who signed Windows files (Authenticode), and what a signed catalogue lists; run in the freezing environment.

    python signatures.py FOLDER [CATALOGUE]     one JSON object: "signers" (path -> organisation, or null where the file
                                                is not signed or its signature does not hold), "catalogue" (its signer
                                                and the SHA-1 and SHA-256 sums it lists), "unlisted" (.py files that are
                                                not in it)
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

_search = re.search


def _search_for_libcrypto(pattern: Any, text: Any, *flags: Any) -> Any:
    """``re.search``, but for the pattern with which oscrypto 1.3.0 looks for OpenSSL 3.0.9 and misses 3.0.19."""
    if isinstance(pattern, str):
        pattern = pattern.replace(r"\d\.\d\.\d[a-z]*", r"\d+\.\d+\.\d+[a-z]*")
    return _search(pattern, text, *flags)


re.search = _search_for_libcrypto  # type: ignore[assignment]
from signify import authenticode  # noqa: E402

re.search = _search

PORTABLE_EXECUTABLE = b"MZ"


def signer(path: Path) -> str | None:
    """The organisation that signed ``path``, its signature and its chain up to a root that Windows trusts verified."""
    with path.open("rb") as stream:
        file = authenticode.AuthenticodeFile.from_stream(stream)
        result, _ = file.explain_verify()
        if result is not authenticode.AuthenticodeVerificationResult.OK:
            return None
        return _organisation(next(iter(file.signatures)))


def _organisation(signed: Any) -> str:
    """The subject's organisation (O=) of the certificate that signed."""
    info = signed.signer_info
    (certificate,) = (one for one in signed.certificates if one.serial_number == info.serial_number)
    return str(next(iter(certificate.subject.get_components("O"))))


def signers(folder: Path) -> dict[str, str | None]:
    """Every program and library below ``folder``, with who signed it."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as stream:
                executable = stream.read(2) == PORTABLE_EXECUTABLE
            if executable:
                found[path.relative_to(folder).as_posix()] = signer(path)
    return found


def listed(catalogue: Path) -> tuple[str, set[str]]:
    """Who signed a security catalogue, and the sums (in hex) it lists; its signature is verified.

    Raises:
        Exception: the signature does not hold.
    """
    trust = authenticode.CertificateTrustList.from_envelope(catalogue.read_bytes())
    trust.verify()
    sums = {subject.indirect_data.digest.hex() for subject in trust.subjects if subject.indirect_data is not None}
    return _organisation(trust), sums


def unlisted(folder: Path, sums: set[str]) -> list[str]:
    """The sources below ``folder`` that hold something and are not in the catalogue."""
    found = []
    for path in sorted(folder.rglob("*.py")):
        data = path.read_bytes()
        if data and not {hashlib.sha1(data).hexdigest(), hashlib.sha256(data).hexdigest()} & sums:
            found.append(path.relative_to(folder).as_posix())
    return found


def main(folder: Path, catalogue: Path | None = None) -> None:
    """Print what was found."""
    told: dict[str, Any] = {"signers": signers(folder)}
    if catalogue is not None:
        who, sums = listed(catalogue)
        told |= {"catalogue": who, "unlisted": unlisted(folder, sums)}
    print(json.dumps(told))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
