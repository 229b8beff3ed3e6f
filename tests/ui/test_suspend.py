"""The whole program on a real bus: when logind lets the machine sleep, the key is gone already."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes_pages import Bench
from mock_logind import MockLogind, a_logind
from private_bus import private_bus, require_programs
from PySide6.QtDBus import QDBusConnection
from pytestqt.qtbot import QtBot

from facelock.core.leaving import Reason
from facelock.session.bus import Bus
from facelock.session.linux import LinuxSession
from facelock.session.watch import Cause
from facelock.ui.lock_page import LockPage

pytestmark = pytest.mark.skipif(
    "not sys.platform.startswith('linux')", reason="Linux alone has these buses"
)


@pytest.fixture
def logind() -> Iterator[MockLogind]:
    require_programs()
    with (
        tempfile.TemporaryDirectory(prefix="fl-") as folder,
        private_bus(Path(folder)) as address,
        a_logind(address) as mock,
    ):
        yield mock


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path, logind: MockLogind) -> Iterator[Bench]:
    bus = Bus(QDBusConnection.connectToBus(logind.address, "suspend"))
    made = Bench(qtbot, tmp_path, session=LinuxSession(has_x11=False, system=bus, session=bus))
    qtbot.waitUntil(lambda: logind.delays == 1, timeout=5000)
    yield made
    made.close()
    QDBusConnection.disconnectFromBus("suspend")


def test_a_day_with_a_lock_of_the_screen_and_a_sleep(
    bench: Bench, logind: MockLogind, qtbot: QtBot
) -> None:
    session = bench.session
    assert session is not None
    held: list[tuple[Reason | None, int]] = []
    bench.window.state_changed.connect(
        lambda: held.append((bench.window.locked_for, logind.delays))
    )
    bench.unlock()
    held.clear()
    logind.signal("session", "Lock")
    logind.set("LockedHint", True, "session")
    qtbot.waitUntil(lambda: bench.access.unlocked_for is None, timeout=5000)
    qtbot.waitUntil(lambda: session.holds(Cause.LOCKED), timeout=5000)
    assert set(held) == {(Reason.SESSION_LOCKED, 1)}
    logind.set("LockedHint", False, "session")
    page = bench.window.page
    assert isinstance(page, LockPage)
    qtbot.waitUntil(lambda: page.scan.is_active, timeout=5000)  # whoever is back is looked for

    bench.unlock()
    held.clear()
    logind.signal("manager", "PrepareForSleep", True)
    qtbot.waitUntil(lambda: logind.delays == 0, timeout=5000)
    assert bench.access.unlocked_for is None
    assert held == [(Reason.SLEEP, 1)]  # it was still held off when the lock was complete
    assert bench.program.eyes._wanted() is None
    logind.signal("manager", "PrepareForSleep", False)
    qtbot.waitUntil(lambda: logind.delays == 1, timeout=5000)
    assert isinstance(bench.window.page, LockPage)
