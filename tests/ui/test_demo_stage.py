"""The strip below the demo: the scene changes while the camera films on."""

from __future__ import annotations

from collections.abc import Callable

from fake_cameras import FakeSource
from pytestqt.qtbot import QtBot

from facelock.core.ports import FrameSource
from facelock.core.scene import Scene
from facelock.services.demo_cast import DemoCast, OnlyStrangers
from facelock.ui.demo_stage import DemoStage


def test_each_choice_is_what_the_camera_films(qtbot: QtBot) -> None:
    asked: list[Callable[[], Scene]] = []

    def film(scene: Callable[[], Scene]) -> FrameSource:
        asked.append(scene)
        return FakeSource()

    stage = DemoStage("Ada", "Bob", film)
    qtbot.addWidget(stage)
    stage.film()
    seen = []
    for button in stage.buttons:
        button.click()
        seen.append((button.text(), asked[0]()))
    assert seen == [
        ("Ada", Scene.OWNER),
        ("Bob", Scene.STRANGER),
        ("both", Scene.BOTH),
        ("nobody", Scene.EMPTY),
        ("no light", Scene.DARK),
    ]
    assert len(asked) == 1  # the camera was not opened anew


def test_it_begins_with_the_owner(qtbot: QtBot) -> None:
    stage = DemoStage("Ada", "Bob", lambda _: FakeSource())
    qtbot.addWidget(stage)
    assert stage.scene is Scene.OWNER
    assert stage.buttons[0].isChecked()


def test_what_is_filmed_is_simulated_and_follows_the_scene() -> None:
    scenes = [Scene.EMPTY, Scene.OWNER]
    camera = DemoCast(realtime=False).on_stage(lambda: scenes[0])
    camera.open()
    empty = camera.read()
    scenes.pop(0)
    seated = [camera.read() for _ in range(60)][-1]
    camera.close()
    assert empty.simulated
    assert seated.simulated
    assert abs(seated.pixels.astype(float) - empty.pixels.astype(float)).mean() > 20


def test_only_strangers_come_where_only_strangers_shall() -> None:
    strangers = OnlyStrangers(realtime=False).on_stage(lambda: Scene.EMPTY)
    known = DemoCast(realtime=False).on_stage(lambda: Scene.STRANGER)
    for camera in (strangers, known):
        camera.open()
    pairs = [(strangers.read().pixels, known.read().pixels) for _ in range(40)]
    assert all((one == other).all() for one, other in pairs)
