"""The tray as a desktop has it: a real window, a real bus, and a panel that clicks from outside."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from mock_tray import Panel, a_panel
from private_bus import private_bus, require_programs
from window_process import WindowProcess

from facelock.core.settings import Settings
from facelock.desktop.paths import Paths
from facelock.desktop.settings_file import save_settings
from facelock.ui.single_instance import SingleInstance, Standing

NAME = "Ada"
"""Of the person enrolled."""


def wait_for(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch) -> Iterator[Panel]:
    require_programs()
    with (
        tempfile.TemporaryDirectory(prefix="fl-") as folder,  # sockets take short paths only
        private_bus(Path(folder)) as address,
        a_panel(address) as panel,
    ):
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
        yield panel


@pytest.fixture
def window(desktop: Panel) -> Iterator[WindowProcess]:
    with tempfile.TemporaryDirectory(prefix="fl-") as folder:
        save_settings(Paths.below(Path(folder)).settings_file, Settings(keep_in_tray=True))
        made = WindowProcess("gui_process.py", folder, "--minimised")
        try:
            assert made.next() == "ready"
            yield made
        finally:
            made.end()


def shown(window: WindowProcess) -> dict[str, bool]:
    window.tell("shown")
    told: dict[str, bool] = json.loads(window.next())
    return told


def test_without_a_tray_it_begins_minimised_and_a_second_start_shows_it() -> None:
    with tempfile.TemporaryDirectory(prefix="fl-") as folder:
        window = WindowProcess("gui_process.py", folder, "--minimised")
        try:
            assert window.next() == "ready"
            assert shown(window) == {"window": False, "camera": False}
            assert SingleInstance(Paths.below(Path(folder)).state).claim() is Standing.SHOWN
            wait_for(lambda: shown(window) == {"window": True, "camera": True})
        finally:
            assert window.end() == 0


@pytest.mark.xvfb
@pytest.mark.timeout(300)
def test_from_the_login_to_the_end(desktop: Panel, window: WindowProcess) -> None:
    wait_for(lambda: bool(desktop.icons))
    assert shown(window) == {"window": False, "camera": False}
    assert desktop.tool_tip == "Facelock is locked"
    assert {name: can for name, (_, can) in desktop.entries.items()} == {
        "Show Facelock": True,
        "Lock now": False,
        "Quit": True,
    }
    desktop.click()
    wait_for(lambda: shown(window)["window"])
    window.tell("unlock")
    assert window.next() == "unlocked"
    assert desktop.tool_tip == "Facelock is open"
    desktop.choose("Lock now")
    assert window.next() == "locked"
    window.tell("close")
    assert shown(window) == {"window": False, "camera": False}
    window.tell("refuse")
    wait_for(lambda: len(desktop.notices) == 2)
    (_, stays), (heading, words) = desktop.notices
    assert "stays in the tray" in stays
    assert heading == "Facelock"
    assert "one failed attempt" in words
    assert NAME not in words
    desktop.click()
    wait_for(lambda: shown(window)["window"])
    desktop.choose("Quit")  # which a window that hides when it is closed does not refuse
    assert window.process.wait(30) == 0
