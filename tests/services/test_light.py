"""Light and sharpness are judged by the limits of recognition and of enrolment."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest
from fakes_ui import ScriptedPipeline, frame, look

from facelock.core.look import Look
from facelock.services.light import Light, LightWork, Reading, Sharpness, read_light

if TYPE_CHECKING:
    from facelock.services.recognition import FacePipeline


def seen(**measures: float) -> Look:
    """Return a good look but for these measures of its face."""
    good = look()
    assert good.face is not None
    report = replace(good.face.report, **measures)  # type: ignore[arg-type]
    return replace(good, face=replace(good.face, report=report))


@pytest.mark.parametrize(
    ("brightness", "light"),
    [
        (20.0, Light.TOO_DARK),
        (40.0, Light.DIM),
        (120.0, Light.GOOD),
        (230.0, Light.BRIGHT),
        (245.0, Light.TOO_BRIGHT),
    ],
)
def test_the_light_is_that_of_the_face(brightness: float, light: Light) -> None:
    reading = read_light(seen(brightness=brightness))
    assert (reading.light, reading.brightness) == (light, brightness)


@pytest.mark.parametrize(
    ("measure", "sharpness"),
    [(0.5, Sharpness.BLURRED), (0.8, Sharpness.SOFT), (1.5, Sharpness.GOOD)],
)
def test_the_sharpness_is_that_of_the_face(measure: float, sharpness: Sharpness) -> None:
    assert read_light(seen(sharpness=measure)).sharpness is sharpness


def test_without_a_face_only_darkness_can_be_told() -> None:
    nobody = look(None)
    assert read_light(nobody) == Reading(None, 120.0, None, 0.0)
    assert read_light(replace(nobody, scene_brightness=5.0)).light is Light.TOO_DARK
    assert read_light(replace(nobody, scene_brightness=0.1, black=True)).light is Light.NONE


def test_it_reads_a_few_times_a_second_and_follows_nobody_from_before() -> None:
    pipeline = ScriptedPipeline()
    work = LightWork(cast("FacePipeline", pipeline))
    times = [10.0 + number / 30 for number in range(31)]
    readings = [one for at in times if (one := work(frame(at))) is not None]
    assert len(readings) == 4
    assert pipeline.restarts == 1
    assert work(frame(0.0)) is not None  # a clip that begins anew
