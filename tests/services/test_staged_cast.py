"""The cast of one stage: whoever is on it is filmed, and the camera has a plug."""

from __future__ import annotations

import pytest

from facelock.core.errors import CameraLost, CameraNotFound
from facelock.core.scene import Scene
from facelock.services.staged_cast import StagedCast


def test_both_film_the_same_stage_and_every_frame_is_simulated() -> None:
    cast = StagedCast(Scene.EMPTY)
    owner, stranger = cast.owner_glance(0), cast.on_stage(lambda: Scene.STRANGER)
    owner.open()
    stranger.open()
    assert cast.cameras_open == 2
    pictures = [one.read() for one in (owner, stranger)]
    assert all(picture.simulated for picture in pictures)
    assert (pictures[0].pixels == pictures[1].pixels).all()
    owner.close()
    owner.close()
    stranger.close()
    assert cast.cameras_open == 0


def test_a_scene_shows_from_the_next_frame_on() -> None:
    cast = StagedCast(Scene.EMPTY)
    camera = cast.owner_glance(1)
    camera.open()
    bright = camera.read().pixels.mean()
    before = cast.scene_since
    cast.scene = Scene.DARK
    assert cast.scene is Scene.DARK
    assert cast.scene_since >= before
    assert camera.read().pixels.mean() < bright / 4
    camera.close()


def test_an_unplugged_camera_is_lost_and_then_not_found_until_it_is_plugged_in() -> None:
    cast = StagedCast(Scene.EMPTY)
    camera = cast.owner_glance(1)
    camera.open()
    cast.is_plugged_in = False
    with pytest.raises(CameraLost):
        camera.read()
    camera.close()
    again = cast.owner_glance(2)
    with pytest.raises(CameraNotFound):
        again.open()
    again.close()
    assert cast.cameras_open == 0
    cast.is_plugged_in = True
    again.open()
    assert again.read().simulated
    again.close()
