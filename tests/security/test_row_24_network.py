"""Threat-model row 24: no socket but the single-instance one, during everything Facelock does."""

from __future__ import annotations

import ast
import json
import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from window_process import a_window

import facelock

pytestmark = pytest.mark.security

PACKAGE = Path(facelock.__file__).parent
NETWORK = {
    *("socket", "ssl", "http", "urllib", "ftplib", "smtplib", "socketserver", "xmlrpc", "asyncio"),
    *("requests", "httpx", "aiohttp", "urllib3", "websockets", "QtNetwork", "QtWebSockets"),
    *(
        "QtDBus",
        "QtWebEngineCore",
        "QTcpSocket",
        "QUdpSocket",
        "QNetworkAccessManager",
        "QDesktopServices",
    ),
}
ALLOWED = {
    "ui/single_instance.py": {"QtNetwork"},  # `show` comes over a socket in a private folder
    # D-Bus, to hear of lock and sleep: sockets of this machine.
    **{f"session/{name}.py": {"QtDBus"} for name in ("bus", "linux", "logind", "screen_savers")},
    "ui/about_page.py": {"QDesktopServices"},  # a link that is clicked goes to the browser
}
"""Who may name what."""


def _imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                found |= {part for alias in names for part in alias.name.split(".")}
            case ast.ImportFrom(module=module, names=names):
                found |= {*(module or "").split("."), *(alias.name for alias in names)}
    return found


def test_only_the_single_instance_imports_anything_that_makes_sockets() -> None:
    named = {
        path.relative_to(PACKAGE).as_posix(): _imported(path) & NETWORK
        for path in sorted(PACKAGE.rglob("*.py"))
    }
    assert {path: names for path, names in named.items() if names} == ALLOWED


def test_it_makes_local_sockets_and_no_others() -> None:
    text = (PACKAGE / "ui/single_instance.py").read_text(encoding="utf-8")
    tree = ast.parse(text)
    (imported,) = (
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "PySide6.QtNetwork"
    )
    assert {alias.name for alias in imported.names} == {"QLocalServer", "QLocalSocket"}


JOURNEY = """
import sys
asked = []

def note(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")):
        asked.append(event)

sys.addaudithook(note)
from facelock.cli.main import main
codes = [main(["demo", "--json"]), main(["status"]), main(["people"]), main(["lock"]),
         main(["doctor"])]
print("codes", codes, file=sys.stderr)
print("asked", asked, file=sys.stderr)
"""


def test_the_whole_journey_of_the_command_line_asks_for_no_socket() -> None:
    done = subprocess.run(
        [sys.executable, "-c", JOURNEY],
        env={**os.environ, "DBUS_SESSION_BUS_ADDRESS": "disabled:"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert "codes [0, " in done.stderr, done.stderr
    # Looking for a keyring asks the session bus, which is a socket on this machine; here is none.
    assert done.stderr.splitlines()[-1] == "asked []"


@pytest.mark.skipif("not sys.platform.startswith('linux')", reason="reads /proc")
def test_a_window_holds_the_single_instance_socket_and_no_other() -> None:
    with tempfile.TemporaryDirectory(prefix="fl-") as folder, a_window(Path(folder)) as window:
        window.tell("unlock")
        assert window.next() == "unlocked"
        window.tell("sockets")
        told = json.loads(window.next())
        assert told["asked"] == []
        socket = Path(folder) / "state" / "show.socket"
        assert socket.is_socket()
        assert stat.S_IMODE(socket.stat().st_mode) & 0o077 == 0
        assert stat.S_IMODE(socket.parent.stat().st_mode) == 0o700
        # Qt binds it in a folder of its own and then moves it: the kernel knows the first name.
        (path,) = set(told["open"])
        assert path.startswith(f"{folder}/state/")
