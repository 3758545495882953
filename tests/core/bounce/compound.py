"""A minimal writer of Outlook messages (MS-CFB with MS-OXMSG streams): the reader gets something real to read."""

from __future__ import annotations

import struct

SECTOR, MINI = 512, 64
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
UNICODE = 0x001F
SUBJECT, BODY, HEADERS, CLASS = 0x0037, 0x1000, 0x007D, 0x001A


def outlook_message(**texts: str) -> bytes:
    """A ``.msg`` with the given ``subject``, ``body``, ``headers``; each shorter than 2000 characters."""
    ids = {"subject": SUBJECT, "body": BODY, "headers": HEADERS}
    values = {ids[name]: text.encode("utf-16-le") for name, text in texts.items()}
    values[CLASS] = "REPORT.IPM.Note.NDR".encode("utf-16-le")
    properties = b"\0" * 32 + b"".join(
        struct.pack("<HHIII", UNICODE, pid, 6, len(value) + 2, 0) for pid, value in values.items()
    )
    streams = {"__properties_version1.0": properties}
    streams |= {f"__substg1.0_{pid:04X}{UNICODE:04X}": value for pid, value in values.items()}
    return _container(streams)


def _container(streams: dict[str, bytes]) -> bytes:
    """Streams under 4096 bytes live in 64-byte sectors of a stream of their own (MS-CFB 2.4), which is all we need."""
    names = sorted(streams, key=lambda name: (len(name), name.upper()))
    mini, mini_chain, starts = b"", list[int](), dict[str, int]()
    for name in names:
        starts[name] = len(mini) // MINI
        count = -(-len(streams[name]) // MINI)
        mini_chain += [*range(starts[name] + 1, starts[name] + count), END]
        mini += streams[name].ljust(count * MINI, b"\0")
    sectors: list[bytes] = []
    chain: list[int] = []

    def put(data: bytes) -> int:
        start = len(sectors)
        sectors.extend(data[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(data), SECTOR))
        chain.extend([*range(start + 1, len(sectors)), END])
        return start

    mini_start = put(mini)
    mini_table = put(struct.pack("<128I", *mini_chain, *[FREE] * (128 - len(mini_chain))))
    directory = _entry("Root Entry", 5, child=1, start=mini_start, size=len(mini))
    for number, name in enumerate(names, 1):
        right = number + 1 if number < len(names) else FREE
        directory += _entry(name, 2, right=right, start=starts[name], size=len(streams[name]))
    directory_start = put(directory + b"\0" * (-len(directory) % SECTOR))
    table = len(sectors)
    chain.append(FAT)
    sectors.append(struct.pack("<128I", *chain, *[FREE] * (128 - len(chain))))
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        b"",
        0,
        1,
        directory_start,
        0,
        4096,
        mini_table,
        1,
        END,
        0,
        table,
    )
    return header + b"\xff" * (SECTOR - len(header)) + b"".join(sectors)


def _entry(name: str, kind: int, *, right: int = FREE, child: int = FREE, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16sI8s8sIQ", raw, len(raw) + 2, kind, 1, FREE, right, child, b"", 0, b"", b"", start, size
    )
