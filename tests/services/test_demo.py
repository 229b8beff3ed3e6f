"""The demo's journey with painted people: its result is what the lock did."""

from __future__ import annotations

import pytest
from fakes import FakeClip, fake_pipeline, made_up_calibration, shown
from sealed_people import FAST

from facelock.core.errors import SimulatedCameraRefused
from facelock.core.frames import Frame, HeadPose
from facelock.core.levels import Level
from facelock.services.demo import run_demo
from facelock.services.demo_events import (
    DemoEvent,
    DemoResult,
    Glanced,
    OwnerEnrolled,
    OwnerRemoved,
    PassphraseTried,
    SampleTaken,
)

RING = ((0, 0), (24, 0), (-24, 0), (0, 16), (0, -16))


def _ring(person: int, *, simulated: bool = True) -> list[Frame]:
    frames: list[Frame] = []
    for yaw, pitch in RING:
        pose = HeadPose(yaw, pitch, 0)
        frames += shown(person, 40, start=len(frames) / 30, pose=pose, simulated=simulated)
    return frames


class PaintedCast:
    """Painted people in the place of portraits."""

    owner_name = "Ada"

    def __init__(
        self, *, owner: int = 1, glances: int | None = 1, stranger: int = 2, simulated: bool = True
    ) -> None:
        self._owner, self._glances, self._stranger = owner, glances, stranger
        self._simulated = simulated

    def owner_enrolment(self) -> FakeClip:
        return FakeClip(_ring(self._owner, simulated=self._simulated))

    def owner_glance(self, seed: int) -> FakeClip:
        return FakeClip(shown(self._glances, 60, simulated=True))

    def stranger_glance(self, seed: int) -> FakeClip:
        return FakeClip(shown(self._stranger, 60, simulated=True))


def _play(cast: PaintedCast, level: Level = Level.BALANCED) -> tuple[DemoResult, list[DemoEvent]]:
    told: list[DemoEvent] = []
    result = run_demo(
        cast, fake_pipeline(), made_up_calibration(), level, tell=told.append, kdf=FAST
    )
    return result, told


@pytest.mark.parametrize("level", Level)
def test_the_whole_journey_goes_well(level: Level) -> None:
    result, told = _play(PaintedCast(), level)
    assert result.went_well
    assert result.poses == ("centre", "left", "right", "up", "down")
    assert sum(isinstance(event, SampleTaken) for event in told) == result.samples == 10
    kinds = [type(event) for event in told if not isinstance(event, SampleTaken)]
    assert kinds == [
        OwnerEnrolled, Glanced, Glanced, PassphraseTried, PassphraseTried, OwnerRemoved
    ]  # fmt: skip


def test_an_owner_who_is_not_recognised_is_reported() -> None:
    result, _ = _play(PaintedCast(glances=3))
    assert result.enrolled
    assert not result.owner_unlocked
    assert not result.went_well


def test_an_owner_who_never_comes_is_reported() -> None:
    assert not _play(PaintedCast(glances=None))[0].owner_unlocked


def test_a_stranger_who_gets_in_is_reported() -> None:
    result, _ = _play(PaintedCast(stranger=1))
    assert result.owner_unlocked
    assert not result.stranger_refused
    assert not result.went_well


def test_the_demo_says_whether_liveness_took_part() -> None:
    # Its people are pictures, so its sealed record leaves liveness out, and the demo says so.
    assert _play(PaintedCast())[0].liveness is False


def test_a_camera_that_is_not_simulated_is_refused() -> None:
    with pytest.raises(SimulatedCameraRefused):
        _play(PaintedCast(simulated=False))
