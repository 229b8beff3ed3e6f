"""Threat-model row 1: a photograph, printed or on a phone, held still or moved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from real_face import moved
from still_photo import MOTIONS, held, shown

from facelock.core.frames import Frame, Pixels
from facelock.core.levels import Level
from facelock.core.liveness import LAYERS, Denied, Judgement, Layer, Prompt, Shown, Wanting
from facelock.core.template import Profile
from facelock.services.calibration import load_calibration
from facelock.services.loading import load_pipeline
from facelock.services.recognition import FacePipeline
from facelock.services.simulation import enrol_from, probe_with
from facelock.vision.clip import parse_clip
from facelock.vision.simulated_camera import SimulatedCamera

pytestmark = pytest.mark.security

FPS = 20.0
SECONDS = 8.5


@pytest.fixture(scope="module")
def pipeline() -> FacePipeline:
    return load_pipeline()


def judged(pipeline: FacePipeline, pictures: Iterator[Pixels]) -> list[Judgement]:
    """Show frames to the layers of Balanced, whoever it is; return what was said of each."""
    pipeline.restart()
    pipeline.liveness.begin(LAYERS[Level.BALANCED])
    said: list[Judgement] = []
    for number, pixels in enumerate(pictures):
        frame = Frame(pixels, number / FPS, simulated=True)
        look = pipeline.look(frame)
        if look.face is not None:
            said.append(pipeline.liveness.judge(frame, look, usable=True))
        if said and isinstance(said[-1], Denied | Shown):
            break
    return said


@pytest.mark.parametrize("motions", [(), ("shake", "zoom", "rotation", "perspective")])
def test_a_still_picture_is_asked_to_move_and_then_denied(
    pipeline: FacePipeline, motions: tuple[str, ...]
) -> None:
    picture, _ = moved(scale=1.3)
    rng = np.random.default_rng(1)
    way = held(motions, int(SECONDS * FPS), FPS, rng)
    said = judged(pipeline, shown(picture, way, rng))
    assert said[-1] == Denied(Layer.GEOMETRY)
    assert Shown() not in said
    assert Wanting(Prompt.MOVE_A_LITTLE) in said


@pytest.fixture(scope="module")
def owner(shared_data: Path, pipeline: FacePipeline) -> Profile:
    clip = parse_clip(str(shared_data / "clips" / "tran-live.mp4"))
    calibration = load_calibration()

    def cameras() -> list[SimulatedCamera]:
        return [SimulatedCamera(clip, realtime=False, loop=False)]

    return enrol_from(cameras, pipeline, calibration).profile


@pytest.mark.parametrize("motions", MOTIONS[::3], ids="+".join)  # all: bench_liveness.py
def test_a_frame_of_the_owner_is_refused_however_it_is_held(
    shared_data: Path, pipeline: FacePipeline, owner: Profile, motions: tuple[str, ...]
) -> None:
    camera = SimulatedCamera(
        parse_clip(f"{shared_data / 'clips' / 'tran-live.mp4'}#t=0.5,1"), realtime=False, loop=False
    )
    camera.open()
    picture = camera.read().pixels
    camera.close()
    rng = np.random.default_rng(2)
    seen = list(shown(picture, held(motions, int(SECONDS * FPS), FPS, rng), rng))
    source = SimulatedCamera.of_frames(seen, FPS)
    assert probe_with(source, "photo", owner, pipeline, Level.BALANCED).verdict == "rejected"
    source = SimulatedCamera.of_frames(seen[:60], FPS)
    bare = probe_with(source, "photo", owner, pipeline, Level.BALANCED, frozenset())
    assert bare.verdict == "accepted"  # it is liveness, and not recognition, that refuses it
