"""Pictures are compared under the head in force, also those that were found under another."""

from __future__ import annotations

import numpy as np
import pytest
from fakes import FakeEmbedder, fake_pipeline, made_up_calibration, synthetic_frame
from made_up_heads import a_version

from facelock.core.errors import ModelMissing, NetworkMismatch
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

    def load_both(self) -> tuple[FacePipeline, Calibration]:
        return self.load_pipeline(), self.load_calibration()


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def desk(machine: Machine) -> PictureDesk:
    return PictureDesk(machine.load_both, head_in_force=lambda: machine.head)


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


def test_a_head_that_comes_in_force_between_two_pictures_changes_both_that_are_loaded(
    machine: Machine, desk: PictureDesk
) -> None:
    before = found(desk, 1)
    machine.head = FIRST
    assert desk.compare(before, before, Level.BALANCED).mated
    assert found(desk, 1).model_sha256 == FIRST.network.model_sha256
    assert machine.loads == 2


def test_what_cannot_be_loaded_anew_is_not_compared_with_what_was_there_before(
    machine: Machine,
) -> None:
    missing = False

    def load_both() -> tuple[FacePipeline, Calibration]:
        if missing:
            raise ModelMissing("gone")
        return machine.load_both()

    desk = PictureDesk(load_both, head_in_force=lambda: machine.head)
    one = found(desk, 1)
    machine.head, missing = FIRST, True
    for _ in range(2):
        with pytest.raises(ModelMissing):
            desk.compare(one, one, Level.BALANCED)
    missing = False
    assert desk.compare(one, one, Level.BALANCED).mated


def test_networks_and_calibration_of_two_heads_are_refused(
    machine: Machine, desk: PictureDesk
) -> None:
    one = found(desk, 1)
    bundled = made_up_calibration()
    other = calibration_of(FIRST, bundled.features, bundled.person_index)
    stale = PictureDesk(lambda: (machine.load_pipeline(), other))
    with pytest.raises(NetworkMismatch):
        stale.compare(one, one, Level.BALANCED)
