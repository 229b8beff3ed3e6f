"""Threat-model row 2: a video played to the camera; at Strict, one that cannot answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from bench_liveness import STRETCHES

from facelock.core.frames import Pixels
from facelock.core.levels import Level
from facelock.core.liveness import Prompt
from facelock.core.ports import FrameSource
from facelock.core.template import Profile
from facelock.services.answering import AnsweringCamera, pictures_of
from facelock.services.calibration import load_calibration
from facelock.services.loading import load_pipeline
from facelock.services.recognition import FacePipeline
from facelock.services.simulation import SimulatedProbe, enrol_from, probe_with
from facelock.vision.clip import parse_clip
from facelock.vision.simulated_camera import SimulatedCamera

pytestmark = pytest.mark.security

LIVE, REPLAY, PHONE = (
    "tran-live.mp4",
    "tran-screen-replay.mp4",
    "manikantha-screen-replay.mp4",
)
Stretches = Mapping[Prompt, Sequence[Pixels]]


class Lock:
    """A lock with the person of a clip enrolled."""

    def __init__(self, folder: Path, clip: str) -> None:
        self.folder = folder
        self.pipeline: FacePipeline = load_pipeline()
        calibration = load_calibration()
        self.owner: Profile = enrol_from(
            lambda: [self.camera(clip)], self.pipeline, calibration
        ).profile

    def camera(self, clip: str) -> SimulatedCamera:
        return SimulatedCamera(parse_clip(str(self.folder / clip)), realtime=False, loop=False)

    def stretches(self, clip: str) -> Stretches:
        return {
            prompt: pictures_of(self.camera(f"{clip}#t={seconds}"))[0]
            for prompt, seconds in STRETCHES.items()
        }

    def tries(self, source: FrameSource, level: Level = Level.STRICT) -> SimulatedProbe:
        return probe_with(source, "probe", self.owner, self.pipeline, level)


@pytest.fixture(scope="module")
def lock(shared_data: Path) -> Lock:
    return Lock(shared_data / "clips", LIVE)


@pytest.fixture(scope="module")
def live(lock: Lock) -> Stretches:
    return lock.stretches(LIVE)


def test_the_person_is_let_in_and_their_video_on_a_screen_is_not(lock: Lock) -> None:
    assert lock.tries(lock.camera(LIVE), Level.BALANCED).verdict == "accepted"
    replay = lock.tries(lock.camera(REPLAY), Level.BALANCED)
    assert (replay.verdict, replay.reason) == ("rejected", "surroundings")


def test_a_video_on_a_phone_is_refused_even_to_whom_it_shows(shared_data: Path) -> None:
    phone = Lock(shared_data / "clips", PHONE)
    probe = phone.tries(phone.camera(PHONE), Level.BALANCED)
    assert probe.verdict == "rejected"
    assert probe.reason == "surroundings"


def test_at_strict_who_turns_as_asked_is_let_in(lock: Lock, live: Stretches) -> None:
    # Twice at most: what is asked is drawn anew each time, and a stretch may fit a moment badly.
    tries = (lock.tries(AnsweringCamera(live, 30.0)) for _ in range(2))
    assert any(probe.verdict == "accepted" for probe in tries)


def test_another_way_than_asked_is_refused(lock: Lock, live: Stretches) -> None:
    turned = {
        Prompt.LOOK_STRAIGHT: live[Prompt.LOOK_STRAIGHT],
        Prompt.TURN_LEFT: live[Prompt.TURN_RIGHT],
        Prompt.TURN_RIGHT: live[Prompt.LOOK_UP],
        Prompt.LOOK_UP: live[Prompt.LOOK_DOWN],
        Prompt.LOOK_DOWN: live[Prompt.TURN_LEFT],
    }
    probe = lock.tries(AnsweringCamera(turned, 30.0))
    assert (probe.verdict, probe.reason) == ("rejected", "challenge")


def test_too_late_is_refused(lock: Lock, live: Stretches) -> None:
    probe = lock.tries(AnsweringCamera(live, 30.0, reaction=4.0))
    assert (probe.verdict, probe.reason) == ("rejected", "challenge")


def test_the_right_answers_out_of_the_replay_are_refused(lock: Lock) -> None:
    probe = lock.tries(AnsweringCamera(lock.stretches(REPLAY), 30.0))
    assert probe.verdict == "rejected"


def test_the_whole_clip_and_the_stretches_in_a_row_are_refused(lock: Lock, live: Stretches) -> None:
    """By chance a clip fits one challenge in about a hundred: two in a row are not let in."""
    row = [pixels for stretch in live.values() for pixels in stretch] * 2
    whole, fps = pictures_of(lock.camera(LIVE))
    for frames in (whole, row):
        verdicts = [lock.tries(SimulatedCamera.of_frames(frames, fps)).verdict for _ in range(2)]
        assert "rejected" in verdicts
