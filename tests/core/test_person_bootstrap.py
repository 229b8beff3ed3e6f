"""Resampled comparisons against resampling written out: every drawn person by hand."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from facelock.core.person_bootstrap import PersonScores, draw_people


def scores(rng: np.random.Generator, people: int, count: int, *, mated: bool) -> PersonScores:
    one = rng.integers(0, people, count).astype(np.int32)
    other = None if mated else ((one + rng.integers(1, people, count)) % people).astype(np.int32)
    steps = rng.integers(0, 20, count).astype(np.int32)
    return PersonScores.sorted_by_distance(steps, one, other)


@pytest.mark.parametrize("mated", [True, False])
def test_a_comparison_counts_once_for_each_way_its_people_were_drawn(mated: bool) -> None:  # noqa: FBT001
    rng = np.random.default_rng(3)
    kept = scores(rng, 6, 40, mated=mated)
    draw = rng.integers(0, 6, 6)
    expected = np.zeros(40)
    for row in range(40):
        if kept.other is None:
            expected[row] = sum(1 for person in draw if person == kept.one[row])
        else:
            expected[row] = sum(
                1
                for a, b in itertools.product(draw, draw)
                if (a, b) == (kept.one[row], kept.other[row])
            )
    drawn = np.bincount(draw, minlength=6).astype(np.float64)
    assert kept.weights(drawn).tolist() == expected.tolist()
    assert kept.curve(drawn).total == expected.sum()


def test_comparisons_come_in_order_and_keep_what_they_stand_for() -> None:
    steps = np.array([5, 1, 3], np.int32)
    people = np.array([0, 1, 2], np.int32)
    kept = PersonScores.sorted_by_distance(steps, people, None, np.array([1.0, 2.0, 4.0]))
    assert kept.steps.tolist() == [1, 3, 5]
    assert kept.weights().tolist() == [2.0, 4.0, 1.0]
    assert kept.curve(np.array([3.0, 1.0, 0.0])).within(3) == 2.0
    assert kept.curve().total == 7.0


def test_a_draw_repeats_and_keeps_the_number_of_people() -> None:
    assert draw_people(50, 1, 7).tolist() == draw_people(50, 1, 7).tolist()
    assert draw_people(50, 1, 7).tolist() != draw_people(50, 1, 8).tolist()
    assert draw_people(50, 1, 7).tolist() != draw_people(50, 2, 7).tolist()
    assert draw_people(50, 1, 7).sum() == 50
