"""A tap on the client's cable: what it really sent, whatever the program says it sent."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections import defaultdict
from collections.abc import Collection, Iterator

from labkit.network import Desk

_ALL_PROTOCOLS = 0x0003  # ETH_P_ALL, packet(7)
_TCP = 6


class Tap:
    """Bytes sent by the client, by connection: (source port, destination address, destination port)."""

    def __init__(self) -> None:
        self.sent: dict[tuple[int, str, int], bytes] = defaultdict(bytes)

    def commands(self, port: int = 25) -> list[str]:
        """The verb of every line sent in the clear to ``port``, in capitals; what follows STARTTLS is not clear."""
        clear = [said.partition(b"STARTTLS\r\n")[0] for key, said in self.sent.items() if key[2] == port]
        lines = [line for said in clear for line in said.split(b"\r\n") if line]
        return [line.split(b" ")[0].upper().decode("latin-1") for line in lines]

    def _see(self, frame: bytes, sources: Collection[str]) -> None:
        """Take the payload out of a TCP frame from one of ``sources`` (RFC 791 3.1, RFC 8200 3, RFC 9293 3.1)."""
        packet = frame[14:]
        if frame[12:14] == b"\x08\x00" and packet[9] == _TCP:
            source, target = (socket.inet_ntoa(packet[start : start + 4]) for start in (12, 16))
            segment = packet[(packet[0] & 15) * 4 : int.from_bytes(packet[2:4], "big")]
        elif frame[12:14] == b"\x86\xdd" and packet[6] == _TCP:
            source, target = (socket.inet_ntop(socket.AF_INET6, packet[start : start + 16]) for start in (8, 24))
            segment = packet[40 : 40 + int.from_bytes(packet[4:6], "big")]
        else:
            return
        if source in sources:
            key = (int.from_bytes(segment[:2], "big"), target, int.from_bytes(segment[2:4], "big"))
            self.sent[key] += segment[(segment[12] >> 4) * 4 :]


@contextlib.contextmanager
def tapped(desk: Desk, *sources: str) -> Iterator[Tap]:
    """Listen on the client's interface during the body, to what it sends from its addresses ``sources``."""
    tap = Tap()
    ear = desk.call(lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(_ALL_PROTOCOLS)))
    ear.bind(("eth0", 0))
    ear.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 24)
    ear.settimeout(0.2)
    done = threading.Event()

    def listen() -> None:
        while True:
            try:
                tap._see(ear.recv(65536), sources)
            except TimeoutError:
                if done.is_set():
                    return

    listener = threading.Thread(target=listen)
    listener.start()
    try:
        yield tap
    finally:
        done.set()
        listener.join()
        ear.close()
