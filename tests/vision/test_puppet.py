"""The demo's puppet: a portrait that turns as it is told, and the clips made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TypeAlias

import cv2
import numpy as np
import pytest

from facelock.core.frames import Frame, HeadPose, Pixels
from facelock.vision.detector import BlazeFace
from facelock.vision.landmarks import FaceMesh
from facelock.vision.portrait import Sitter, load_portrait
from facelock.vision.puppet import STRAIGHT, Puppet, Stance
from facelock.vision.puppet_camera import PuppetCamera
from facelock.vision.puppet_motion import FRAMES_PER_SECOND, enrolment_motion, glance_motion
from facelock.vision.quality import head_pose
from facelock.vision.webcam_look import Light, WebcamLook

Motion: TypeAlias = Callable[[Puppet, int], Iterator[Frame]]

_FACES = Path(__file__).parents[2] / "assets" / "faces"


@pytest.fixture(scope="module", params=list(Sitter), ids=lambda sitter: sitter.value)
def puppet(request: pytest.FixtureRequest) -> Puppet:
    return Puppet(load_portrait(request.param))


@pytest.fixture(scope="module")
def one_puppet() -> Puppet:
    return Puppet(load_portrait(Sitter.COLLINS))


def _measured(pixels: Pixels) -> HeadPose:
    frame = Frame(pixels.copy(), 0.0, simulated=True)
    (face,) = BlazeFace().detect(frame)
    return head_pose(FaceMesh().find(frame, face))


@pytest.mark.parametrize(
    ("yaw", "pitch", "roll"),
    [(20, 0, 0), (-20, 0, 0), (0, 14, 0), (0, -14, 0), (0, 0, 10), (12, 8, -6), (-10, -7, 4)],
)
def test_the_head_turns_as_it_is_told(
    puppet: Puppet, yaw: float, pitch: float, roll: float
) -> None:
    straight = _measured(puppet.render(Stance()))
    turned = _measured(puppet.render(Stance(HeadPose(yaw, pitch, roll))))
    assert turned.yaw - straight.yaw == pytest.approx(yaw, abs=6)
    assert turned.pitch - straight.pitch == pytest.approx(pitch, abs=7)
    assert turned.roll - straight.roll == pytest.approx(roll, abs=6)


def test_an_unturned_head_is_the_portrait_itself(one_puppet: Puppet) -> None:
    portrait = load_portrait(Sitter.COLLINS)
    face = one_puppet.render(Stance())[150:260, 260:380].astype(float)
    taken = portrait.pixels[165:275, 260:380].astype(float)
    assert np.abs(face - taken).mean() < 2.0


def test_there_are_no_holes_however_the_head_turns(puppet: Puppet) -> None:
    for yaw, pitch in ((25, 0), (-25, 0), (0, 18), (0, -18)):
        scene = puppet.render(Stance(HeadPose(yaw, pitch, 0), across=60, down=20, scale=0.88))
        assert scene.shape == (480, 640, 3)
        assert scene.dtype == np.uint8
        # A hole would be a patch; single black pixels are pupils and spectacle frames.
        black = (scene.max(axis=2) == 0).astype(np.uint8)
        face = black[150:290, 320:440]
        assert not cv2.erode(face, np.ones((3, 3), np.uint8)).any()
        assert not black[:60].any()


def test_the_shoulders_stay_while_the_head_turns(one_puppet: Puppet) -> None:
    straight = one_puppet.render(Stance())
    turned = one_puppet.render(Stance(HeadPose(22, 0, 0)))
    assert np.abs(straight[430:].astype(int) - turned[430:]).mean() < 1.0
    assert np.abs(straight[120:280, 220:420].astype(int) - turned[120:280, 220:420]).mean() > 5.0


def test_a_blink_changes_the_eyes_and_nothing_else(one_puppet: Puppet) -> None:
    open_eyes = one_puppet.render(Stance()).astype(int)
    shut = one_puppet.render(Stance(blink=1.0)).astype(int)
    rows, columns = np.nonzero(np.abs(open_eyes - shut).max(axis=2) > 8)
    assert rows.size > 300
    assert rows.min() > 170
    assert rows.max() < 230
    assert columns.min() > 230
    assert columns.max() < 410


@pytest.mark.parametrize("motion", [enrolment_motion, glance_motion])
def test_a_clip_is_the_same_for_the_same_seed_and_another_for_another(
    one_puppet: Puppet, motion: Motion
) -> None:
    once, again, other = (
        np.stack([frame.pixels for frame in islice(motion(one_puppet, seed), 3)])
        for seed in (3, 3, 4)
    )
    assert np.array_equal(once, again)
    assert not np.array_equal(once, other)


def test_a_glance_is_never_a_piece_of_the_enrolment_of_the_same_seed(one_puppet: Puppet) -> None:
    enrolment = next(iter(enrolment_motion(one_puppet, 1))).pixels.astype(int)
    glance = list(glance_motion(one_puppet, 1))[-1].pixels
    assert np.abs(enrolment - glance).mean() > 4.0


def test_frames_say_that_they_are_simulated_and_when(one_puppet: Puppet) -> None:
    frames = list(islice(glance_motion(one_puppet, 1), 4))
    assert all(frame.simulated for frame in frames)
    assert [frame.captured_at for frame in frames] == [n / FRAMES_PER_SECOND for n in range(4)]


def test_light_from_the_left_is_brighter_there() -> None:
    scene = np.full((480, 640, 3), 120, np.uint8)
    look = WebcamLook(Light(from_left=0.2), 2.0, np.random.default_rng(1))
    frame = look.develop(scene)
    assert frame[:, :100].mean() > frame[:, -100:].mean() + 20
    assert frame.std(axis=0).mean() > 1.0


def test_a_camera_paces_its_take_and_ends_or_begins_again() -> None:
    picture = np.zeros((480, 640, 3), np.uint8)
    waited: list[float] = []

    def take() -> Iterator[Frame]:
        return iter([Frame(picture.copy(), n / 30, simulated=True) for n in range(2)])

    camera = PuppetCamera(take, realtime=True, loop=False, clock=lambda: 5.0, wait=waited.append)
    camera.open()
    assert camera.read().simulated
    assert camera.read().captured_at == pytest.approx(1 / 30)
    assert waited == [pytest.approx(1 / 30)]
    with pytest.raises(EOFError):
        camera.read()
    camera.close()

    camera = PuppetCamera(take, realtime=False, loop=True)
    camera.open()
    times = [camera.read().captured_at for _ in range(5)]
    assert times == [pytest.approx(n / 30) for n in range(5)]
    camera.close()


def test_a_portrait_looks_straight_on() -> None:
    assert Stance().pose == STRAIGHT
    for sitter in Sitter:
        points = load_portrait(sitter).landmarks
        eyes = (points[[33, 133]].mean(axis=0) + points[[362, 263]].mean(axis=0)) / 2
        assert eyes[:2] == pytest.approx((320, 220), abs=6)


def test_every_portrait_comes_with_its_licence() -> None:
    text = (_FACES / "README.md").read_text(encoding="utf-8")
    for sitter in Sitter:
        assert f"`{sitter.value}`" in text
    for name in ("Public domain", "NASA", "United States Navy", "scikit-image", "matplotlib"):
        assert name in text
    assert {path.name.split(".")[0] for path in _FACES.glob("*.jpg")} == {
        sitter.value for sitter in Sitter
    }
