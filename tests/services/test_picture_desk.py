"""Pictures are compared under the head in force, also those that were found under another."""

from __future__ import annotations

import numpy as np
import pytest
from fakes import FakeEmbedder, fake_pipeline, made_up_calibration, synthetic_frame
from made_up_heads import a_version

from facelock.core.errors import NetworkMismatch
from facelock.core.head_version import HeadVersion, calibration_of
from facelock.core.levels import Level
from facelock.core.threshold import Calibration
from facelock.services.picture_desk import PictureDesk
from facelock.services.pictures import PictureFace, compare_faces, picture_threshold
from facelock.services.recognition import FacePipeline

FIRST = a_version(5)


class Machine:
    """Has a head in force, which tests change."""

    def __init__(self) -> None:
        self.head: HeadVersion | None = None
        self.embedder = FakeEmbedder()
        self.loads = 0

    def load_pipeline(self) -> FacePipeline:
        self.loads += 1
        pipeline = fake_pipeline(self.embedder)
        return pipeline if self.head is None else pipeline.with_head(self.head.head)

    def load_calibration(self) -> Calibration:
        bundled = made_up_calibration()
        if self.head is None:
            return bundled
        return calibration_of(self.head, bundled.features, bundled.person_index)


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def desk(machine: Machine) -> PictureDesk:
    return PictureDesk(
        machine.load_pipeline, machine.load_calibration, head_in_force=lambda: machine.head
    )


def found(desk: PictureDesk, person: int) -> PictureFace:
    face = desk.find(synthetic_frame(person))
    assert isinstance(face, PictureFace)
    return face


def test_a_picture_found_under_another_head_is_seen_anew(
    machine: Machine, desk: PictureDesk
) -> None:
    before = found(desk, 1)
    machine.head = FIRST
    after = found(desk, 1)
    assert before.model_sha256 != after.model_sha256 == FIRST.network.model_sha256
    compared = desk.compare(before, after, Level.BALANCED)
    assert compared.mated
    assert compared.a is before
    assert compared.b is after
    assert not desk.compare(before, found(desk, 2), Level.BALANCED).mated
    assert machine.loads == 2
    machine.head = None
    assert desk.compare(before, after, Level.BALANCED).mated
    assert machine.loads == 3


def test_faces_that_two_networks_saw_are_never_compared(
    machine: Machine, desk: PictureDesk
) -> None:
    before = found(desk, 1)
    machine.head = FIRST
    after = found(desk, 1)
    threshold = picture_threshold(Level.BALANCED, made_up_calibration())
    assert not np.allclose(before.embedding, after.embedding)
    with pytest.raises(NetworkMismatch):
        compare_faces(before, after, threshold)


def test_a_head_that_changes_between_the_two_loads_is_refused(
    machine: Machine, desk: PictureDesk
) -> None:
    one = found(desk, 1)
    stale = PictureDesk(machine.load_pipeline, lambda: calibration_of(
        FIRST, made_up_calibration().features, made_up_calibration().person_index
    ))  # fmt: skip
    with pytest.raises(NetworkMismatch):
        stale.compare(one, one, Level.BALANCED)
