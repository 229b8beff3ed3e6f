"""Comparing two pictures, with the real networks on NASA's public-domain portraits."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import skimage.data
from fakes import made_up_densities

from facelock.core.errors import NoUsableFace
from facelock.core.frames import Frame
from facelock.core.levels import Level
from facelock.core.threshold import Calibration
from facelock.resources import resource
from facelock.services.loading import load_pipeline
from facelock.services.picture_file import read_picture
from facelock.services.pictures import (
    PictureFace,
    PictureThreshold,
    Unusable,
    compare_pictures,
    find_face,
    picture_threshold,
)
from facelock.services.recognition import FacePipeline

THRESHOLD = PictureThreshold(Level.BALANCED, 0.8, 1e-4, level_supported=True)


@pytest.fixture(scope="module")
def pipeline() -> FacePipeline:
    return load_pipeline()


def _frame(pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> Frame:
    return Frame(np.ascontiguousarray(pixels), 0.0, simulated=True)


@pytest.fixture(scope="module")
def astronaut() -> Frame:
    return _frame(skimage.data.astronaut()[:, :, ::-1])


def test_a_brightened_mirror_image_is_the_same_person(
    pipeline: FacePipeline, astronaut: Frame
) -> None:
    other = _frame(
        np.asarray(cv2.convertScaleAbs(astronaut.pixels[:, ::-1], alpha=1.2, beta=15), np.uint8)
    )
    result = compare_pictures(astronaut, other, pipeline, THRESHOLD)
    assert result.mated
    assert result.distance < 0.3
    assert result.level is Level.BALANCED
    assert result.a.look.faces == result.b.look.faces == 1


def test_two_people_are_not_mated_whichever_comes_first(
    pipeline: FacePipeline, astronaut: Frame
) -> None:
    hopper = read_picture(resource("assets/faces/hopper.jpg"))
    there = compare_pictures(astronaut, hopper, pipeline, THRESHOLD)
    back = compare_pictures(hopper, astronaut, pipeline, THRESHOLD)
    assert not there.mated
    assert there.distance > 1.0
    assert there.distance == pytest.approx(back.distance, abs=1e-5)


def test_a_picture_without_a_face_is_named(pipeline: FacePipeline, astronaut: Frame) -> None:
    empty = _frame(np.full((240, 320, 3), 127, np.uint8))
    with pytest.raises(NoUsableFace, match=r"b\.jpg: no face was found"):
        compare_pictures(astronaut, empty, pipeline, THRESHOLD, names=("a.jpg", "b.jpg"))


def test_two_faces_in_one_picture_are_refused(pipeline: FacePipeline, astronaut: Frame) -> None:
    face = astronaut.pixels[0:240, 120:360]
    both = _frame(np.hstack([face, face]))
    found = find_face(both, pipeline)
    assert isinstance(found, Unusable)
    assert found.why == "2 faces were found, and one is needed"


def test_a_much_smaller_second_face_does_not_count(
    pipeline: FacePipeline, astronaut: Frame
) -> None:
    face = astronaut.pixels[0:240, 120:360]
    pixels = np.hstack([face, np.zeros_like(face)])
    pixels[10:90, 300:380] = cv2.resize(face, (80, 80), interpolation=cv2.INTER_AREA)
    assert isinstance(find_face(_frame(pixels), pipeline), PictureFace)


def test_a_picture_is_judged_apart_from_the_one_before(
    pipeline: FacePipeline, astronaut: Frame
) -> None:
    first = find_face(astronaut, pipeline)
    find_face(read_picture(resource("assets/faces/hopper.jpg")), pipeline)
    again = find_face(astronaut, pipeline)
    assert isinstance(first, PictureFace)
    assert isinstance(again, PictureFace)
    assert np.array_equal(first.embedding, again.embedding)


def test_the_threshold_is_what_the_level_allows_one_comparison() -> None:
    calibration = Calibration(
        model_sha256="0" * 64,
        fmr_grid=np.array([1e-4, 1e-3, 1e-2]),
        distance_grid=np.array([0.7, 0.8, 0.9]),
        mated_median=0.4,
        people=10,
        comparisons=1000,
        features=np.zeros((0, 192), np.float32),
        person_index=np.zeros(0, np.int32),
        densities=made_up_densities(),
    )
    balanced = picture_threshold(Level.BALANCED, calibration)
    assert (balanced.distance, balanced.fmr, balanced.level_supported) == (0.7, 1e-4, True)
    assert picture_threshold(Level.CONVENIENT, calibration).distance == 0.8
    strict = picture_threshold(Level.STRICT, calibration)
    assert (strict.distance, strict.fmr, strict.level_supported) == (0.7, 1e-4, False)
