"""The login session on Linux, on a real bus of the test's own with a logind that does as told."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import FakeClock
from mock_logind import GNOME, LOGIND, MockLogind, a_logind
from private_bus import private_bus, require_programs
from PySide6.QtDBus import QDBusConnection
from pytestqt.qtbot import QtBot

from facelock.core.leaving import Reason
from facelock.session.bus import Bus
from facelock.session.linux import LinuxSession
from facelock.session.logind import MANAGER
from facelock.session.x11 import XIdle

pytestmark = pytest.mark.skipif(
    "not sys.platform.startswith('linux')", reason="Linux alone has these buses"
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    require_programs()
    with tempfile.TemporaryDirectory(prefix="fl-") as folder, private_bus(Path(folder)) as bus:
        yield bus


class Session:
    """A watch that listens, and what it said."""

    def __init__(self, address: str, qtbot: QtBot, *, has_x11: bool = False) -> None:
        self.qtbot = qtbot
        self.name = f"test-{id(self)}"
        bus = Bus(QDBusConnection.connectToBus(address, self.name))
        self.watch = LinuxSession(has_x11=has_x11, system=bus, session=bus)
        self.said: list[Reason | None] = []
        self.watch.left.connect(self.said.append)
        self.watch.returned.connect(lambda: self.said.append(None))

    def says(self, *expected: Reason | None) -> None:
        """Wait until it has said exactly this since the last time."""
        self.qtbot.waitUntil(lambda: len(self.said) >= len(expected), timeout=5000)
        assert self.said == list(expected)
        self.said.clear()

    def end(self) -> None:
        self.watch.stop()
        QDBusConnection.disconnectFromBus(self.name)


@pytest.fixture
def session(address: str, qtbot: QtBot) -> Iterator[Session]:
    one = Session(address, qtbot)
    yield one
    one.end()


@pytest.fixture
def logind(address: str) -> Iterator[MockLogind]:
    with a_logind(address) as mock:
        yield mock


def test_the_session_is_locked_and_unlocked(session: Session, logind: MockLogind) -> None:
    session.watch.start()
    assert session.watch.is_told
    logind.set("LockedHint", True, "session")
    session.says(Reason.SESSION_LOCKED)
    logind.set("LockedHint", False, "session")
    session.says(None)


def test_being_asked_to_lock_locks_before_the_screen_does(
    session: Session, logind: MockLogind
) -> None:
    session.watch.start()
    logind.signal("session", "Lock")
    session.says(Reason.SESSION_LOCKED)
    logind.set("LockedHint", False, "session")  # not yet: that is no return
    logind.set("LockedHint", True, "session")
    session.says(Reason.SESSION_LOCKED)
    logind.set("LockedHint", False, "session")
    session.says(None)


def test_an_unlock_is_a_return_where_no_locker_gives_a_hint(
    session: Session, logind: MockLogind
) -> None:
    session.watch.start()
    logind.signal("session", "Lock")
    session.says(Reason.SESSION_LOCKED)
    logind.signal("session", "Unlock")
    session.says(None)


def test_another_user_has_the_screen(session: Session, logind: MockLogind) -> None:
    session.watch.start()
    logind.set("Active", False, "session")
    session.says(Reason.SWITCHED)
    logind.set("Active", True, "session")
    session.says(None)


def test_the_machine_sleeps_only_after_the_lock(session: Session, logind: MockLogind) -> None:
    held_while_locking: list[int] = []
    session.watch.left.connect(lambda _: held_while_locking.append(logind.delays))
    session.watch.start()
    assert logind.delays == 1
    (asked,) = [call for call in logind.asked if call[0] == "Inhibit"]
    assert (asked[1], asked[2], asked[4]) == ("sleep", "Facelock", "delay")
    logind.signal("manager", "PrepareForSleep", True)
    session.says(Reason.SLEEP)
    assert held_while_locking == [1]
    session.qtbot.waitUntil(lambda: logind.delays == 0, timeout=5000)
    logind.signal("manager", "PrepareForSleep", False)
    session.says(None)
    assert logind.delays == 1  # and the next sleep waits, too


def test_a_sleep_with_a_lock_is_over_when_both_are(session: Session, logind: MockLogind) -> None:
    session.watch.start()
    logind.signal("manager", "PrepareForSleep", True)
    logind.set("LockedHint", True, "session")
    session.says(Reason.SLEEP, Reason.SESSION_LOCKED)
    logind.signal("manager", "PrepareForSleep", False)
    logind.set("LockedHint", False, "session")
    session.says(None)


def test_the_end_lets_the_machine_sleep(session: Session, logind: MockLogind) -> None:
    session.watch.start()
    assert logind.delays == 1
    session.watch.stop()
    assert logind.delays == 0
    logind.set("LockedHint", True, "session")
    session.qtbot.wait(50)
    assert session.said == []


@pytest.mark.parametrize(("place", "name"), [("manager", "LidClosed"), ("power", "LidIsClosed")])
def test_the_lid(session: Session, logind: MockLogind, place: str, name: str) -> None:
    session.watch.start()
    logind.set(name, True, place)
    session.says(Reason.SLEEP)
    logind.set(name, False, place)
    session.says(None)


def test_a_lid_beside_another_screen_is_no_leaving(session: Session, logind: MockLogind) -> None:
    session.watch.start()
    logind.set("Docked", True)
    logind.set("LidClosed", True, "manager")
    logind.set("LidClosed", False, "manager")
    logind.set("Docked", False)
    logind.set("Active", False, "session")  # only to know that the others were heard
    session.says(Reason.SWITCHED)


def test_what_is_so_already_is_told_at_the_start_but_for_the_lid(
    session: Session, logind: MockLogind
) -> None:
    logind.set("LockedHint", True)
    logind.set("LidClosed", True)
    session.watch.start()
    assert session.said == [Reason.SESSION_LOCKED]


def test_a_screen_saver_comes_and_goes(session: Session, logind: MockLogind) -> None:
    session.watch.start()
    logind.signal("gnome", "ActiveChanged", True)
    session.says(Reason.SESSION_LOCKED)
    logind.signal("gnome", "ActiveChanged", False)
    session.says(None)


def test_a_screen_saver_that_is_there_already_is_told(session: Session, logind: MockLogind) -> None:
    logind.set("GetActive", True)
    session.watch.start()
    assert session.said == [Reason.SESSION_LOCKED]


def test_a_key_in_the_window_is_a_return(session: Session, logind: MockLogind) -> None:
    session.watch.start()
    logind.signal("session", "Lock")
    session.says(Reason.SESSION_LOCKED)
    session.watch.somebody_is_here()
    assert session.said == [None]
    session.watch.somebody_is_here()
    assert session.said == [None]  # nobody was away


@pytest.mark.parametrize("names", [(GNOME,), (LOGIND,)])
def test_it_asks_whoever_is_there_to_lock(
    session: Session, address: str, names: tuple[str, ...]
) -> None:
    with a_logind(address, names) as logind:
        session.watch.start()
        assert session.watch.can_lock
        assert session.watch.lock_session()
        assert logind.asked[-1] == ["Lock"]


def test_gnome_tells_when_the_computer_was_used(session: Session, logind: MockLogind) -> None:
    assert session.watch.idle_seconds() is None  # not started
    session.watch.start()
    logind.set("GetIdletime", 61_500)
    assert session.watch.idle_seconds() == 61.5


def test_a_service_that_hangs_is_asked_once_and_then_left_in_peace(
    address: str, logind: MockLogind, qtbot: QtBot
) -> None:
    clock = FakeClock()
    bus = Bus(QDBusConnection.connectToBus(address, "hanging"), clock.monotonic)
    logind.set("hangs", True)
    assert bus.get(MANAGER, "Docked") is None
    logind.set("hangs", False)
    assert bus.get(MANAGER, "Docked") is None  # at once: nobody waits for it again
    assert bus.has(GNOME)  # the others are asked
    clock.advance(31.0)
    assert bus.get(MANAGER, "Docked") is False
    QDBusConnection.disconnectFromBus("hanging")


def test_a_logind_that_is_started_anew_is_asked_for_the_delay_again(
    session: Session, address: str
) -> None:
    with a_logind(address) as first:
        session.watch.start()
        assert first.delays == 1
    with a_logind(address) as second:
        session.qtbot.waitUntil(lambda: second.delays == 1, timeout=5000)
        second.signal("manager", "PrepareForSleep", True)
        session.says(Reason.SLEEP)
        assert second.delays == 0


def test_no_answer_is_no_return(session: Session, logind: MockLogind) -> None:
    session.watch.start()
    logind.set("LockedHint", True, "session")
    session.says(Reason.SESSION_LOCKED)
    logind.set("hangs", True)
    logind.set("Active", False, "session")
    session.qtbot.wait(700)  # the question that is not answered
    assert session.said == []
    assert session.watch.is_away


@pytest.mark.parametrize(("kind", "expected"), [("x11", 7.0), ("wayland", None), ("", 7.0)])
def test_without_gnome_the_x_server_tells_unless_it_only_sees_its_own_windows(
    address: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, kind: str, expected: float | None
) -> None:
    monkeypatch.setattr(XIdle, "seconds", lambda _: 7.0)
    session = Session(address, qtbot, has_x11=True)
    with a_logind(address, (LOGIND,)) as logind:
        logind.set("Type", kind)
        session.watch.start()
        assert session.watch.idle_seconds() == expected
        session.end()


def test_without_anybody_on_the_bus_it_does_nothing(session: Session) -> None:
    session.watch.start()
    assert not session.watch.can_lock
    assert not session.watch.is_told
    assert not session.watch.lock_session()
    assert session.watch.idle_seconds() is None
    assert session.said == []


def test_without_a_bus_it_does_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    def no_bus(name: str) -> Bus:
        return Bus(QDBusConnection.connectToBus(f"unix:path={tmp_path / 'none'}", name))

    watch = LinuxSession(has_x11=False, system=no_bus("none-1"), session=no_bus("none-2"))
    watch.start()
    assert (watch.can_lock, watch.lock_session(), watch.idle_seconds()) == (False, False, None)
    watch.stop()


def test_a_program_outside_of_any_session_hears_of_the_sleep(
    session: Session, logind: MockLogind
) -> None:
    logind.set("Type", "")
    session.watch.start()
    logind.signal("manager", "PrepareForSleep", True)
    session.says(Reason.SLEEP)


@pytest.mark.xvfb
def test_an_x_server_tells_when_it_was_used(qtbot: QtBot) -> None:
    idle = XIdle()
    try:
        first = idle.seconds()
        if first is None:
            pytest.skip("no libXss here")
        qtbot.wait(60)
        later = idle.seconds()
        assert later is not None
        assert 0 <= first < later
    finally:
        idle.close()


def test_without_an_x_server_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", "")
    idle = XIdle()
    assert idle.seconds() is None
    idle.close()
