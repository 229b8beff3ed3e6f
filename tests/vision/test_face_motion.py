"""How the points on a face move: a flat picture leaves next to nothing after the smooth map."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import cv2
import numpy as np
import pytest

from facelock.core.frames import Frame, Pixels
from facelock.core.liveness import Shown
from facelock.core.solidity import MotionSample, Solidity
from facelock.resources import resource
from facelock.services.loading import load_pipeline
from facelock.vision.face_motion import FaceMotion

FRAMES: Final = 24
PORTRAITS: Final = ("collins", "hopper")


def moved(portrait: str, change: Callable[[Pixels, int], Pixels]) -> list[MotionSample]:
    """Measure a still picture that is changed from frame to frame, as a JPEG camera shows it."""
    picture = cv2.imread(str(resource(f"assets/faces/{portrait}.jpg")))
    assert picture is not None
    pipeline, motion = load_pipeline(threads=1), FaceMotion()
    samples = []
    for number in range(FRAMES):
        changed = change(np.asarray(picture, np.uint8), number)
        coded = cv2.imencode(".jpg", changed)[1]
        frame = Frame(np.asarray(cv2.imdecode(coded, 1), np.uint8), number / 30, simulated=True)
        face = pipeline.look(frame).face
        assert face is not None
        sample = motion.measure(frame, face.landmarks, face.track_id)
        if sample is not None:
            samples.append(sample)
    assert len(samples) >= FRAMES - 2
    return samples


def brighter(picture: Pixels, number: int) -> Pixels:
    """A lamp that flickers, or a camera that sets its exposure anew."""
    return np.asarray(cv2.convertScaleAbs(picture, alpha=1.0, beta=3.0 * (number % 5)), np.uint8)


def fuller(picture: Pixels, number: int) -> Pixels:
    """The same, with another contrast."""
    return np.asarray(cv2.convertScaleAbs(picture, alpha=1 - 0.02 * (number % 5)), np.uint8)


def shifted(picture: Pixels, number: int) -> Pixels:
    """A hand that shakes."""
    return np.asarray(np.roll(brighter(picture, number), number % 7, axis=1), np.uint8)


@pytest.mark.parametrize("portrait", PORTRAITS)
@pytest.mark.parametrize("change", [brighter, fuller, shifted])
def test_a_still_picture_is_no_head_whatever_the_light_does(
    portrait: str, change: Callable[[Pixels, int], Pixels]
) -> None:
    samples = moved(portrait, change)
    known = Solidity()
    for sample in samples:
        known = known.add(sample)
    assert not isinstance(known.judge(), Shown)
    assert sum(one.weight for one in samples) == 0.0


def test_a_nose_that_goes_before_the_cheeks_is_seen() -> None:
    def turned(picture: Pixels, number: int) -> Pixels:
        rows, columns = np.mgrid[0 : picture.shape[0], 0 : picture.shape[1]].astype(np.float32)
        nose = np.hypot(rows - 260, columns - 317) < 32
        aside = columns - nose * np.float32(6 * np.sin(number / 4))
        return np.asarray(cv2.remap(picture, aside, rows, cv2.INTER_LINEAR), np.uint8)

    samples = moved("collins", turned)
    assert max(one.weight for one in samples) > 0.0
