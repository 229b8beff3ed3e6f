"""Faces are found where they are, in pictures of any shape; nothing is found where none is."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from real_face import EYES_NOSE_MOUTH, FACE, framed, moved, portrait

from facelock.core.frames import DetectedFace, FaceBox
from facelock.vision.detector import BlazeFace

HERS = FaceBox(FACE[0], FACE[1], FACE[2] - FACE[0], FACE[3] - FACE[1])


@pytest.fixture(scope="module")
def detector() -> BlazeFace:
    return BlazeFace()


def only_face(detector: BlazeFace, pixels: cv2.typing.MatLike) -> DetectedFace:
    (face,) = detector.detect(framed(pixels))
    return face


def test_the_face_is_found_with_its_features(detector: BlazeFace) -> None:
    face = only_face(detector, portrait())
    assert face.box.overlap(HERS) > 0.8
    assert face.score > 0.8
    np.testing.assert_allclose(face.key_points[:4], EYES_NOSE_MOUTH, atol=6)


def test_the_persons_right_comes_first_and_a_mirror_swaps_sides(detector: BlazeFace) -> None:
    for pixels in (portrait(), portrait()[:, ::-1]):
        right_eye, left_eye = only_face(detector, pixels).key_points[:2]
        assert right_eye[0] < left_eye[0]


@pytest.mark.parametrize("degrees", [-30, -15, 15, 30])
def test_a_tilted_head_is_found(detector: BlazeFace, degrees: float) -> None:
    pixels, transform = moved(degrees)
    face = only_face(detector, pixels)
    eyes = np.array([(*point, 1) for point in EYES_NOSE_MOUTH[:2]]) @ transform.T
    np.testing.assert_allclose(face.key_points[:2], eyes, atol=8)


@pytest.mark.parametrize("scale", [0.15, 0.3, 1.0, 3.0])
def test_size_does_not_matter(detector: BlazeFace, scale: float) -> None:
    small = cv2.resize(portrait(), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    box = only_face(detector, small).box
    assert (
        FaceBox(*(side / scale for side in (box.left, box.top, box.width, box.height))).overlap(
            HERS
        )
        > 0.7
    )


def test_padding_shifts_the_box_and_nothing_else(detector: BlazeFace) -> None:
    """Wide and tall pictures are padded to a square; the box comes back in picture pixels."""
    wide = np.zeros((512, 700, 3), np.uint8)
    wide[:, 120:632] = portrait()
    tall = np.zeros((700, 512, 3), np.uint8)
    tall[120:632] = portrait()
    for pixels, left, top in ((wide, 120, 0), (tall, 0, 120)):
        box = only_face(detector, pixels).box
        assert FaceBox(box.left - left, box.top - top, box.width, box.height).overlap(HERS) > 0.75


def test_a_face_that_fills_the_picture_is_found(detector: BlazeFace) -> None:
    left, top, right, bottom = FACE
    close = portrait()[top - 20 : bottom + 10, left - 10 : right + 10]
    assert detector.detect(framed(close))


def test_a_face_far_away_in_the_middle_is_found(detector: BlazeFace) -> None:
    far = np.full((480, 640, 3), 90, np.uint8)
    side, left, top = 260, 206, 175
    far[top : top + side, left : left + side] = cv2.resize(
        portrait(), (side, side), interpolation=cv2.INTER_AREA
    )
    scale = side / 512
    there = FaceBox(left + HERS.left * scale, top + HERS.top * scale, 94 * scale, 94 * scale)
    (face,) = detector.detect(framed(far))
    assert face.box.overlap(there) > 0.6


def test_several_faces_come_largest_first(detector: BlazeFace) -> None:
    both = np.zeros((400, 500, 3), np.uint8)
    both[:300, :250] = portrait()[20:320, 100:350]
    smaller = cv2.resize(portrait()[20:320, 100:350], (200, 240), interpolation=cv2.INTER_AREA)
    both[100:340, 290:490] = smaller
    faces = detector.detect(framed(both))
    assert len(faces) == 2
    assert faces[0].box.area > faces[1].box.area
    assert faces[0].box.centre[0] < 250 < faces[1].box.centre[0]


@pytest.mark.parametrize(
    "pixels",
    [
        np.zeros((480, 640, 3), np.uint8),
        np.full((480, 640, 3), 255, np.uint8),
        np.random.default_rng(0).integers(0, 256, (480, 640, 3), np.uint8),
        np.zeros((2, 2, 3), np.uint8),
        np.zeros((3, 500, 3), np.uint8),
        np.zeros((500, 3, 3), np.uint8),
    ],
    ids=["black", "white", "noise", "tiny", "wide", "tall"],
)
def test_no_face_is_found_where_there_is_none(
    detector: BlazeFace, pixels: cv2.typing.MatLike
) -> None:
    assert detector.detect(framed(pixels)) == ()


@pytest.mark.parametrize("eyes_apart", [20, 24, 28, 32])
def test_a_small_face_in_a_large_picture_is_boxed_as_well_as_a_large_one(
    detector: BlazeFace, eyes_apart: int
) -> None:
    """Its ten pixels in the network's input tell that it is there; a second look tells where."""
    scale = eyes_apart / (EYES_NOSE_MOUTH[1][0] - EYES_NOSE_MOUTH[0][0])
    small = cv2.resize(portrait(), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    small = small[: round(230 * scale)]
    scene = np.full((480, 640, 3), 128, np.uint8)
    top, left = 130, 190
    scene[top : top + small.shape[0], left : left + small.shape[1]] = small
    wanted = FaceBox(
        left + HERS.left * scale, top + HERS.top * scale, HERS.width * scale, HERS.height * scale
    )
    assert only_face(detector, scene).box.overlap(wanted) > 0.7
