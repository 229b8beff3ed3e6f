"""Small pictures."""

from __future__ import annotations

from fake_cameras import noise

from facelock.core.frames import Frame
from facelock.vision.thumbnail import shrink


def test_a_thumbnail_keeps_proportions_and_origin() -> None:
    small = shrink(Frame(noise(1, 480, 640), 2.0, simulated=True), 160)
    assert (small.width, small.height) == (160, 120)
    assert small.simulated
    assert small.captured_at == 2.0


def test_a_small_picture_stays_as_it_is() -> None:
    frame = Frame(noise(1), 0.0, simulated=False)
    assert shrink(frame, 160) is frame
