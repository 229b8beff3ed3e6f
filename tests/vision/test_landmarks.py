"""The mesh lies on the face, however the head is tilted."""

from __future__ import annotations

import numpy as np
import pytest
from real_face import EYES_NOSE_MOUTH, FACE, framed, moved, portrait

from facelock.core.frames import DetectedFace, Frame, Landmarks
from facelock.vision.detector import BlazeFace
from facelock.vision.landmarks import FaceMesh

EYES_AND_NOSE = ((33, 133), (362, 263), (1, 1))  # right eye, left eye, tip of the nose


@pytest.fixture(scope="module")
def mesh() -> FaceMesh:
    return FaceMesh()


@pytest.fixture(scope="module")
def detector() -> BlazeFace:
    return BlazeFace()


def features(found: Landmarks) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Return the middle of each eye and the tip of the nose, (3, 2)."""
    return np.array([found.points[list(pair), :2].mean(axis=0) for pair in EYES_AND_NOSE])


def find(mesh: FaceMesh, detector: BlazeFace, frame: Frame) -> Landmarks:
    return mesh.find(frame, detector.detect(frame)[0])


def test_the_points_land_on_the_face(mesh: FaceMesh, detector: BlazeFace) -> None:
    found = find(mesh, detector, framed(portrait()))
    np.testing.assert_allclose(features(found), EYES_NOSE_MOUTH[:3], atol=7)
    assert found.presence > 0.9
    low, high = found.points[:, :2].min(axis=0), found.points[:, :2].max(axis=0)
    assert FACE[0] - 15 < low[0] < high[0] < FACE[2] + 15
    assert FACE[1] - 35 < low[1] < high[1] < FACE[3] + 15


def test_depth_grows_away_from_the_camera(mesh: FaceMesh, detector: BlazeFace) -> None:
    points = find(mesh, detector, framed(portrait())).points
    assert points[1, 2] < points[234, 2]
    assert points[1, 2] < points[454, 2]


@pytest.mark.parametrize("degrees", [-30, -15, 15, 30])
def test_the_mesh_tilts_with_the_head(mesh: FaceMesh, detector: BlazeFace, degrees: float) -> None:
    straight = find(mesh, detector, framed(portrait()))
    pixels, transform = moved(degrees)
    tilted = find(mesh, detector, framed(pixels))
    points = np.c_[features(straight), np.ones(3)] @ transform.T
    np.testing.assert_allclose(features(tilted), points, atol=4)


def test_depth_has_the_scale_of_the_picture(mesh: FaceMesh, detector: BlazeFace) -> None:
    once = find(mesh, detector, framed(portrait())).points
    twice = find(mesh, detector, framed(moved(scale=2.0)[0])).points
    ratio = np.ptp(twice, axis=0) / np.ptp(once, axis=0)
    np.testing.assert_allclose(ratio, 2.0, rtol=0.12)


def test_where_no_face_is_its_presence_is_low(mesh: FaceMesh, detector: BlazeFace) -> None:
    (face,) = detector.detect(framed(portrait()))
    grey = framed(np.full((512, 512, 3), 128, np.uint8))
    assert mesh.find(grey, face).presence < 0.5


def test_a_box_beyond_the_picture_is_no_error(mesh: FaceMesh, detector: BlazeFace) -> None:
    (face,) = detector.detect(framed(portrait()))
    shifted = DetectedFace(face.box, face.key_points + 5000, face.score)
    found = mesh.find(framed(portrait()[:60, :60]), shifted)
    assert np.isfinite(found.points).all()
