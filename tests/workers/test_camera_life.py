"""Cameras through real life, seen by the eyes: each trouble comes and goes on cue."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from eyes_bench import EyesBench
from fake_cameras import FakeSource
from pytestqt.qtbot import QtBot

from facelock.core.frames import Frame, Pixels


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[EyesBench]:
    made = EyesBench(qtbot)
    yield made
    made.close()


def brightening(number: int) -> Pixels:
    """A camera that opens its eye: black at first, bright after nine frames."""
    return np.full((48, 64, 3), min(10 * number, 100), np.uint8)


def mean(frame: Frame) -> float:
    return float(frame.pixels.mean())


def test_no_frame_of_a_camera_that_still_finds_its_exposure_is_looked_at(bench: EyesBench) -> None:
    bench.source.picture = brightening
    bench.eyes.work(mean)
    bench.eyes.look(bench.open)
    bench.qtbot.waitUntil(lambda: len(bench.told.seen) >= 2)
    assert all(isinstance(seen, float) and seen >= 60 for seen in bench.told.seen)


def test_a_dark_room_is_looked_at_after_a_moment(bench: EyesBench) -> None:
    bench.source.picture = lambda _: np.full((48, 64, 3), 12, np.uint8)
    bench.eyes.work(mean)
    bench.eyes.look(bench.open)
    bench.qtbot.waitUntil(lambda: bool(bench.told.seen))
    assert bench.told.seen[0] == 12


def test_a_camera_that_is_opened_again_is_waited_for_again(bench: EyesBench) -> None:
    bench.source.picture = brightening
    bench.eyes.work(mean)
    bench.eyes.look(bench.open)
    bench.qtbot.waitUntil(lambda: bool(bench.told.seen))
    bench.other = FakeSource()
    bench.other.picture = brightening
    bench.eyes.look(bench.open_other)
    seen = len(bench.told.seen)
    bench.qtbot.waitUntil(lambda: len(bench.told.seen) > seen)
    assert all(isinstance(value, float) and value >= 60 for value in bench.told.seen)
