"""Which faces may be compared: every limit, at the limit and one step beyond."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from facelock.core.frames import HeadPose
from facelock.core.quality import (
    ENROLMENT_LIMITS,
    PICTURE_LIMITS,
    PROBE_LIMITS,
    Defect,
    QualityLimits,
    QualityReport,
)

LIMITS = QualityLimits()
FIT = QualityReport(
    eye_distance=60.0,
    frame_share=0.5,
    sharpness=100.0,
    brightness=120.0,
    contrast=40.0,
    clipped=0.0,
    pose=HeadPose(0.0, 0.0, 0.0),
    eye_openness=0.3,
    inside=1.0,
    presence=1.0,
)
AT_THE_LIMIT = (
    ("inside", LIMITS.min_inside, -1, Defect.CUT_OFF),
    ("eye_distance", LIMITS.min_eye_distance, -1, Defect.TOO_SMALL),
    ("frame_share", LIMITS.max_frame_share, 1, Defect.TOO_CLOSE),
    ("brightness", LIMITS.min_brightness, -1, Defect.TOO_DARK),
    ("brightness", LIMITS.max_brightness, 1, Defect.TOO_BRIGHT),
    ("clipped", LIMITS.max_clipped, 1, Defect.TOO_BRIGHT),
    ("contrast", LIMITS.min_contrast, -1, Defect.LOW_CONTRAST),
    ("sharpness", LIMITS.min_sharpness, -1, Defect.BLURRED),
    ("eye_openness", LIMITS.min_eye_openness, -1, Defect.EYES_CLOSED),
    ("presence", LIMITS.min_presence, -1, Defect.NOT_A_CLEAR_FACE),
)


def but(**changed: Any) -> QualityReport:  # noqa: ANN401  # whichever measure
    """Return a fit face with one measure changed."""
    return replace(FIT, **changed)


@pytest.mark.parametrize(("measure", "limit", "beyond", "defect"), AT_THE_LIMIT)
def test_a_limit_is_still_good_and_the_next_step_is_not(
    measure: str, limit: float, beyond: int, defect: Defect
) -> None:
    assert not LIMITS.defects(but(**{measure: limit}))
    worse = but(**{measure: limit + beyond * 1e-6})
    assert LIMITS.defects(worse) == (defect,)


@pytest.mark.parametrize("sign", [-1, 1])
@pytest.mark.parametrize(
    ("axis", "limit", "defect"),
    [
        ("yaw", LIMITS.max_yaw, Defect.TURNED_AWAY),
        ("pitch", LIMITS.max_pitch, Defect.TURNED_AWAY),
        ("roll", LIMITS.max_roll, Defect.TILTED),
    ],
)
def test_turns_are_limited_both_ways(axis: str, limit: float, defect: Defect, sign: int) -> None:
    def turned(degrees: float) -> QualityReport:
        return replace(FIT, pose=replace(FIT.pose, **{axis: sign * degrees}))

    assert not LIMITS.defects(turned(limit))
    assert LIMITS.defects(turned(limit + 0.01)) == (defect,)


def test_every_defect_can_be_found_and_the_most_pressing_comes_first() -> None:
    hopeless = QualityReport(0, 9, 0, 0, 0, 1, HeadPose(90, 90, 90), 0, 0, 0)
    assert LIMITS.defects(hopeless) == tuple(Defect)


def test_a_measure_that_is_no_number_never_makes_a_face_fit() -> None:
    """Comparisons with NaN are all false: the limits must not read that as keeping them."""
    nothing = float("nan")
    for name in (one.name for one in fields(FIT) if one.name != "pose"):
        assert LIMITS.defects(but(**{name: nothing})), name
    for axis in range(3):
        turns = [0.0, 0.0, 0.0]
        turns[axis] = nothing
        assert LIMITS.defects(but(pose=HeadPose(*turns))), axis


@pytest.mark.parametrize(
    "name", ["min_eye_distance", "min_sharpness", "min_brightness", "min_contrast",
             "min_eye_openness", "min_inside", "min_presence"],
)  # fmt: skip
def test_samples_must_be_better_than_probes_and_pictures_may_be_worse(name: str) -> None:
    picture, probe, sample = (
        getattr(limits, name) for limits in (PICTURE_LIMITS, PROBE_LIMITS, ENROLMENT_LIMITS)
    )
    assert picture < probe <= sample
