"""Eight hours of coming and going in seconds: no missed lock, and nothing that grows.

Lock, vault key, pages, watch and rules are the real ones, wired as in the program; the clock, the
camera and the networks are not (`fake_time`, `swift_eyes`). `make soak` is the same in real time.
"""

from __future__ import annotations

import gc
import itertools
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fake_time import FakeTime
from fakes import FakeClock, fake_pipeline, made_up_calibration, made_up_profile
from fakes_pages import CHEAP, FakeThumbnails
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from soak_plays import Day
from staged_home import PASSPHRASE
from swift_eyes import PaintedStage, SwiftEyes

from facelock import app
from facelock.core.frames import Frame
from facelock.core.levels import Level
from facelock.desktop.paths import Paths
from facelock.services.leaving_rules import fitted
from facelock.ui.outside import Outside
from facelock.ui.player import Play, Player
from facelock.ui.program import Program
from facelock.ui.visits import GRACE
from facelock.vault.key_files import prepare_keys
from facelock.vault.keyring import NoKeyring
from facelock.vault.store import ProfileStore

HOUR = 3600.0
HOURS = 8
BEGINS = 1000.0  # what the fake clock shows at first
GROWTH = 0.01  # of the objects, from the end of the first hour on
_LOOK_EVERY = 500  # milliseconds of the fake clock


class Workday:
    """The program, and somebody who comes and goes before it."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.clock = FakeClock()
        self.time = FakeTime(self.clock, monkeypatch)
        self.stage = PaintedStage(self.clock.monotonic)
        monkeypatch.setattr("facelock.ui.program.Eyes", SwiftEyes)
        monkeypatch.setattr(os, "fsync", lambda _file: None)  # nobody cuts the power here
        self.thumbnails = FakeThumbnails()
        self.program = self._build(folder)
        self.program.window.show()
        self.time.pass_by(1.0, until=lambda: self.program.eyes.pipeline is not None)
        self.program.window.setUpdatesEnabled(False)  # nobody looks at eight hours of painting
        self.day = Day(self.program, self.stage, work=150.0)
        self.failures: list[str] = []
        self.rounds: Counter[str] = Counter()

    def _build(self, folder: Path) -> Program:
        paths = Paths.below(folder)
        store = ProfileStore.open(paths.store, NoKeyring(), demo=True, kdf_floor=CHEAP)
        owner = made_up_profile(1, "Ada", demo=True)
        store.enrol(owner, prepare_keys(owner.profile_id, PASSPHRASE, kdf=CHEAP))
        store.save_machine(fitted(replace(store.machine, liveness=False), Level.STRICT))
        outside = Outside(
            load_pipeline=fake_pipeline,
            load_calibration=made_up_calibration,
            list_cameras=lambda: (),
            open_camera=self.stage.camera,
            live_pictures=lambda: self.thumbnails,
            clock=self.clock,
            kdf=CHEAP,
        )
        return app.build(app.OpenStore(store, has_keyring=False), paths, outside)

    def play(self, name: str, play: Play) -> None:
        """Let it happen; what did not go as it should is kept."""
        ends: list[str] = []
        player = Player(now=self.clock.monotonic, look_every=_LOOK_EVERY)
        player.ended.connect(ends.append)
        player.begin(play)
        self.time.pass_by(HOUR, until=lambda: bool(ends))
        player.deleteLater()
        self.rounds[name] += 1
        if ends != [""]:
            self.failures.append(f"{self.clock.monotonic():.0f} s, {name}: {ends or 'no end'}")

    def close(self) -> None:
        self.program.window.close()
        self.program.stop()
        self.program.window.deleteLater()
        self.thumbnails.deleteLater()


@pytest.fixture
def workday(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workday]:
    del qtbot
    made = Workday(tmp_path, monkeypatch)
    yield made
    made.close()


def counted(workday: Workday) -> Counter[str]:
    """Return how much of everything there is, the window being open and quiet."""
    gc.collect()
    objects = gc.get_objects()
    found = Counter(type(one).__name__ for one in objects if issubclass(type(one), QObject))
    found.update(type(one).__name__ for one in objects if issubclass(type(one), Frame))
    found["everything"] = len(objects)
    found["cameras"] = workday.stage.cameras_open
    return found


@pytest.mark.timeout(240)
def test_eight_hours_miss_no_lock_and_keep_nothing(workday: Workday) -> None:
    day = workday.day
    workday.play("arriving", day.recover())
    rounds = itertools.cycle(day.rounds())
    counts: list[Counter[str]] = []
    for hour in range(1, HOURS + 1):
        while workday.clock.monotonic() < BEGINS + hour * HOUR:
            name, play = next(rounds)
            workday.play(name, play())
        workday.play("walked away", day.walk_away())  # so that every hour ends alike
        counts.append(counted(workday))
    assert workday.failures == []
    assert workday.rounds.total() > 200
    assert set(workday.rounds) == {"arriving", *(name for name, _ in day.rounds())}
    assert len(day.times.to_lock) > 100
    assert max(day.times.to_lock) <= day.away + GRACE
    first, last = counts[0], counts[-1]
    assert first["Shell"] == last["Shell"] == 1
    assert first["LockPage"] == last["LockPage"] == 0
    assert first["cameras"] == last["cameras"] == 1
    growth = last["everything"] / first["everything"] - 1
    assert growth < GROWTH, f"{growth:.1%} more: {last - first}"
    assert last - first <= Counter(everything=1000), last - first
