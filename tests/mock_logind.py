"""A logind, a power service and a GNOME that do as a test says; started by `a_logind`.

Each line of standard input is a command in JSON, each answered by a line on standard output.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

SESSION_PATH = "/org/freedesktop/login1/session/_32"
PLACES = {
    "manager": ("/org/freedesktop/login1", "org.freedesktop.login1.Manager"),
    "session": (SESSION_PATH, "org.freedesktop.login1.Session"),
    "power": ("/org/freedesktop/UPower", "org.freedesktop.UPower"),
    "gnome": ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver"),
}
LOGIND, GNOME = "org.freedesktop.login1", "org.gnome.ScreenSaver"
ALL = (LOGIND, "org.freedesktop.UPower", GNOME, "org.gnome.Mutter.IdleMonitor")


class MockLogind:
    """The test's end: says what happens, asks what was asked."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self._process = process
        self.address = address

    def set(self, name: str, value: object, told_by: str = "") -> None:
        """Change a property; with `told_by`, that place says that something changed."""
        self._say("set", name, value, told_by)

    def signal(self, place: str, member: str, *value: bool) -> None:
        """Send a signal."""
        self._say("signal", place, member, list(value))

    @property
    def delays(self) -> int:
        """How many hold off the sleep."""
        return cast("int", self._say("delays"))

    @property
    def asked(self) -> list[list[Any]]:
        """Return the calls so far, each with its words; properties left out."""
        return cast("list[list[Any]]", self._say("asked"))

    def _say(self, *command: object) -> object:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


@contextmanager
def a_logind(address: str, names: tuple[str, ...] = ALL) -> Iterator[MockLogind]:
    """Run one on this bus, under these names, until the end of the block."""
    with subprocess.Popen(
        [sys.executable, __file__, address, *names],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline()) == "ready"
        yield MockLogind(process, address)  # the end of its standard input ends it


class _Services:
    def __init__(self, address: str, names: list[str]) -> None:
        from jeepney import DBus
        from jeepney.io.blocking import Proxy, open_dbus_connection

        self._connection = open_dbus_connection(address, enable_fds=True)
        for name in names:
            Proxy(DBus(), self._connection).RequestName(name)
        self._asked: list[list[object]] = []
        self._delays: list[int] = []  # ends to read from: at their end once the other is closed
        self._properties: dict[str, object] = {
            "LidClosed": False,
            "LidIsClosed": False,
            "Docked": False,
            "LockedHint": False,
            "Active": True,
            "Type": "wayland",
            "GetActive": False,
            "GetIdletime": 0,
            "hangs": False,
        }

    def run(self) -> None:
        """Serve both sides until standard input ends."""
        _answer("ready")
        while True:
            for message in iter(self._next_message, None):
                self._serve(message)
            ready, _, _ = select.select([self._connection.sock, sys.stdin], [], [])
            if sys.stdin in ready:
                line = sys.stdin.readline()
                if not line:
                    return
                _answer(self._obey(*json.loads(line)))

    def _next_message(self) -> Any:  # noqa: ANN401 - jeepney has no types
        try:
            return self._connection.receive(timeout=0)
        except TimeoutError:
            return None

    def _obey(self, command: str, *rest: Any) -> object:  # noqa: ANN401 - JSON
        match command:
            case "set":
                name, value, told_by = rest
                self._properties[name] = value
                if told_by:
                    self._tell_change(told_by)
            case "signal":
                place, member, value = rest
                self._send(place, member, "b" * len(value), tuple(value))
            case "delays":
                ended, _, _ = select.select(self._delays, [], [], 0)
                return len(self._delays) - len(ended)
            case "asked":
                return self._asked
        return None

    def _tell_change(self, place: str) -> None:
        changed: tuple[Any, ...] = (PLACES[place][1], {}, ["Something"])
        self._send(place, "PropertiesChanged", "sa{sv}as", changed, PROPERTIES)

    def _send(
        self, place: str, member: str, signature: str, body: tuple[Any, ...], interface: str = ""
    ) -> None:
        from jeepney import DBusAddress, new_signal

        path, own = PLACES[place]
        emitter = DBusAddress(path, interface=interface or own)
        self._connection.send(new_signal(emitter, member, signature, body))

    def _serve(self, message: Any) -> None:  # noqa: ANN401 - jeepney has no types
        from jeepney import HeaderFields, MessageType, new_error, new_method_return

        if message.header.message_type is not MessageType.method_call:
            return
        member = message.header.fields[HeaderFields.member]
        if self._properties["hangs"] is True:
            return
        answer = self._reply(member, message.body)
        if answer is None:
            self._connection.send(new_error(message, "org.facelock.Unknown"))
            return
        signature, body = answer
        self._connection.send(new_method_return(message, signature, body))
        if signature == "h":
            os.close(body[0])

    def _reply(self, member: str, body: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]] | None:
        if member == "Get":
            value = self._properties.get(body[1])
            kind = "s" if isinstance(value, str) else "b"
            return None if value is None else ("v", ((kind, value),))
        self._asked.append([member, *body])
        match member:
            case "GetSession":
                known = self._properties["Type"] != ""
                return ("o", (SESSION_PATH,)) if known else None
            case "Inhibit":
                ours, theirs = os.pipe()
                self._delays.append(ours)
                return "h", (theirs,)
            case "GetActive":
                return "b", (self._properties[member],)
            case "GetIdletime":
                return "t", (self._properties[member],)
            case "Lock":
                return "", ()
        return None


PROPERTIES = "org.freedesktop.DBus.Properties"


def _answer(value: object) -> None:
    print(json.dumps(value), flush=True)


if __name__ == "__main__":
    _Services(sys.argv[1], sys.argv[2:]).run()
