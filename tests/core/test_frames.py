"""Pictures and geometry as values."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from facelock.core.frames import FaceBox, FaceCrop, Frame, Landmarks


def test_a_frame_knows_its_size_and_cannot_be_painted_over() -> None:
    frame = Frame(np.zeros((48, 64, 3), np.uint8), 1.5, simulated=True)
    assert (frame.width, frame.height) == (64, 48)
    with pytest.raises(ValueError, match="read-only"):
        frame.pixels[0, 0] = 255


@pytest.mark.parametrize(
    "pixels",
    [
        np.zeros((48, 64), np.uint8),
        np.zeros((48, 64, 4), np.uint8),
        np.zeros((48, 64, 3), np.float32),
    ],
)
def test_anything_but_bgr_bytes_is_refused(
    pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]],
) -> None:
    with pytest.raises(ValueError, match="uint8"):
        Frame(pixels, 0.0, simulated=False)
    with pytest.raises(ValueError, match="uint8"):
        FaceCrop(pixels)


def test_a_crop_has_the_size_the_network_was_trained_on() -> None:
    FaceCrop(np.zeros((112, 112, 3), np.uint8))
    with pytest.raises(ValueError, match="112 x 112"):
        FaceCrop(np.zeros((112, 113, 3), np.uint8))


def test_landmarks_are_468_points_in_space() -> None:
    Landmarks(np.zeros((468, 3), np.float32), 1.0)
    with pytest.raises(ValueError, match="468"):
        Landmarks(np.zeros((478, 3), np.float32), 1.0)


def test_pictures_stay_out_of_every_text() -> None:
    pixels = np.zeros((112, 112, 3), np.uint8)
    mesh = Landmarks(np.zeros((468, 3), np.float32), 1.0)
    for value in (Frame(pixels, 0.0, simulated=True), FaceCrop(pixels), mesh):
        assert "array" not in repr(value)


def test_a_box_has_an_area_and_a_centre() -> None:
    box = FaceBox(10, 20, 30, 40)
    assert box.area == 1200
    assert box.centre == (25, 40)
    assert FaceBox(0, 0, -5, 10).area == 0


def test_overlap_is_intersection_over_union() -> None:
    box = FaceBox(0, 0, 10, 10)
    assert box.overlap(box) == 1.0
    assert box.overlap(FaceBox(5, 0, 10, 10)) == pytest.approx(1 / 3)
    assert box.overlap(FaceBox(20, 0, 10, 10)) == 0.0
    assert box.overlap(FaceBox(20, 20, 10, 10)) == 0.0, "two negative sides make no area"
    assert FaceBox(0, 0, 0, 0).overlap(FaceBox(0, 0, 0, 0)) == 0.0


sides = st.floats(0, 100)
boxes = st.builds(FaceBox, sides, sides, sides, sides)


@given(boxes, boxes)
def test_overlap_is_the_same_both_ways_and_at_most_one(one: FaceBox, other: FaceBox) -> None:
    assert one.overlap(other) == pytest.approx(other.overlap(one))
    assert 0.0 <= one.overlap(other) <= 1.0 + 1e-9
