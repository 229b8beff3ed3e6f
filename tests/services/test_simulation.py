"""Enrolling and probing from clips, with painted people through the real pipeline and policy."""

from __future__ import annotations

import pytest
from fakes import FakeClip, FakeLiveness, fake_pipeline, made_up_calibration, shown, synthetic_frame

from facelock.core.enrolment import Mode, Pose
from facelock.core.errors import NotOnePerson, SimulatedCameraRefused, TooFewSamples
from facelock.core.frames import Frame, HeadPose
from facelock.core.levels import Level
from facelock.services.simulation import SimulatedEnrolment, enrol_from, frames_of, probe_with

RING = ((0, 0), (24, 0), (-24, 0), (0, 16), (0, -16))


def _ring(person: int) -> list[Frame]:
    frames: list[Frame] = []
    for yaw, pitch in RING:
        pose = HeadPose(yaw, pitch, 0)
        frames += shown(person, 40, start=len(frames) / 30, pose=pose, simulated=True)
    return frames


def _straight(person: int | None, frames: int = 120) -> list[Frame]:
    return shown(person, frames, simulated=True)


def _enrol(*clips: list[Frame]) -> SimulatedEnrolment:
    return enrol_from(
        lambda: [FakeClip(clip) for clip in clips], fake_pipeline(), made_up_calibration()
    )


@pytest.fixture
def ada() -> SimulatedEnrolment:
    return _enrol(_straight(1))


def test_a_clip_that_shows_all_poses_enrols_guided() -> None:
    enrolled = _enrol(_ring(1))
    assert enrolled.mode is Mode.GUIDED
    assert enrolled.complete
    assert enrolled.poses == tuple(Pose)
    assert enrolled.profile.demo


def test_a_clip_that_never_turns_falls_back_to_plain_mode(ada: SimulatedEnrolment) -> None:
    assert ada.mode is Mode.PLAIN
    assert ada.complete
    assert ada.poses == (Pose.CENTRE,)


def test_a_clip_without_a_face_enrols_nobody() -> None:
    with pytest.raises(TooFewSamples):
        _enrol(_straight(None))


def test_clips_of_two_people_never_make_one_profile() -> None:
    try:
        enrolled = _enrol(_straight(1, 20), _straight(2))
    except (NotOnePerson, TooFewSamples):
        return
    # Whoever came first was enrolled, and the other one's frames were refused one by one.
    probe = FakeClip(_straight(2, 60))
    assert probe_with(probe, "", enrolled.profile, fake_pipeline(), Level.BALANCED).verdict == (
        "rejected"
    )


def test_frames_of_a_real_camera_are_refused() -> None:
    with pytest.raises(SimulatedCameraRefused):
        _enrol(shown(1, 60, simulated=False))


def test_clips_follow_each_other_on_one_growing_clock() -> None:
    clips = [FakeClip(_straight(1, 5)), FakeClip(_straight(1, 5))]
    times = [frame.captured_at for frame in frames_of(clips)]
    assert times == sorted(set(times))
    assert len(times) == 10
    assert [clip.closes for clip in clips] == [1, 1]


@pytest.mark.parametrize("level", Level)
def test_the_owner_is_accepted_at_every_level(ada: SimulatedEnrolment, level: Level) -> None:
    probe = probe_with(FakeClip(_straight(1)), "p", ada.profile, fake_pipeline(), level)
    assert probe.verdict == "accepted"
    assert probe.usable_frames <= probe.frames
    assert probe.distance is not None
    assert probe.threshold is not None
    assert probe.distance <= probe.threshold


@pytest.mark.parametrize("level", Level)
def test_a_stranger_is_rejected_at_every_level(ada: SimulatedEnrolment, level: Level) -> None:
    probe = probe_with(FakeClip(_straight(2)), "p", ada.profile, fake_pipeline(), level)
    assert (probe.verdict, probe.reason) == ("rejected", "no-match")
    assert probe.frames == probe.usable_frames == 25
    assert probe.seconds_to_verdict == pytest.approx(24 / 30, abs=1e-3)


def test_a_clip_that_ends_after_a_non_match_is_rejected(ada: SimulatedEnrolment) -> None:
    probe = probe_with(FakeClip(_straight(2, 7)), "p", ada.profile, fake_pipeline(), Level.STRICT)
    assert probe.verdict == "rejected"


@pytest.mark.parametrize(
    ("frames", "reason"),
    [
        (_straight(None, 20), "no face"),
        ([synthetic_frame(1, at=t / 30, simulated=True, light=0.01) for t in range(20)], None),
        (_straight(1, 3), "too few frames"),
        ([], "too few frames"),
    ],
)
def test_clips_without_a_usable_face_say_why(
    ada: SimulatedEnrolment, frames: list[Frame], reason: str | None
) -> None:
    probe = probe_with(FakeClip(frames), "p", ada.profile, fake_pipeline(), Level.BALANCED)
    assert probe.verdict == "no-usable-face"
    assert probe.reason
    assert reason in (None, probe.reason)
    assert probe.distance is None


def test_a_denial_by_liveness_rejects_at_once(ada: SimulatedEnrolment) -> None:
    pipeline = fake_pipeline(liveness=FakeLiveness(denies=True))
    probe = probe_with(FakeClip(_straight(1)), "p", ada.profile, pipeline, Level.BALANCED)
    assert (probe.verdict, probe.reason, probe.frames) == ("rejected", "fake-layer", 1)
