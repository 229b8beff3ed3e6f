"""A Secret Service of its own: gnome-keyring in a private D-Bus session, in a folder of a test."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from private_bus import homes_in, private_bus, require_programs, wait_for_name

PROGRAMS = ("dbus-daemon", "gnome-keyring-daemon")
_NAME = "org.freedesktop.secrets"
_SECONDS = 20.0


def require_daemon() -> None:
    """Skip where the programs cannot be had."""
    require_programs(PROGRAMS)


@dataclass
class Session:
    """A session bus, and the environment of programs that live in it."""

    environment: dict[str, str]

    @contextmanager
    def daemon(self, password: str | None) -> Iterator[None]:
        """Run the keyring until the end of the block. Without a password it stays locked."""
        command = ["gnome-keyring-daemon", "--foreground", "--components=secrets"]
        if password is not None:
            command.append("--unlock")
        process = subprocess.Popen(
            command,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            assert process.stdin is not None
            process.stdin.write((password or "").encode())
            process.stdin.close()
            wait_for_name(self.environment["DBUS_SESSION_BUS_ADDRESS"], _NAME)
            yield
        finally:
            process.terminate()
            process.wait(_SECONDS)


@contextmanager
def private_session(folder: Path) -> Iterator[Session]:
    """Run a session bus whose programs have their home in `folder`."""
    with private_bus(folder) as address:
        yield Session({**homes_in(folder), "DBUS_SESSION_BUS_ADDRESS": address})
