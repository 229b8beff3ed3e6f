"""Threat-model row 22: somebody looking on, and an owner who is asleep."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import (
    MODEL,
    FakeDetector,
    FakeEmbedder,
    FakeLandmarks,
    FakeLiveness,
    PaintedFace,
    fake_pipeline,
    synthetic_frame,
)
from lock_machine import ADA, Machine
from sealed_people import PASSPHRASE

from facelock.core.attempt import LOOKS
from facelock.core.frames import DetectedFace, Frame, HeadPose, Landmarks
from facelock.core.observation import PoorQuality, SeveralFaces
from facelock.core.policy import Scanning, Unlocked
from facelock.core.quality import Defect
from facelock.services.access import Access
from facelock.services.recognition import FacePipeline, Recogniser

pytestmark = pytest.mark.security

OWNER, ONLOOKER = 1, PaintedFace(2, left=4, top=60, width=100)


class Asleep(FakeLandmarks):
    """A mesh whose eyes are shut."""

    def find(self, frame: Frame, face: DetectedFace) -> Landmarks:
        points = super().find(frame, face).points.copy()
        for upper, lower in ((160, 144), (158, 153), (385, 380), (387, 373)):
            points[upper] = points[lower]
        return Landmarks(points, 1.0)


@pytest.fixture
def access(tmp_path: Path) -> Iterator[Access]:
    with Machine(tmp_path / "store").started() as started:
        started.start_scan()
        yield started


def watching(access: Access, pipeline: FacePipeline | None = None) -> Recogniser:
    recogniser = Recogniser(pipeline or fake_pipeline(), access.gallery(MODEL))
    recogniser.restart()
    return recogniser


def test_nobody_is_let_in_while_two_faces_are_there(access: Access) -> None:
    recogniser = watching(access)
    for index in range(60):
        frame = synthetic_frame(OWNER, others=[ONLOOKER], at=index / 30)
        seen = recogniser.observe(frame).observation
        assert seen == SeveralFaces(2)
        assert access.observe(seen) is None
    assert access.state == Scanning(0), "and it is nobody's failure"


def test_the_owner_alone_is_let_in_once_the_onlooker_is_gone(access: Access) -> None:
    recogniser = watching(access)
    access.observe(recogniser.observe(synthetic_frame(OWNER, others=[ONLOOKER])).observation)
    for index in range(LOOKS[0]):
        frame = synthetic_frame(OWNER, at=0.1 + index / 30)
        access.observe(recogniser.observe(frame).observation)
    assert access.state == Unlocked(ADA.profile_id)


def test_frames_before_and_after_the_onlooker_are_not_added_up(access: Access) -> None:
    recogniser = watching(access)
    for index in range(60):
        together = index % LOOKS[0] == LOOKS[0] - 1
        frame = synthetic_frame(OWNER, others=[ONLOOKER] if together else [], at=index / 30)
        access.observe(recogniser.observe(frame).observation)
    assert access.state == Scanning(0)


def test_a_sleeping_owner_opens_nothing(access: Access) -> None:
    pipeline = FacePipeline(FakeDetector(), Asleep(), FakeEmbedder(), FakeLiveness())
    recogniser = watching(access, pipeline)
    for index in range(60):
        seen = recogniser.observe(synthetic_frame(OWNER, at=index / 30)).observation
        assert seen == PoorQuality((Defect.EYES_CLOSED,))
        access.observe(seen)
    assert access.state == Scanning(0)


@pytest.mark.parametrize("pose", [HeadPose(45, 0, 0), HeadPose(0, -40, 0)])
def test_an_owner_who_looks_elsewhere_opens_nothing(access: Access, pose: HeadPose) -> None:
    recogniser = watching(access)
    for index in range(60):
        access.observe(recogniser.observe(synthetic_frame(OWNER, pose, at=index / 30)).observation)
    assert access.state == Scanning(0)


def test_shut_eyes_open_only_where_a_passphrase_has_said_that_they_may(access: Access) -> None:
    pipeline = FacePipeline(FakeDetector(), Asleep(), FakeEmbedder(), FakeLiveness())
    access.accept(access.slow_open(ADA.profile_id, PASSPHRASE))
    access.set_liveness(eyes_required=False)
    access.lock()
    access.start_scan()
    recogniser = watching(access, pipeline)
    for index in range(LOOKS[0]):
        frame = synthetic_frame(OWNER, at=index / 30)
        access.observe(recogniser.observe(frame).observation)
    assert access.state == Unlocked(ADA.profile_id)
