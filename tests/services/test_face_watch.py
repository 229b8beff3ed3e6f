"""Whether somebody is there, while it is locked: found, and nothing more."""

from __future__ import annotations

import pytest
from fakes import FakeEmbedder, FakeLiveness, PaintedFace, fake_pipeline, synthetic_frame

from facelock.core.frames import Frame
from facelock.services.face_watch import FaceThere, FaceWatch

FAR = PaintedFace(2, left=8, top=8, width=12)


@pytest.mark.parametrize(
    ("frame", "there"),
    [
        (synthetic_frame(None), FaceThere(present=False, too_dark=False)),
        (synthetic_frame(1), FaceThere(present=True, too_dark=False)),
        (synthetic_frame(1, width=16), FaceThere(present=True, too_dark=False)),
        (synthetic_frame(None, others=[FAR]), FaceThere(present=False, too_dark=False)),
        (synthetic_frame(1, others=[FAR]), FaceThere(present=True, too_dark=False)),
        (synthetic_frame(None, light=0.05), FaceThere(present=False, too_dark=True)),
    ],
    ids=["empty", "somebody", "somebody small", "far away", "far and near", "dark"],
)
def test_somebody_is_there_if_their_face_is_large_enough(frame: Frame, there: FaceThere) -> None:
    assert FaceWatch(fake_pipeline())(frame) == there


def test_nobody_is_compared_and_the_origin_of_the_frame_does_not_matter() -> None:
    embedder, liveness = FakeEmbedder(), FakeLiveness()
    watch = FaceWatch(fake_pipeline(embedder, liveness))
    for simulated in (True, False):
        assert watch(synthetic_frame(1, simulated=simulated)).present
    assert (embedder.calls, liveness.judged, liveness.begun) == (0, 0, [])
