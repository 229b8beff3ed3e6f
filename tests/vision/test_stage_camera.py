"""The stage camera films what it is told to, and says that it is simulated."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from facelock.core.frames import Pixels
from facelock.services.loading import load_pipeline
from facelock.vision.portrait import Sitter, load_portrait
from facelock.vision.puppet import Puppet, Stance
from facelock.vision.stage_camera import Scene, StageCamera


class FlatActor:
    """Renders one grey, and counts."""

    def __init__(self, grey: int) -> None:
        self.grey = grey
        self.stances: list[Stance] = []

    def render(self, stance: Stance) -> Pixels:
        self.stances.append(stance)
        return np.full((480, 640, 3), self.grey, np.uint8)


def stage(scene: Callable[[], Scene]) -> tuple[StageCamera, FlatActor, FlatActor]:
    owner, stranger = FlatActor(200), FlatActor(60)
    return StageCamera(owner, stranger, scene, realtime=False), owner, stranger


def test_every_frame_says_that_it_is_simulated() -> None:
    camera, _, _ = stage(lambda: Scene.OWNER)
    camera.open()
    assert camera.simulated
    assert camera.read().simulated


def test_whoever_is_on_the_stage_is_filmed() -> None:
    now = [Scene.OWNER]
    camera, owner, stranger = stage(lambda: now[0])
    camera.open()
    assert camera.read().pixels.mean() > 150
    now[0] = Scene.STRANGER
    assert camera.read().pixels.mean() < 100
    now[0] = Scene.DARK
    assert camera.read().pixels.mean() < 15
    now[0] = Scene.BOTH
    both = camera.read().pixels
    assert both[:, :320].mean() > both[:, 320:].mean() + 50
    counts = len(owner.stances), len(stranger.stances)
    now[0] = Scene.EMPTY
    camera.read()
    assert (len(owner.stances), len(stranger.stances)) == counts


def test_somebody_new_comes_in_from_the_side_and_then_sits() -> None:
    now = [Scene.OWNER]
    camera, owner, _ = stage(lambda: now[0])
    camera.open()
    for _ in range(60):
        camera.read()
    assert owner.stances[0].across > 300
    assert abs(owner.stances[-1].across) < 10
    now[0] = Scene.DARK  # the light goes, nobody moves
    camera.read()
    assert abs(owner.stances[-1].across) < 10
    now[0] = Scene.EMPTY
    camera.read()
    now[0] = Scene.OWNER
    camera.read()
    assert owner.stances[-1].across > 300


def test_a_skipped_frame_passes_without_being_rendered() -> None:
    camera, owner, _ = stage(lambda: Scene.OWNER)
    camera.open()
    first = camera.read().captured_at
    for _ in range(14):
        camera.skip()
    assert camera.read().captured_at == pytest.approx(first + 0.5)
    assert len(owner.stances) == 2


def test_frames_come_when_they_are_due() -> None:
    clock, waits = [10.0], list[float]()

    def wait(seconds: float) -> None:
        waits.append(seconds)
        clock[0] += seconds

    camera = StageCamera(
        FlatActor(1), FlatActor(1), lambda: Scene.EMPTY, clock=lambda: clock[0], wait=wait
    )
    camera.open()
    for _ in range(4):
        camera.read()
    assert clock[0] == pytest.approx(10.1)
    assert len(waits) == 3


def test_it_is_opened_once_and_closed_any_number_of_times() -> None:
    camera, _, _ = stage(lambda: Scene.EMPTY)
    with pytest.raises(RuntimeError):
        camera.read()
    camera.open()
    with pytest.raises(RuntimeError):
        camera.open()
    camera.close()
    camera.close()
    with pytest.raises(RuntimeError):
        camera.skip()


def test_the_detector_sees_as_many_faces_as_there_are() -> None:
    now = [Scene.EMPTY]
    owner, stranger = (Puppet(load_portrait(one)) for one in (Sitter.COLLINS, Sitter.HOPPER))
    camera = StageCamera(owner, stranger, lambda: now[0], realtime=False)
    camera.open()
    pipeline = load_pipeline()
    seen = {}
    for scene in Scene:
        now[0] = scene
        for _ in range(45):
            camera.skip()
        look = pipeline.look(camera.read())
        seen[scene] = (look.faces, look.too_dark)
    assert seen[Scene.EMPTY] == (0, False)
    assert seen[Scene.OWNER] == seen[Scene.STRANGER] == (1, False)
    assert seen[Scene.BOTH] == (2, False)
    assert seen[Scene.DARK][1]
