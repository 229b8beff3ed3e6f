"""What an accuracy on fifteen pairs is worth."""

from __future__ import annotations

import numpy as np
import pytest

from facelock.services.orl_draws import PAIRS, guessing_is_as_good, judge_draws

PEOPLE = np.array([0, 0, 1, 1])
POINTS = np.array([[0, 0], [0, 1], [5, 0], [5, 1]], np.float32)


def pairs(times: int) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 4, (times * PAIRS, 2))


def test_a_network_without_error_is_right_in_every_draw() -> None:
    draws = judge_draws(POINTS, PEOPLE, pairs(20), threshold=4.0)
    assert (draws.mean, draws.deviation, draws.low, draws.high) == (1, 0, 1, 1)
    assert draws.as_good == 1


def test_who_matches_everybody_is_right_by_chance() -> None:
    draws = judge_draws(POINTS, PEOPLE, pairs(2000), threshold=100.0)
    assert draws.mean == pytest.approx(0.5, abs=0.02)
    assert draws.deviation == pytest.approx(np.sqrt(0.25 / PAIRS), abs=0.01)
    assert draws.low < 0.3
    assert draws.high > 0.7
    assert draws.as_good == pytest.approx(guessing_is_as_good(), abs=0.02)


def test_a_coin_is_right_on_eleven_of_fifteen_now_and_then() -> None:
    assert guessing_is_as_good() == pytest.approx(1941 / 32768)
