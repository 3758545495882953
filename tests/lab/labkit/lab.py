"""The whole lab: switch, name server, client and the chosen mail servers, up together and gone together."""

from __future__ import annotations

from pathlib import Path

from labkit import roots
from labkit.box import Box, LabProblem, wait_until
from labkit.dialogue import CLIENT
from labkit.network import RESOLV_CONF, RESOLVER, Desk, Switch, wait_for_greeting
from labkit.servers import SERVERS, TREES, Server, Setting

CLIENT_ADDRESSES = (CLIENT, "203.0.113.11", "203.0.113.12", "203.0.113.13", "203.0.113.14", "2001:db8::10")
HOSTS = "127.0.0.1 localhost\n::1 localhost\n"


class Lab:
    """Boxes on one switch. Boxes are started when first asked for, and end with :meth:`close`."""

    def __init__(self) -> None:
        roots.ensure(["dns"])
        self.switch = Switch(Box(name="switch", layers=(), stage=roots.cache() / "stage"))
        self._boxes: dict[str, Box] = {}
        client = Box(
            name="client", layers=(), stage=roots.cache() / "stage", files={"/etc/resolv.conf": RESOLV_CONF}
        ).create()
        self._boxes["client"] = client
        self.switch.plug(client, CLIENT_ADDRESSES)
        self.desk = Desk(client.start())
        self._start_name_server()

    def _start_name_server(self) -> None:
        box = self.add("dns", "dns.lab.test", ("dns",), (RESOLVER,), TREES / "dns")
        # The port answers SERVFAIL before the zones are there, so the log is what counts.
        wait_until(lambda: "all zones loaded" in box.read("/var/log/console.log"), "the zones of the name server")

    def add(
        self,
        name: str,
        hostname: str,
        layers: tuple[str, ...],
        addresses: tuple[str, ...],
        *trees: Path,
        files: dict[str, str] | None = None,
    ) -> Box:
        """Start a box with these package layers (top first), addresses, trees, files; ``/lab/start`` runs if there."""
        roots.ensure(layers)
        short = hostname.split(".", maxsplit=1)[0]
        given = {
            "/etc/resolv.conf": RESOLV_CONF,
            "/etc/hosts": f"{HOSTS}{addresses[0]} {hostname} {short}\n",
            "/etc/mailname": f"{hostname}\n",
            "/etc/hostname": f"{short}\n",
            **(files or {}),
        }
        box = Box(
            name=name,
            hostname=hostname,
            layers=roots.stack(*layers),
            stage=roots.cache() / "stage",
            command=("/bin/sh", "/lab/start") if trees or "/lab/start" in given else (),
            trees=trees,
            files=given,
            binds=roots.node_binds(layers),
        ).create()
        self._boxes[name] = box
        self.switch.plug(box, addresses)
        return box.start()

    def server(self, name: str) -> Box:
        """The box of a mail server, greeting on all its addresses."""
        if name in self._boxes:
            return self._boxes[name]
        server: Server = SERVERS[name]
        box = self.add(name, server.hostname, server.layers, server.addresses, TREES / name)
        try:
            for setting in server.settings:
                wait_for_greeting(self.desk, setting.address)
            wait_until(lambda: server.says in box.read("/var/log/console.log"), f"{name} to be ready")
        except LabProblem as problem:
            last = box.read("/var/log/console.log").strip().splitlines()[-3:]
            raise LabProblem(f"{problem}; {name} said: {' | '.join(last)}") from problem
        return box

    def tools(self) -> Box:
        """A machine like a mail server's own, with shells, openssl, nc and swaks, at 203.0.113.15."""
        return self._boxes.get("tools") or self.add("tools", "tools.example.test", ("tools",), ("203.0.113.15",))

    def server_of(self, setting: Setting) -> Box:
        """The box where ``setting`` is served."""
        return self.server(next(server.id for server in SERVERS.values() if setting in server.settings))

    def remove(self, box: Box) -> None:
        """End one box."""
        del self._boxes[box.name]
        box.stop()

    def close(self) -> None:
        """End every box; namespaces, mounts and processes go with them."""
        for box in self._boxes.values():
            box.stop()
        self.switch.unplug()
