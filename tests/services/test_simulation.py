"""Enrolling and probing from clips, on painted people."""

from __future__ import annotations

import pytest
from fakes import (
    FakeClip,
    FakeLiveness,
    PaintedFace,
    fake_pipeline,
    made_up_calibration,
    shown,
    synthetic_frame,
)

from facelock.core.attempt import LOOKS
from facelock.core.enrolment import Mode, Pose
from facelock.core.errors import SimulatedCameraRefused, TooFewSamples
from facelock.core.frames import Frame, HeadPose
from facelock.core.levels import Level
from facelock.core.liveness import Denied, Layer
from facelock.core.template import Profile
from facelock.services.simulation import SimulatedProbe, enrol_from, frames_of, probe_with

TURNS = (
    HeadPose(0, 0, 0),
    HeadPose(24, 0, 0),
    HeadPose(-24, 0, 0),
    HeadPose(0, 16, 0),
    HeadPose(0, -16, 0),
)
CALIBRATION = made_up_calibration()


def clip(person: int | None, frames: int, pose: HeadPose = TURNS[0]) -> FakeClip:
    return FakeClip(shown(person, frames, pose=pose, simulated=True))


def turning() -> list[FakeClip]:
    return [clip(1, 60, pose) for pose in TURNS]


@pytest.fixture(scope="module")
def owner() -> Profile:
    return enrol_from(lambda: [clip(1, 90)], fake_pipeline(), CALIBRATION).profile


def probed(frames: list[Frame], owner: Profile, level: Level = Level.BALANCED) -> SimulatedProbe:
    return probe_with(FakeClip(frames), "a clip", owner, fake_pipeline(), level)


def test_frames_of_several_clips_run_on_one_clock() -> None:
    clips = [clip(1, 10), clip(1, 10)]
    frames = list(frames_of(clips))
    times = [frame.captured_at for frame in frames]
    assert len(frames) == 20
    assert times == sorted(times)
    assert times[10] - times[9] > 5, "no hold or track reaches from one clip into the next"
    assert [(one.opens, one.closes) for one in clips] == [(1, 1), (1, 1)]


def test_a_clip_is_closed_though_the_reader_stops_early() -> None:
    played = clip(1, 10)
    frames = frames_of([played])
    next(frames)
    frames.close()  # type: ignore[attr-defined]  # it is a generator
    assert played.closes == 1


def test_clips_that_show_all_poses_enrol_in_guided_mode() -> None:
    result = enrol_from(turning, fake_pipeline(), CALIBRATION)
    assert result.mode is Mode.GUIDED
    assert result.complete
    assert result.poses == tuple(Pose)
    assert result.profile.demo
    assert result.profile.name == "Owner"
    assert result.threshold(Level.STRICT) == result.profile.thresholds[Level.STRICT]


def test_a_clip_that_does_not_turn_enrols_plainly_and_says_so() -> None:
    result = enrol_from(lambda: [clip(1, 90)], fake_pipeline(), CALIBRATION)
    assert result.mode is Mode.PLAIN
    assert result.complete
    assert result.poses == (Pose.CENTRE,)
    assert result.frames > 90, "the clip was shown a second time"


def test_no_frame_beyond_the_last_sample_is_played() -> None:
    result = enrol_from(lambda: [*turning(), clip(1, 500)], fake_pipeline(), CALIBRATION)
    assert result.frames <= len(TURNS) * 60


def test_a_clip_that_has_enough_for_plain_mode_is_not_played_twice() -> None:
    clips: list[int] = []

    def sources() -> list[FakeClip]:
        clips.append(1)
        return turning()[:4]

    result = enrol_from(sources, fake_pipeline(), CALIBRATION)
    assert result.complete
    assert result.mode is Mode.PLAIN
    assert clips == [1]


@pytest.mark.parametrize("person", [None, 1])
def test_a_clip_without_enough_good_frames_enrols_nobody(person: int | None) -> None:
    with pytest.raises(TooFewSamples):
        enrol_from(lambda: [clip(person, 12)], fake_pipeline(), CALIBRATION)


@pytest.mark.parametrize("level", Level)
def test_the_owner_is_accepted_at_every_level(owner: Profile, level: Level) -> None:
    result = probed(shown(1, 60, simulated=True), owner, level)
    assert result.verdict == "accepted"
    assert result.frames == result.usable_frames == LOOKS[0]
    assert result.seconds_to_verdict == pytest.approx((LOOKS[0] - 1) / 30, abs=0.001)
    assert result.distance is not None
    assert result.threshold is not None
    assert result.distance <= result.threshold


def test_a_stranger_is_rejected_after_all_looks(owner: Profile) -> None:
    result = probed(shown(2, 60, simulated=True), owner)
    assert result.verdict == "rejected"
    assert result.reason == "no-match"
    assert result.frames == LOOKS[-1]
    assert result.distance is not None
    assert result.threshold is not None
    assert result.distance > result.threshold


def test_a_clip_that_ends_after_a_non_match_is_a_rejection(owner: Profile) -> None:
    result = probed(shown(2, LOOKS[0] + 1, simulated=True), owner)
    assert result.verdict == "rejected"
    assert "ended" in result.reason


def test_a_clip_too_short_to_compare_is_no_verdict(owner: Profile) -> None:
    result = probed(shown(1, LOOKS[0] - 1, simulated=True), owner)
    assert (result.verdict, result.reason) == ("no-usable-face", "too few frames")
    assert result.distance is None
    assert result.threshold is None


def hopeless(**scene: float | bool) -> list[Frame]:
    return [
        synthetic_frame(1, at=index / 30, simulated=True, **scene)  # type: ignore[arg-type]
        for index in range(40)
    ]


@pytest.mark.parametrize(
    ("frames", "reason"),
    [
        (shown(None, 40, simulated=True), "no face"),
        ([synthetic_frame(None, light=0.05, simulated=True)] * 40, "too dark"),
        (hopeless(light=0.15), "too-dark"),
        (hopeless(width=32), "too-small"),
        ([], "too few frames"),
    ],
)
def test_frames_of_no_use_are_no_verdict_and_say_why(
    owner: Profile, frames: list[Frame], reason: str
) -> None:
    result = probed(frames, owner)
    assert (result.verdict, result.reason) == ("no-usable-face", reason)
    assert result.usable_frames == 0


def test_darkness_for_however_long_is_never_a_rejection(owner: Profile) -> None:
    frames = shown(None, 30 * 30, simulated=True)
    assert probed(frames, owner).verdict == "no-usable-face"
    late = shown(1, 10, start=60.0, simulated=True)
    assert probed([*frames, *late], owner).verdict == "accepted"


def test_a_crowd_is_no_verdict(owner: Profile) -> None:
    onlooker = PaintedFace(2, left=4, top=60, width=100)
    frames = [
        synthetic_frame(1, others=[onlooker], at=index / 30, simulated=True) for index in range(40)
    ]
    assert probed(frames, owner).reason == "several faces"


def test_liveness_rejects_and_says_which_layer(owner: Profile) -> None:
    pipeline = fake_pipeline(liveness=FakeLiveness(Denied(Layer.SURROUNDINGS)))
    source = clip(1, 40)
    result = probe_with(source, "photo", owner, pipeline, Level.BALANCED)
    assert (result.verdict, result.reason) == ("rejected", "surroundings")
    assert result.frames == 1
    assert source.closes == 1


def test_a_physical_frame_cannot_be_passed_off_as_a_clip(owner: Profile) -> None:
    with pytest.raises(SimulatedCameraRefused):
        probed(shown(1, 10, simulated=False), owner)
