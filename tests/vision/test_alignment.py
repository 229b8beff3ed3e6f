"""Every face comes out upright, in one place, with black where the picture ends."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from real_face import framed, moved, portrait

from facelock.core.frames import Frame, Landmarks
from facelock.vision.alignment import align, similarity_transform
from facelock.vision.detector import BlazeFace
from facelock.vision.landmarks import FaceMesh

TARGETS = {33: (30.33, 51.89), 263: (80.53, 51.69), 1: (54.57, 74.43), 61: (40.91, 90.57)}
"""Where ArcFace crops have the outer eye corners, the nose and a mouth corner."""


@pytest.fixture(scope="module")
def hers() -> Landmarks:
    frame = framed(portrait())
    return FaceMesh().find(frame, BlazeFace().detect(frame)[0])


def carried(landmarks: Landmarks, transform: cv2.typing.MatLike) -> Landmarks:
    """Return the landmarks after a (2, 3) transform of the picture."""
    points = landmarks.points.copy()
    points[:, :2] = points[:, :2] @ transform[:, :2].T + transform[:, 2]
    return Landmarks(points.astype(np.float32), landmarks.presence)


def crop_of(frame: Frame, landmarks: Landmarks) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    return align(frame, landmarks).pixels.astype(np.int16)


def difference(one: cv2.typing.MatLike, other: cv2.typing.MatLike) -> float:
    """Mean difference of grey levels, 0 to 255."""
    return float(np.abs(one - other).mean())


@pytest.mark.parametrize("scale", [0.5, 1.0, 2.5, 5.0])
@pytest.mark.parametrize("degrees", [-90, -25, 0, 25, 180])
def test_features_come_to_their_places(hers: Landmarks, degrees: float, scale: float) -> None:
    """A dot painted on a feature is found where that feature belongs."""
    _, transform = moved(degrees, scale)
    turned = carried(hers, transform)
    side = round(512 * max(scale, 1.0))
    for point, target in TARGETS.items():
        dots = np.zeros((side, side, 3), np.uint8)
        x, y = turned.points[point, :2]
        cv2.circle(dots, (round(float(x)), round(float(y))), round(3 * scale) + 1, (255,) * 3, -1)
        crop = align(framed(dots), turned).pixels[..., 0].astype(float)
        rows, columns = np.mgrid[0:112, 0:112]
        found = ((columns * crop).sum() / crop.sum(), (rows * crop).sum() / crop.sum())
        # Her face is not the mean face the targets were fitted to; and she smiles.
        np.testing.assert_allclose(found, target, atol=7)


@pytest.mark.parametrize("scale", [0.8, 1.0, 1.5])
@pytest.mark.parametrize("degrees", [-40, -10, 10, 40, 180])
def test_a_turned_and_scaled_copy_comes_back_upright(
    hers: Landmarks, degrees: float, scale: float
) -> None:
    pixels, transform = moved(degrees, scale)
    upright = crop_of(framed(portrait()), hers)
    assert difference(crop_of(framed(pixels), carried(hers, transform)), upright) < 5


def test_the_border_is_black_and_not_smeared(hers: Landmarks) -> None:
    """A face at the picture's edge gives the same crop as one padded with black."""
    left, top = 205, 100  # cuts through her right eye
    at_the_edge = portrait()[top:, left:]
    shift = np.array([[1.0, 0.0, -left], [0.0, 1.0, -top]])
    edge = crop_of(framed(at_the_edge), carried(hers, shift))
    padded = cv2.copyMakeBorder(at_the_edge, 90, 0, 90, 0, cv2.BORDER_CONSTANT, value=(0, 0, 0))
    back = shift + np.array([[0, 0, 90], [0, 0, 90]])
    assert np.abs(edge - crop_of(framed(padded), carried(hers, back))).max() <= 2
    assert not edge[:30, :20].any()


def test_the_border_is_black_in_large_pictures_too(hers: Landmarks) -> None:
    pixels, transform = moved(scale=5.0)
    large = carried(hers, transform)
    left, top = (int(value) for value in large.points[33, :2])
    shift = np.array([[1.0, 0.0, -left], [0.0, 1.0, -top]])
    edge = crop_of(framed(pixels[top:, left:]), carried(large, shift))
    assert not edge[:45, :25].any()
    assert edge[60:, 60:].mean() > 20


def test_a_face_outside_the_picture_is_all_black(hers: Landmarks) -> None:
    for scale in (1.0, 5.0):
        away = carried(hers, np.array([[scale, 0.0, 9000.0], [0.0, scale, 9000.0]]))
        assert not crop_of(framed(portrait()), away).any()


def test_shrinking_by_area_goes_on_where_plain_sampling_ends(hers: Landmarks) -> None:
    upright = similarity_transform(
        hers.points[list(TARGETS), :2].astype(np.float64), np.array(list(TARGETS.values()))
    )
    twice = 2.0 * float(np.hypot(upright[0, 0], upright[1, 0]))
    crops = []
    for scale in (twice * 0.97, twice * 1.03):
        pixels, transform = moved(scale=scale)
        crops.append(crop_of(framed(pixels), carried(hers, transform)))
    assert difference(*crops) < 4


def test_a_large_picture_is_not_sampled_coarsely(hers: Landmarks) -> None:
    """Fine stripes average out to grey; sampling single pixels would keep them."""
    _, transform = moved(scale=6.0)
    stripes = np.zeros((3072, 3072, 3), np.uint8)
    stripes[:, ::2] = 255
    crop = crop_of(framed(stripes), carried(hers, transform))
    assert crop[40:80, 40:80].std() < 30


def test_the_transform_is_the_best_similarity() -> None:
    generator = np.random.default_rng(1)
    source = generator.normal(size=(10, 2)) * 30
    angle, scale, shift = 0.7, 1.8, np.array([12.0, -5.0])
    turn = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    exact = similarity_transform(source, source @ turn.T + shift)
    np.testing.assert_allclose(exact, np.c_[turn, shift], atol=1e-9)

    target = source @ turn.T + shift + generator.normal(size=(10, 2))
    best = similarity_transform(source, target)

    def error(transform: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float:
        return float(((source @ transform[:, :2].T + transform[:, 2] - target) ** 2).sum())

    a, b = best[0, 0], best[1, 0]
    for step in (-1e-3, 1e-3):
        for other in ([[a + step, -b], [b, a + step]], [[a, -b - step], [b + step, a]]):
            assert error(np.c_[np.array(other), best[:, 2]]) > error(best)


def test_points_that_fall_together_are_no_error() -> None:
    together = Landmarks(np.full((468, 3), 7.0, np.float32), 0.0)
    assert align(framed(portrait()), together).pixels.shape == (112, 112, 3)
