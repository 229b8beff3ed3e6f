"""What stands in for a port, in tests and in the program, has the port's shape."""

from __future__ import annotations

import inspect

import pytest
from fakes import (
    FakeClip,
    FakeClock,
    FakeDetector,
    FakeEmbedder,
    FakeLandmarks,
    FakeLiveness,
    FakeSecrets,
)

from facelock.core import ports
from facelock.vision.camera import OpenCVCamera
from facelock.vision.detector import BlazeFace
from facelock.vision.embedder import MobileFaceNetEmbedder
from facelock.vision.landmarks import FaceMesh
from facelock.vision.liveness import LayeredLiveness
from facelock.vision.simulated_camera import SimulatedCamera

IMPLEMENTATIONS = [
    (FakeClip, ports.FrameSource),
    (OpenCVCamera, ports.FrameSource),
    (SimulatedCamera, ports.FrameSource),
    (FakeDetector, ports.FaceDetector),
    (BlazeFace, ports.FaceDetector),
    (FakeLandmarks, ports.LandmarkFinder),
    (FaceMesh, ports.LandmarkFinder),
    (FakeEmbedder, ports.Embedder),
    (MobileFaceNetEmbedder, ports.Embedder),
    (FakeLiveness, ports.Liveness),
    (LayeredLiveness, ports.Liveness),
    (FakeClock, ports.Clock),
    (FakeSecrets, ports.SecretKeeper),
]


@pytest.mark.parametrize(("implementation", "port"), IMPLEMENTATIONS)
def test_an_implementation_has_every_method_with_the_same_parameters(
    implementation: type, port: type
) -> None:
    for name, wanted in vars(port).items():
        if name.startswith("_") or not callable(wanted):
            continue
        offered = getattr(implementation, name)
        assert list(inspect.signature(offered).parameters) == list(
            inspect.signature(wanted).parameters
        ), name


def test_the_fakes_can_be_passed_where_the_ports_are_asked_for() -> None:
    """Held by mypy; running it only shows that the fakes can be made."""
    source: ports.FrameSource = FakeClip(())
    detector: ports.FaceDetector = FakeDetector()
    landmarks: ports.LandmarkFinder = FakeLandmarks()
    embedder: ports.Embedder = FakeEmbedder()
    liveness: ports.Liveness = FakeLiveness()
    clock: ports.Clock = FakeClock()
    secrets: ports.SecretKeeper = FakeSecrets()
    made = (source, detector, landmarks, embedder, liveness, clock, secrets)
    assert len(made) == 7
