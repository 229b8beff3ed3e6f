"""The eyes as a gate, and blinks."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from facelock.core.frames import HeadPose
from facelock.core.gaze import EyeSample, Gaze
from facelock.core.liveness import Prompt, Shown, Wanting

STRAIGHT = HeadPose(2.0, -8.0, 1.0)
AWAY = HeadPose(40.0, 0.0, 0.0)


def after(openness: Sequence[float], *, fps: float = 25.0, poses: Sequence[HeadPose] = ()) -> Gaze:
    known = Gaze()
    for index, one in enumerate(openness):
        pose = poses[index] if poses else STRAIGHT
        known = known.add(EyeSample(index / fps, one, pose))
    return known


OPEN, SHUT = [0.28], [0.15]
BLINK = [*OPEN * 10, *SHUT * 3, *OPEN * 6]


def test_open_eyes_that_face_the_camera_pass_after_a_few_frames() -> None:
    assert after(OPEN * 3).judge() == Wanting()
    assert after(OPEN * 4).judge() == Shown()


def test_one_blink_in_between_does_not_close_the_gate() -> None:
    assert after([*OPEN * 2, 0.05, *OPEN * 2]).judge() == Shown()
    assert after(BLINK).judge() == Shown()


def test_somebody_asleep_is_asked_to_open_their_eyes_and_never_passes() -> None:
    asleep = after([0.06] * 100)
    assert asleep.judge() == Wanting(Prompt.OPEN_EYES)
    assert not asleep.has_blinked


def test_somebody_who_looks_away_does_not_pass() -> None:
    assert after(OPEN * 50, poses=[AWAY] * 50).judge() == Wanting()


def test_a_blink_is_seen_at_webcam_rates() -> None:
    assert after(BLINK, fps=30).has_blinked
    assert after(BLINK, fps=20).has_blinked


@pytest.mark.parametrize(
    ("openness", "why"),
    [
        (OPEN * 40, "nothing happens"),
        ([*OPEN * 10, *SHUT * 30, *OPEN * 6], "too long for a blink"),
        ([*OPEN * 10, *SHUT * 10], "they stay shut"),
        ([*SHUT * 10, *OPEN * 10], "they were shut before"),
        ([*OPEN * 10, *[0.22] * 3, *OPEN * 6], "the lids hardly move"),
        ([*[0.10] * 10, *[0.02] * 3, *[0.10] * 6], "never open at all"),
    ],
)
def test_this_is_no_blink(openness: Sequence[float], why: str) -> None:
    assert not after(openness).has_blinked, why


def test_slow_frames_tell_of_no_blink() -> None:
    assert not after(BLINK, fps=8).has_blinked


def test_lids_that_sink_as_the_head_turns_are_no_blink() -> None:
    poses = [HeadPose(3.0 * index, 0.0, 0.0) for index in range(len(BLINK))]
    assert not after(BLINK, poses=poses).has_blinked


def test_a_blink_once_seen_stays_seen() -> None:
    assert after([*BLINK, *OPEN * 60]).has_blinked
