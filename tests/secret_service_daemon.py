"""A Secret Service of its own: gnome-keyring in a private D-Bus session, in a folder of a test."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

PROGRAMS = ("dbus-daemon", "gnome-keyring-daemon")
_NAME = "org.freedesktop.secrets"
_SECONDS = 20.0


def require_daemon() -> None:
    """Skip where the programs cannot be had."""
    if absent := [one for one in PROGRAMS if shutil.which(one) is None]:
        pytest.skip(f"not installed: {', '.join(absent)}")


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
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    config = folder / "bus.conf"
    config.write_text(_CONFIG.format(socket=folder / "bus"), encoding="utf-8")
    bus = subprocess.Popen(
        ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address=1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert bus.stdout is not None
        address = bus.stdout.readline().strip()
        yield Session({**_homes(folder), "DBUS_SESSION_BUS_ADDRESS": address})
    finally:
        bus.terminate()
        bus.wait(_SECONDS)
        if bus.stdout is not None:
            bus.stdout.close()


# No service folders: nothing is started by itself, neither another keyring nor a prompt.
_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
"""


def _homes(folder: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    homes = {"HOME": folder}
    homes |= {f"XDG_{kind}_HOME": folder / kind.lower() for kind in ("DATA", "CONFIG", "CACHE")}
    homes["XDG_RUNTIME_DIR"] = folder / "run"
    for home in homes.values():
        home.mkdir(mode=0o700, exist_ok=True)
    return {**kept, **{name: str(home) for name, home in homes.items()}}


def wait_for_name(address: str, name: str) -> None:
    """Return once somebody owns this name on the bus; raise TimeoutError if nobody ever does."""
    from jeepney import DBus, MatchRule
    from jeepney.io.blocking import Proxy, open_dbus_connection

    with open_dbus_connection(address) as connection:
        bus = Proxy(DBus(), connection)
        rule = MatchRule(type="signal", member="NameOwnerChanged")
        rule.add_arg_condition(0, name)
        bus.AddMatch(rule.serialise())
        with connection.filter(rule) as changes:
            (there,) = bus.NameHasOwner(name)
            if not there:
                connection.recv_until_filtered(changes, timeout=_SECONDS)
