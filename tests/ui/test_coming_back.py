"""What has to happen after each kind of lock before a face is compared again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from fakes_ui import PASSPHRASE, ScriptedPipeline, calibration
from lock_bench import LockBench
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from facelock.core.errors import CameraLost, ModelCorrupt, StoreUnwritable
from facelock.core.leaving import Arming
from facelock.core.levels import Level
from facelock.core.observation import Gathering, NoFace
from facelock.core.policy import CoolingDown, Locked, LockState, PassphraseOnly, Scanning, Why
from facelock.services.face_watch import FaceWatch
from facelock.ui.ring_state import RingMood

Make = Callable[..., LockBench]


@pytest.fixture
def make(qtbot: QtBot) -> Iterator[Make]:
    made: list[LockBench] = []

    def build(
        arming: Arming, people: int = 1, *, loaded: bool = True, asks_first: bool = False
    ) -> LockBench:
        bench = LockBench(people, loaded=loaded)
        made.append(bench)
        bench.access.leaving.asks_first = asks_first
        bench.page.begin_as(arming)
        bench.page.show()
        return bench

    yield build
    for bench in made:
        bench.close()


def scans(bench: LockBench) -> bool:
    return bench.page.scan.is_active and bench.eyes.is_looking and not bench.eyes.is_watching


def watches(bench: LockBench) -> bool:
    """True if the camera is on for the watch alone, and nobody is compared with anybody."""
    return (
        bench.eyes.is_watching
        and isinstance(bench.eyes.watching, FaceWatch)
        and not bench.eyes.is_looking
        and not bench.page.scan.is_active
        and bench.eyes.current is None
    )


def rests(bench: LockBench) -> bool:
    return not (bench.eyes.is_looking or bench.eyes.is_watching or bench.page.scan.is_active)


def test_at_once_means_at_once(make: Make) -> None:
    assert scans(make(Arming.AT_ONCE))


def test_after_a_walk_away_it_begins_when_somebody_is_seen(make: Make) -> None:
    bench = make(Arming.WHEN_SEEN)
    assert watches(bench)
    assert bench.shows(RingMood.WATCHING)
    assert bench.eyes.watch_pace == 0.5
    assert "Looking out" in bench.sentence
    bench.watched(30)
    assert watches(bench)
    bench.watched(0.5, present=True)
    assert scans(bench)
    assert bench.shows(RingMood.SCANNING)


def test_with_nobody_left_to_see_a_scan_goes_back_to_watching(make: Make) -> None:
    bench = make(Arming.WHEN_SEEN)
    bench.watched(0.5, present=True)
    bench.access.now += 59
    bench.eyes.show(NoFace())
    assert scans(bench)
    bench.access.now += 2
    bench.eyes.show(NoFace())
    assert watches(bench)
    bench.watched(0.5, present=True)
    assert scans(bench)


def test_whoever_locked_stays_locked_out_for_as_long_as_they_remain(make: Make) -> None:
    bench = make(Arming.AFTER_ABSENCE)
    bench.watched(600, present=True)
    assert watches(bench)
    assert "once you have been away" in bench.sentence
    assert bench.access.state == Locked()


def test_once_away_for_two_seconds_they_are_looked_for_again(make: Make) -> None:
    bench = make(Arming.AFTER_ABSENCE)
    bench.watched(5, present=True)
    bench.watched(2.0)  # the fourth frame is 1.5 seconds after the first
    assert "once you have been away" in bench.sentence
    bench.watched(0.5)
    assert "Looking out" in bench.sentence
    assert watches(bench)
    bench.watched(0.5, present=True)
    assert scans(bench)


def test_a_glance_aside_is_no_absence(make: Make) -> None:
    bench = make(Arming.AFTER_ABSENCE)
    for _ in range(20):
        bench.watched(2.0)
        bench.watched(0.5, present=True)
    assert watches(bench)
    assert "once you have been away" in bench.sentence


def test_a_gap_in_the_frames_is_no_absence(make: Make) -> None:
    bench = make(Arming.AFTER_ABSENCE)
    for _ in range(5):
        bench.watched(1.0)
        bench.access.now += 30
    bench.watched(0.5, present=True)
    assert watches(bench)


def test_darkness_is_no_absence(make: Make) -> None:
    bench = make(Arming.AFTER_ABSENCE)
    bench.watched(60, too_dark=True)
    bench.watched(1)
    bench.watched(60, too_dark=True)
    bench.watched(1, present=True)
    assert watches(bench)


def test_in_the_dark_it_says_so_and_goes_on_watching(make: Make) -> None:
    bench = make(Arming.WHEN_SEEN)
    bench.watched(5, too_dark=True)
    assert watches(bench)
    assert "too dark" in bench.sentence
    assert not bench.page.lamp.is_on
    bench.watched(0.5)
    assert "Looking out" in bench.sentence


def test_the_camera_is_off_until_the_session_returns(make: Make) -> None:
    bench = make(Arming.ON_RETURN)
    assert rests(bench)
    assert bench.shows(RingMood.ASLEEP)
    bench.page.returned()
    assert scans(bench)


def test_a_return_begins_a_scan_that_was_waiting_anew(make: Make) -> None:
    bench = make(Arming.AT_ONCE)
    bench.access.now += 600  # the session was locked, and no frame came
    bench.page.returned()
    bench.eyes.show(NoFace())
    assert scans(bench)


@pytest.mark.parametrize("arming", list(Arming))
@pytest.mark.parametrize("by_key", [True, False])
def test_a_key_or_a_click_always_begins(make: Make, arming: Arming, by_key: bool) -> None:  # noqa: FBT001
    bench = make(arming)
    if by_key:
        QTest.keyClick(bench.page.passphrase.edit, Qt.Key.Key_Escape)
    else:
        bench.page.ring.clicked.emit()
    assert scans(bench)


@pytest.mark.parametrize("arming", list(Arming))
def test_who_is_asked_first_is_never_looked_for(make: Make, arming: Arming) -> None:
    bench = make(arming, asks_first=True)
    assert rests(bench)
    bench.page.returned()
    assert rests(bench)
    bench.page.hide()
    bench.page.show()
    assert rests(bench)
    QTest.keyClick(bench.page.passphrase.edit, Qt.Key.Key_Escape)
    assert scans(bench)


@pytest.mark.parametrize("arming", list(Arming))
def test_who_is_asked_first_is_not_watched_after_a_scan_either(make: Make, arming: Arming) -> None:
    bench = make(arming, asks_first=True)
    bench.page.ring.clicked.emit()
    bench.access.now += 61
    bench.eyes.show(NoFace())
    assert rests(bench)
    assert "camera is off" in bench.sentence


def test_a_scan_that_was_asked_for_and_saw_nobody_has_seen_the_absence(make: Make) -> None:
    bench = make(Arming.AFTER_ABSENCE)
    bench.page.ring.clicked.emit()
    bench.access.now += 61
    bench.eyes.show(NoFace())
    assert watches(bench)
    assert "Looking out" in bench.sentence
    bench.watched(0.5, present=True)
    assert scans(bench)


def test_a_page_that_was_hidden_meanwhile_counts_the_absence_anew(make: Make) -> None:
    bench = make(Arming.AFTER_ABSENCE)
    bench.watched(2.0)
    bench.page.hide()
    bench.page.show()
    bench.watched(0.5)
    bench.watched(0.5, present=True)
    assert watches(bench)


def test_after_an_hour_the_camera_is_off_for_good(make: Make) -> None:
    bench = make(Arming.WHEN_SEEN)
    bench.watched(3600)
    assert watches(bench)
    bench.watched(0.5, present=True)
    assert rests(bench)
    assert "camera is off" in bench.sentence
    bench.page.hide()
    bench.page.show()
    assert rests(bench)
    bench.page.returned()
    assert scans(bench)


@pytest.mark.parametrize(
    "state", [CoolingDown(3, 1030.0), PassphraseOnly(Why.TOO_MANY_FAILURES, 5)]
)
def test_where_no_face_opens_nobody_is_watched(
    make: Make, state: CoolingDown | PassphraseOnly
) -> None:
    bench = make(Arming.WHEN_SEEN)
    bench.access.state = state
    bench.watched(0.5)
    assert not bench.eyes.is_watching
    assert not bench.eyes.is_looking
    assert bench.shows(RingMood.COOLING if isinstance(state, CoolingDown) else RingMood.FACE_GONE)


def test_networks_that_come_late_watch_then(make: Make) -> None:
    bench = make(Arming.WHEN_SEEN, loaded=False)
    assert rests(bench)
    bench.eyes.pipeline = ScriptedPipeline()  # type: ignore[assignment]
    bench.eyes.pipeline_ready.emit(bench.eyes.pipeline)
    assert watches(bench)


def test_networks_that_never_come_leave_the_passphrase(make: Make) -> None:
    bench = make(Arming.WHEN_SEEN, loaded=False)
    bench.eyes.trouble = ModelCorrupt("x")
    bench.eyes.pipeline_failed.emit(bench.eyes.trouble)
    assert bench.shows(RingMood.FACE_GONE)
    assert not bench.eyes.is_watching
    assert not bench.eyes.is_looking


def test_without_a_camera_it_says_why_and_goes_on_when_it_is_back(make: Make) -> None:
    bench = make(Arming.AFTER_ABSENCE)
    bench.watched(1.5)
    bench.eyes.watch_failed.emit(bench.eyes.watching, CameraLost("x"))
    assert bench.shows(RingMood.NO_CAMERA)
    assert "cable" in bench.sentence
    bench.watched(1.0)  # what was counted before is forgotten
    assert bench.shows(RingMood.WATCHING)
    assert "once you have been away" in bench.sentence


def test_a_watch_that_is_over_leaves_the_camera_off(make: Make) -> None:
    bench = make(Arming.AFTER_ABSENCE)
    bench.eyes.watch_failed.emit(bench.eyes.watching, EOFError("the clip is over"))
    assert rests(bench)
    assert bench.shows(RingMood.ASLEEP)


def test_what_another_watch_saw_begins_nothing(make: Make) -> None:
    bench = make(Arming.WHEN_SEEN)
    before = bench.eyes.watching
    bench.page.hide()
    bench.page.show()
    assert bench.eyes.watching is not before
    bench.eyes.watched.emit(before, "whatever it was")
    assert watches(bench)


@pytest.mark.parametrize("arming", [Arming.AT_ONCE, Arming.WHEN_SEEN, Arming.AFTER_ABSENCE])
def test_hidden_it_releases_the_camera_and_shown_it_goes_on_as_it_was(
    make: Make, arming: Arming
) -> None:
    bench = make(arming)
    before = scans(bench)
    bench.page.hide()
    assert rests(bench)
    bench.page.show()
    assert scans(bench) is before
    assert watches(bench) is not before
    assert ("once you have been away" in bench.sentence) is (arming is Arming.AFTER_ABSENCE)


def test_a_session_that_returns_behind_a_hidden_page_begins_when_it_is_shown(make: Make) -> None:
    bench = make(Arming.ON_RETURN)
    bench.page.hide()
    bench.page.returned()
    assert rests(bench)
    bench.page.show()
    assert scans(bench)


def test_the_passphrase_ends_the_watch(make: Make, qtbot: QtBot) -> None:
    bench = make(Arming.WHEN_SEEN)
    bench.type(PASSPHRASE)
    with qtbot.waitSignal(bench.page.unlocked, timeout=5000):
        QTest.keyClick(bench.page.passphrase.edit, Qt.Key.Key_Return)
    assert rests(bench)


def test_a_scan_that_was_begun_goes_on_as_before(make: Make) -> None:
    bench = make(Arming.WHEN_SEEN)
    bench.watched(0.5, present=True)
    bench.eyes.show(Gathering(1))
    bench.stranger()
    assert isinstance(bench.access.state, Locked | Scanning)
    assert bench.shows(RingMood.REFUSED)


@pytest.mark.parametrize(
    ("arming", "after"),
    [
        (Arming.AT_ONCE, Arming.ON_RETURN),
        (Arming.ON_RETURN, Arming.ON_RETURN),
        (Arming.WHEN_SEEN, Arming.WHEN_SEEN),
        (Arming.AFTER_ABSENCE, Arming.AFTER_ABSENCE),
    ],
)
def test_a_page_made_anew_never_looks_where_the_old_one_did_not(
    make: Make, arming: Arming, after: Arming
) -> None:
    assert make(arming).page.back.arming is after


def test_where_a_name_comes_first_nobody_is_watched_before_it(make: Make) -> None:
    bench = make(Arming.AFTER_ABSENCE, people=2)
    bench.identifying.calibration = replace(calibration(), fmr_grid=np.array([1e-5, 1, 1, 1]))
    bench.access.level = Level.STRICT
    bench.identifying.gallery(bench.eyes.pipeline.model_sha256)  # type: ignore[union-attr]
    bench.watched(0.5)
    assert "Choose your name" in bench.sentence
    assert not bench.eyes.is_watching
    assert not bench.eyes.is_looking


def test_what_was_in_the_way_of_the_watch_is_no_way_round_the_absence(
    make: Make, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    bench = make(Arming.AFTER_ABSENCE)
    bench.page.hide()
    troubles: list[Exception] = [StoreUnwritable("the disk was full for a moment")]
    real = bench.access.tick

    def tick() -> LockState:
        if troubles:
            raise troubles.pop()
        return real()

    monkeypatch.setattr(bench.access, "tick", tick)
    bench.page.show()
    assert bench.eyes.current is None  # nobody is compared with anybody
    qtbot.waitUntil(lambda: watches(bench))
    bench.watched(30, present=True)
    assert watches(bench)
    bench.watched(3)
    bench.watched(0.5, present=True)
    assert scans(bench)


def test_a_cool_down_at_a_lock_by_hand_ends_in_the_watch(make: Make, qtbot: QtBot) -> None:
    bench = make(Arming.AFTER_ABSENCE)
    bench.page.hide()
    bench.access.state = CoolingDown(1, bench.access.now + 30)
    bench.page.show()
    assert rests(bench) or bench.page.scan.is_active
    assert bench.eyes.current is None
    bench.access.now += 31
    qtbot.waitUntil(lambda: watches(bench), timeout=3000)
