"""A head, or a picture of one: what the motion of the points decides."""

from __future__ import annotations

import math
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facelock.core.liveness import Denied, Layer, Prompt, Shown, Wanting
from facelock.core.solidity import (
    EVIDENCE,
    FARTHEST,
    FEWEST_TRACKED,
    LITTLE,
    MOST_OF_ONE,
    RESIDUAL_FLOOR,
    RESIDUAL_PER_MOTION,
    STILL_SECONDS,
    MotionSample,
    Solidity,
)

STEP = 1 / 15  # seconds


def after(samples: Iterable[tuple[float, float]], step: float = STEP) -> Solidity:
    """Each sample: motion, residual."""
    known = Solidity()
    for index, (motion, residual) in enumerate(samples):
        known = known.add(MotionSample(index * step, motion, residual, tracked=0.9))
    return known


EVIDENCE_FRAMES = math.ceil(EVIDENCE / MOST_OF_ONE)  # of a head that turns: none says more
HEAD, SHEET, PICTURE = (0.1, 0.04), (0.1, 0.01), (0.003, 0.002)


def test_a_head_is_known_after_a_few_frames() -> None:
    assert after([HEAD] * (EVIDENCE_FRAMES - 1)).judge() == Wanting()
    assert after([HEAD] * EVIDENCE_FRAMES).judge() == Shown()


def test_evidence_that_lies_far_apart_does_not_add_up() -> None:
    scattered = ([HEAD] + [SHEET] * 20) * 6
    assert not isinstance(after(scattered).judge(), Shown)


def test_a_sheet_that_moves_is_denied() -> None:
    known = Solidity()
    said = []
    for index in range(60):
        known = known.add(MotionSample(index * STEP, *SHEET, tracked=0.9))
        said.append(known.judge())
    assert Denied(Layer.GEOMETRY) in said
    assert said[0] == Wanting()
    assert Wanting(Prompt.MOVE_A_LITTLE) in said


def test_a_picture_that_never_moves_is_denied_after_having_been_asked_to() -> None:
    frames = int(STILL_SECONDS / STEP) + 2
    assert after([PICTURE] * (frames - 10)).judge() == Wanting(Prompt.MOVE_A_LITTLE)
    assert after([PICTURE] * frames).judge() == Denied(Layer.GEOMETRY)


def test_a_person_who_sits_still_and_then_turns_is_let_through() -> None:
    sitting = [PICTURE] * 40 + [HEAD] + [PICTURE] * 30
    assert after(sitting).judge() == Wanting(Prompt.MOVE_A_LITTLE)
    assert after([*sitting, *[HEAD] * EVIDENCE_FRAMES]).judge() == Shown()


def test_what_was_shown_stays_shown() -> None:
    assert after([HEAD] * EVIDENCE_FRAMES + [SHEET] * 200).judge() == Shown()


@given(st.floats(0, FARTHEST, exclude_max=True), st.floats(0, 1))
def test_no_single_frame_says_more_than_its_share(motion: float, residual: float) -> None:
    assert 0.0 <= MotionSample(0, motion, residual, 0.9).weight <= MOST_OF_ONE < EVIDENCE


def test_a_sheet_with_a_slip_of_the_tracking_is_denied_all_the_same() -> None:
    slip = (0.1, (RESIDUAL_FLOOR + 0.1 * RESIDUAL_PER_MOTION) * (1 + 0.9 * LITTLE))
    assert MotionSample(0, *slip, tracked=0.9).weight > 0
    assert after([SHEET] * 20 + [slip] + [SHEET] * 40).judge() == Denied(Layer.GEOMETRY)


def test_a_blink_shows_that_it_is_no_photograph() -> None:
    assert after([PICTURE] * 10).blinked().judge() == Shown()


def test_nothing_seen_is_nothing_shown() -> None:
    assert Solidity().judge() == Wanting()


@pytest.mark.parametrize(
    "sample",
    [
        MotionSample(0, FARTHEST, 1.0, 0.9),  # so far that tracking cannot be trusted
        MotionSample(0, 0.1, 1.0, FEWEST_TRACKED),  # so few points that it may be chance
        MotionSample(0, 0.0, RESIDUAL_FLOOR, 0.9),  # noise
        MotionSample(0, 0.1, float("nan"), 0.9),
    ],
)
def test_what_may_be_bad_tracking_is_no_evidence(sample: MotionSample) -> None:
    assert sample.weight == 0.0


@given(
    st.lists(st.tuples(st.floats(0, 0.3), st.floats(0, RESIDUAL_FLOOR)), min_size=1, max_size=200)
)
def test_no_sheet_is_ever_taken_for_a_head_however_long_it_is_shown(
    samples: list[tuple[float, float]],
) -> None:
    assert not isinstance(after(samples).judge(), Shown)
