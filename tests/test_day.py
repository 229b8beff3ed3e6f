"""A day before the window, in real time under Xvfb, and told from the outside.

The program runs in a process of its own. After each step the test looks at the window, asks
`facelock status`, and searches the whole memory of the process for the key of the vault.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from staged_home import enrol_owner, vault_key
from window_process import WindowProcess

from facelock.core.activity import Activity, Happening
from facelock.core.levels import RULES, Level
from facelock.desktop.clock import SystemClock
from facelock.desktop.paths import Paths
from facelock.services.activity import ActivityJournal
from facelock.services.demo_store import open_demo_folder

AWAY = RULES[Level.STRICT].lock_when_away or 0.0
GRACE = 1.0  # seconds: two frames of the watch
PATIENCE = 20.0  # seconds; only spent where something is wrong

Shown = dict[str, Any]


def copies_in_memory(pid: int, key: bytes) -> int:
    """Return how often the key stands in the memory of a process. Raises PermissionError."""
    found, process = 0, Path("/proc", str(pid))
    with (process / "mem").open("rb", 0) as memory:
        for line in (process / "maps").read_text().splitlines():
            place, access = line.split()[:2]
            if "w" not in access:
                continue
            begin, end = (int(one, 16) for one in place.split("-"))
            try:
                memory.seek(begin)
                found += memory.read(end - begin).count(key)
            except (OSError, ValueError):
                continue  # memory of a device, or gone meanwhile
    return found


class Day:
    """The window of one day, and the eyes of somebody beside it."""

    def __init__(self, window: WindowProcess, key: bytes) -> None:
        self._window, self._key = window, key
        self.memory_is_shut = False

    def tell(self, word: str) -> None:
        """Change the stage, or use the window."""
        self._window.tell(word)
        assert self._window.next() == "done"

    def shown(self) -> Shown:
        """Return what the window shows."""
        self._window.tell("state")
        state: Shown = json.loads(self._window.next())
        assert state["titles"] == ["Facelock"], "titles are seen by all"
        assert state["cameras"] <= 1
        return state

    def comes(self, what: str, is_so: Callable[[Shown], bool], within: float = PATIENCE) -> float:
        """Wait until the window shows something; return the seconds that took."""
        began = time.monotonic()
        while not is_so(shown := self.shown()):
            passed = time.monotonic() - began
            assert passed < within, f"{what}: not within {within} s, but {shown}"
            time.sleep(0.02)
        return time.monotonic() - began

    def stays(self, what: str, is_so: Callable[[Shown], bool], seconds: float) -> None:
        """Look for so many seconds whether the window goes on to show something."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            assert is_so(shown := self.shown()), f"{what}: no longer, but {shown}"
            time.sleep(0.05)

    def told(self) -> Shown:
        """Return what `facelock status` tells of the window."""
        done = subprocess.run(
            [sys.executable, "-m", "facelock", "status", "--json"],
            capture_output=True,
            check=True,
            text=True,
        )
        told: Shown = json.loads(done.stdout)["window"]
        assert told["runs"]
        assert told["pid"] == self._window.process.pid
        return told

    def is_open_outside(self) -> None:
        """`facelock status` says so, and the key is in memory."""
        assert self.told()["state"] == "open"
        assert self._copies() != 0

    def is_locked_outside(self, reason: str | None) -> None:
        """`facelock status` says so and why, and the key is nowhere in memory."""
        told = self.told()
        assert told["state"] in {"locked", "scanning"}
        assert told["reason"] == reason
        assert self._copies() in {0, None}

    def _copies(self) -> int | None:
        try:
            return copies_in_memory(self._window.process.pid, self._key)
        except PermissionError:
            self.memory_is_shut = True
            return None


def is_open(shown: Shown) -> bool:
    return bool(shown["page"] == "Shell")


def is_locked(shown: Shown) -> bool:
    return bool(shown["page"] == "LockPage")


@pytest.fixture
def paths(monkeypatch: pytest.MonkeyPatch) -> Iterator[Paths]:
    """Enrol the owner at Strict, in this user's folders, which are short enough for a socket."""
    with tempfile.TemporaryDirectory(prefix="fl-") as home:
        for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
            monkeypatch.setenv(variable, str(Path(home, variable)))
        monkeypatch.delenv("COVERAGE_PROCESS_START", raising=False)
        paths = Paths.default()
        enrol_owner(paths, Level.STRICT)
        yield paths


@contextmanager
def begun(paths: Paths) -> Iterator[Day]:
    """Start the window; it ends kindly, and leaves nothing behind."""
    key = vault_key(paths)
    window = WindowProcess("day_process.py")
    try:
        assert window.next() == "ready"
        yield Day(window, key)
    finally:
        code = window.end()
    assert code == 0


def journal(paths: Paths) -> list[Activity]:
    """Read the log once the window has let go of the store; the newest last."""
    with closing(open_demo_folder(paths.data)) as store:
        return sorted(
            ActivityJournal(store, SystemClock()).read(store.people[0]), key=lambda one: one.at
        )


@pytest.mark.xvfb
@pytest.mark.timeout(400)
def test_a_day_before_the_window(paths: Paths) -> None:
    with begun(paths) as day:
        arrive(day)
        be_looked_on(day)
        leave(day)
        a_stranger_tries(day)
        come_back(day)
        lock_by_hand(day)
        sleep_and_wake(day)
        unplug(day)
    happened = [one.what for one in journal(paths)]
    assert happened.count(Happening.FACE_REFUSED) == 1
    assert happened.count(Happening.UNLOCKED_BY_FACE) == 4
    assert happened.count(Happening.UNLOCKED_BY_PASSPHRASE) == 1
    if day.memory_is_shut:
        pytest.skip("the day held, but nobody may look into another's memory here")


def arrive(day: Day) -> None:
    """In the morning it is locked. The owner sits down, it opens, they work."""
    assert is_locked(day.shown())
    day.is_locked_outside(None)
    day.tell("owner")
    day.comes("open for the owner", is_open)
    day.is_open_outside()
    for _ in range(3):
        day.tell("key")
    day.stays("open while the owner works", is_open, 1.0)


def be_looked_on(day: Day) -> None:
    """Somebody looks over the shoulder: what is private is hidden until they go."""
    day.tell("both")
    day.comes("the shield", lambda shown: shown["veiled"], within=PATIENCE)
    assert is_open(day.shown())
    day.tell("owner")
    day.comes("no shield", lambda shown: not shown["veiled"], within=PATIENCE)
    day.is_open_outside()


def leave(day: Day) -> None:
    """The owner walks away: it locks within the time of the level."""
    day.tell("empty")
    day.comes("locked after leaving", is_locked, within=AWAY + GRACE)
    day.is_locked_outside("away")


def a_stranger_tries(day: Day) -> None:
    """Somebody else sits down: refused, and it stays locked."""
    day.tell("stranger")
    day.comes("the refusal", lambda shown: shown["mood"] == "refused", within=30.0)
    day.tell("empty")
    day.stays("locked", is_locked, 2.0)
    day.is_locked_outside("away")


def come_back(day: Day) -> None:
    """The owner comes back: it opens by itself."""
    day.tell("owner")
    day.comes("open for the owner", is_open)
    day.is_open_outside()


def lock_by_hand(day: Day) -> None:
    """Locked while still in front: it does not open in the owner's face, but when they return."""
    day.tell("lock")
    day.comes("locked", is_locked, within=1.0)
    day.stays("locked before the owner", is_locked, 6.0)
    day.is_locked_outside("manual")
    day.tell("empty")
    day.stays("locked", is_locked, 4.0)
    come_back(day)


def sleep_and_wake(day: Day) -> None:
    """The machine sleeps: locked, and no camera. It wakes: it opens for whoever opened the lid."""
    day.tell("suspend")
    day.comes("locked", is_locked, within=1.0)
    day.comes("the camera is off", lambda shown: shown["cameras"] == 0, within=3.0)
    day.is_locked_outside("sleep")
    day.stays("asleep", lambda shown: is_locked(shown) and shown["cameras"] == 0, seconds=2.0)
    day.tell("resume")
    day.comes("open for the owner", is_open)
    day.is_open_outside()


def unplug(day: Day) -> None:
    """The camera goes: that locks nobody out. Locked, it says so, and the passphrase opens."""
    day.tell("unplug")
    day.stays("open without a camera", is_open, AWAY + GRACE)
    day.tell("lock")
    day.comes("locked", is_locked, within=1.0)
    day.comes("it says so", lambda shown: shown["mood"] == "no-camera")
    day.is_locked_outside("manual")
    day.tell("passphrase")
    day.comes("open by the passphrase", is_open)
    day.is_open_outside()
