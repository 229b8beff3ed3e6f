"""The surroundings network: what it sees, and that it runs."""

from __future__ import annotations

import math

import numpy as np
import pytest
from fakes import synthetic_frame
from real_face import framed, portrait

from facelock.core.frames import FaceBox
from facelock.core.look import Look
from facelock.services.loading import load_pipeline
from facelock.vision.surroundings import BEYOND, SIDE, SurroundingsNetwork, surroundings


def share_beyond(box: FaceBox) -> float:
    pixels = np.full((480, 640, 3), 90, np.uint8)
    around = surroundings(pixels, box)
    assert around.shape == (SIDE, SIDE, 3)
    return float((around == BEYOND).all(axis=2).mean())


@pytest.mark.parametrize(
    ("box", "beyond"),
    [
        (FaceBox(280, 200, 80, 80), 0.0),
        (FaceBox(-40, 200, 80, 80), 0.5),  # its middle on the left edge
        (FaceBox(280, 440, 80, 80), 0.5),  # on the lower one
        (FaceBox(600, 440, 80, 80), 0.75),  # in a corner
        (FaceBox(2000, 2000, 80, 80), 1.0),
        (FaceBox(0, 0, 0.0, 0.0), 0.75),  # a box of nothing is no error
    ],
)
def test_the_square_reaches_beyond_the_frame_and_says_so(box: FaceBox, beyond: float) -> None:
    assert share_beyond(box) == pytest.approx(beyond, abs=0.2)


def test_the_face_is_in_the_middle_of_what_is_around_it() -> None:
    pixels = np.zeros((480, 640, 3), np.uint8)
    pixels[200:280, 280:360] = 255
    around = surroundings(pixels, FaceBox(280, 200, 80, 80))
    rows, columns = np.nonzero(around[..., 0] > 128)
    assert (rows.min(), columns.min()) == (48, 48)
    assert (rows.max(), columns.max()) == (79, 79)


def test_it_scores_a_face_and_asks_for_one() -> None:
    pipeline, network = load_pipeline(), SurroundingsNetwork()
    frame = framed(portrait())
    assert math.isfinite(network.score(frame, pipeline.look(frame)))
    nobody = synthetic_frame(None)
    with pytest.raises(ValueError, match="no face"):
        network.score(nobody, Look(0.0, (320, 240), 100.0, 0, None))
