"""Where a threshold lies and which term decided it."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from fakes import LEVELS, between, made_up_calibration, person_embedding
from hypothesis import given
from hypothesis import strategies as st

from facelock.core.attempt import LOOKS
from facelock.core.comparison import Embedding, fuse, leave_one_out_distances
from facelock.core.levels import RULES, Level
from facelock.core.threshold import (
    HIGHEST,
    LOWEST,
    MARGIN,
    Bound,
    Calibration,
    ScoreDensities,
    Threshold,
    derive_threshold,
    nearest_impostor,
)


def samples_of(person: int = 1, noise: float = 0.2, count: int = 6) -> list[Embedding]:
    return [person_embedding(person, noise, index) for index in range(count)]


def derived(
    level: Level = Level.BALANCED,
    calibration: Calibration | None = None,
    *,
    noise: float = 0.2,
    appearances: int = 1,
) -> Threshold:
    groups = {f"look {index}": samples_of(1, noise, 6 + index) for index in range(appearances)}
    references = [fuse(samples) for samples in groups.values()]
    return derive_threshold(level, groups, references, calibration or made_up_calibration())


def impostor_at(distance: float) -> Calibration:
    """One impostor at this distance from the only reference of `derived()`."""
    reference = fuse(samples_of())
    features = between(reference, person_embedding(900), distance)[None]
    return made_up_calibration(features=features, distance_grid=(0.5, 0.6, 0.7, 0.8, 0.9))


def test_the_fmr_term_decides_where_it_is_smallest() -> None:
    threshold = derived(calibration=made_up_calibration(mated_median=0.9))
    assert threshold.bound is Bound.FMR
    assert threshold.value == threshold.fmr_term == 0.60
    assert threshold.margin_term == pytest.approx(0.9 + MARGIN / 2)


def test_the_margin_term_decides_where_it_is_smallest() -> None:
    threshold = derived(calibration=made_up_calibration(mated_median=0.25))
    assert threshold.bound is Bound.MARGIN
    assert threshold.value == threshold.margin_term == pytest.approx(0.25 + MARGIN / 2)


def test_the_margin_term_starts_from_the_person_where_they_vary_more_than_others() -> None:
    threshold = derived(calibration=made_up_calibration(mated_median=0.0), noise=0.5)
    own = leave_one_out_distances(samples_of(1, 0.5))
    assert threshold.own_q95 == pytest.approx(np.quantile(own, 0.95))
    assert threshold.margin_term == pytest.approx(threshold.own_q95 + MARGIN / 2)


@pytest.mark.parametrize("level", LEVELS)
def test_the_nearest_impostor_caps_where_the_level_says_so(level: Level) -> None:
    threshold = derived(level, impostor_at(0.35))
    assert threshold.nearest_impostor == pytest.approx(0.35, abs=1e-5)
    if RULES[level].nearest_impostor_caps:
        assert threshold.bound is Bound.NEAREST_IMPOSTOR
        assert threshold.value == threshold.nearest_impostor
    else:
        assert threshold.bound is not Bound.NEAREST_IMPOSTOR
        assert threshold.value > 0.35


def test_a_person_like_an_impostor_is_told_to_take_better_samples() -> None:
    crowded = derived(calibration=impostor_at(0.21), noise=0.7)
    assert crowded.value < crowded.own_q95
    assert crowded.needs_better_samples
    assert not derived().needs_better_samples


def test_no_threshold_leaves_the_range() -> None:
    lowest = derived(calibration=impostor_at(0.05))
    assert (lowest.value, lowest.bound) == (LOWEST, Bound.CLAMP)
    wide = made_up_calibration(mated_median=2.0, distance_grid=(1.5, 1.6, 1.7, 1.8, 1.9))
    highest = derived(calibration=wide)
    assert (highest.value, highest.bound) == (HIGHEST, Bound.CLAMP)


def test_without_bundled_impostors_the_nearest_is_as_far_as_can_be() -> None:
    empty = made_up_calibration(features=np.zeros((0, 192), np.float32))
    assert nearest_impostor([person_embedding(1)], empty) == 4.0
    assert derived(calibration=empty).bound is not Bound.NEAREST_IMPOSTOR


def test_the_nearest_impostor_is_the_smallest_of_all_pairs() -> None:
    references = [person_embedding(1), person_embedding(2)]
    features = np.stack([person_embedding(person) for person in range(500, 520)])
    naive = min(
        float(((one - other).astype(float) ** 2).sum())
        for one, other in itertools.product(references, features)
    )
    found = nearest_impostor(references, made_up_calibration(features=features))
    assert found == pytest.approx(naive, abs=1e-5)


def test_more_appearances_are_stricter() -> None:
    """Each reference is one more chance for a stranger, and the level bounds them together."""
    wide = made_up_calibration(mated_median=1.0)
    one, four = (derived(Level.BALANCED, wide, appearances=count) for count in (1, 4))
    assert four.fmr_term < one.fmr_term
    assert four.value < one.value
    assert four.attempt_fmr <= RULES[Level.BALANCED].attempt_fmr


@pytest.mark.parametrize("mated_median", [0.1, 0.4, 1.0])
@pytest.mark.parametrize("noise", [0.1, 0.5])
def test_a_stricter_level_is_never_more_lenient(mated_median: float, noise: float) -> None:
    calibration = made_up_calibration(mated_median=mated_median)
    values = [derived(level, calibration, noise=noise).value for level in LEVELS]
    assert values == sorted(values, reverse=True)


def test_the_levels_differ_where_the_data_can_tell_them_apart() -> None:
    calibration = made_up_calibration(mated_median=1.0)
    assert len({derived(level, calibration).value for level in LEVELS}) == len(LEVELS)


def test_the_level_bounds_the_whole_attempt_and_not_one_comparison() -> None:
    threshold = derived(Level.BALANCED, made_up_calibration(mated_median=1.0))
    # 1e-4 in three looks leaves 3.3e-5 for each; the grid's next below is 1e-5.
    assert threshold.attempt_fmr == pytest.approx(len(LOOKS) * 1e-5)
    assert threshold.level_supported


def test_a_level_the_data_cannot_carry_says_so_and_uses_the_strictest_they_can() -> None:
    coarse = made_up_calibration(
        fmr_grid=(1e-5, 1e-4, 1e-3), distance_grid=(0.6, 0.7, 0.8), mated_median=1.0
    )
    assert derived(Level.BALANCED, coarse).level_supported
    strict = derived(Level.STRICT, coarse)
    assert not strict.level_supported
    assert strict.fmr_term == 0.6
    assert strict.attempt_fmr == pytest.approx(len(LOOKS) * 1e-5)
    assert strict.attempt_fmr > RULES[Level.STRICT].attempt_fmr


def test_a_level_at_the_edge_of_the_data_is_carried() -> None:
    edge = RULES[Level.STRICT].attempt_fmr / len(LOOKS)
    exact = made_up_calibration(fmr_grid=(edge, 1e-3), distance_grid=(0.6, 0.8), mated_median=1)
    assert derived(Level.STRICT, exact).level_supported


GRID = made_up_calibration()


@given(st.floats(1e-9, 1e-1))
def test_the_table_is_read_downwards_only(fmr: float) -> None:
    distance, stands_for = GRID.distance_at(fmr)
    assert stands_for <= fmr * (1 + 1e-6) or stands_for == GRID.strictest_fmr
    larger = GRID.fmr_grid[GRID.fmr_grid > stands_for]
    assert all(larger > fmr * (1 - 1e-6)), "the largest that is allowed"
    assert distance == GRID.distance_grid[list(GRID.fmr_grid).index(stands_for)]


@given(st.floats(1e-9, 1e-1), st.floats(1e-9, 1e-1))
def test_a_smaller_rate_never_allows_a_larger_distance(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert GRID.distance_at(low)[0] <= GRID.distance_at(high)[0]


def test_appearances_with_one_sample_do_not_speak_for_the_person() -> None:
    groups = {"usual": samples_of(), "glasses": [person_embedding(3)]}
    references = [fuse(samples) for samples in groups.values()]
    threshold = derive_threshold(Level.BALANCED, groups, references, made_up_calibration())
    assert threshold.own_q95 == derived().own_q95


def test_no_appearance_with_two_samples_is_refused() -> None:
    with pytest.raises(ValueError, match="concatenate"):
        derive_threshold(
            Level.BALANCED,
            {"usual": [person_embedding(1)]},
            [person_embedding(1)],
            made_up_calibration(),
        )


def test_a_wider_margin_moves_the_margin_term_by_half() -> None:
    groups = {"usual": samples_of()}
    references = [fuse(groups["usual"])]
    terms = [
        derive_threshold(
            Level.BALANCED, groups, references, made_up_calibration(), margin=margin
        ).margin_term
        for margin in (0.0, 1.0)
    ]
    assert terms[1] - terms[0] == pytest.approx(0.5)


def test_densities_hold_a_share_for_each_bin() -> None:
    half = np.array([0.5, 0.5])
    found = ScoreDensities(np.array([0.0, 2.0, 4.0]), half, half)
    assert found.mated.sum() == found.non_mated.sum() == 1.0


@pytest.mark.parametrize("edges", [[0.0], [0.0, 2.0, 2.0], [0.0, np.nan, 4.0], [[0.0, 2.0, 4.0]]])
def test_the_edges_of_densities_ascend(edges: list[float]) -> None:
    half = np.array([0.5, 0.5])
    with pytest.raises(ValueError, match="edges"):
        ScoreDensities(np.array(edges), half, half)


@pytest.mark.parametrize(
    "wrong", [[1.0], [0.5, 0.6], [1.5, -0.5], [np.nan, 1.0], [0.5, 0.25, 0.25], []]
)
def test_shares_are_one_for_each_bin_and_sum_to_1(wrong: list[float]) -> None:
    edges, half = np.array([0.0, 2.0, 4.0]), np.array([0.5, 0.5])
    with pytest.raises(ValueError, match="share"):
        ScoreDensities(edges, np.array(wrong), half)
    with pytest.raises(ValueError, match="share"):
        ScoreDensities(edges, half, np.array(wrong))
