"""A D-Bus of a test's own: nobody else is on it, and nothing is started by itself."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

_SECONDS = 20.0
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


def require_programs(programs: Sequence[str] = ("dbus-daemon",)) -> None:
    """Skip where the programs cannot be had."""
    if absent := [one for one in programs if shutil.which(one) is None]:
        pytest.skip(f"not installed: {', '.join(absent)}")


@contextmanager
def private_bus(folder: Path) -> Iterator[str]:
    """Run a bus until the end of the block; gives its address."""
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
        yield bus.stdout.readline().strip()
    finally:
        bus.terminate()
        bus.wait(_SECONDS)
        if bus.stdout is not None:
            bus.stdout.close()


def homes_in(folder: Path) -> dict[str, str]:
    """Return the environment of programs whose home is this folder."""
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
