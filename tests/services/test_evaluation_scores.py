"""Comparisons, block by block and by pairs, against plain loops."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray

from facelock.core.score_curve import FARTHEST, NEVER, STEP, to_steps
from facelock.services import evaluation_scores
from facelock.services.evaluation_scores import Scores, score_all, score_pairs
from facelock.services.evaluation_set import Pairs


def unit_rows(count: int, size: int = 8) -> NDArray[np.float32]:
    rows = np.random.default_rng(count).normal(size=(count, size))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows.astype(np.float32)


def by_loops(
    features: NDArray[np.float32], person: NDArray[np.int32]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return all mated and all non-mated distances, ascending."""
    found: tuple[list[float], list[float]] = ([], [])
    for a, b in itertools.combinations(range(len(features)), 2):
        distance = float(((features[a].astype(float) - features[b].astype(float)) ** 2).sum())
        found[int(person[a] != person[b])].append(distance)
    return np.sort(found[0]), np.sort(found[1])


def every(features: NDArray[np.float32], person: NDArray[np.int32]) -> Scores:
    return score_all(features, person, 1, lambda _: None)


@pytest.mark.parametrize("block", [1, 50, 333, 10**6])
def test_all_against_all_counts_every_comparison_once(
    monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr(evaluation_scores, "_BLOCK", block)
    person = np.random.default_rng(1).integers(0, 9, 60).astype(np.int32)
    features = unit_rows(60)
    scores = every(features, person)
    for curve, kept, expected in zip(
        (scores.mated, scores.non_mated),
        (scores.mated_kept.curve(), scores.non_mated_kept.curve()),
        by_loops(features, person),
        strict=True,
    ):
        assert curve.total == kept.total == expected.size
        for threshold in np.linspace(0, 4, 41):
            within = int(np.count_nonzero(expected <= threshold))
            assert abs(curve.within(round(threshold / STEP)) - within) <= 1
        assert curve.steps * STEP == pytest.approx(np.unique(to_steps(expected)) * STEP, abs=2e-5)


def test_everybody_is_named_beside_their_comparison() -> None:
    person = np.array([2, 0, 1, 0, 2, 1], np.int32)
    features = unit_rows(6)
    scores = every(features, person)
    assert sorted(scores.mated_kept.one.tolist()) == [0, 1, 2]
    other = scores.non_mated_kept.other
    assert other is not None
    pairs = sorted(zip(scores.non_mated_kept.one.tolist(), other.tolist(), strict=True))
    assert pairs == [(0, 1)] * 4 + [(0, 2)] * 4 + [(1, 2)] * 4
    assert (scores.people, scores.mated_people, scores.people_pairs) == (3, 3, 3)


def test_of_too_many_comparisons_the_nearest_stay_and_the_rest_is_stood_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(evaluation_scores, "KEPT_NEAR", 500)
    monkeypatch.setattr(evaluation_scores, "KEPT_FAR", 2000)
    monkeypatch.setattr(evaluation_scores, "KEPT_MATED", 300)
    person = (np.arange(300) // 5).astype(np.int32)
    scores = every(unit_rows(300), person)
    kept = scores.non_mated_kept
    near = kept.stands_for == 1
    assert 450 <= near.sum() <= 500
    assert kept.steps[near].max() < kept.steps[~near].min()
    assert 1700 < (~near).sum() < 2300
    assert kept.curve().total == pytest.approx(scores.non_mated.total)
    assert scores.mated_kept.curve().total == pytest.approx(scores.mated.total)
    assert 200 < scores.mated_kept.steps.size < 400
    limit = int(kept.steps[near].max())
    assert kept.curve().within(limit) == scores.non_mated.within(limit)
    for share in (0.1, 0.5):
        (step,) = scores.non_mated.largest_keeping(np.array([share]))
        assert kept.curve().share_within(int(step)) == pytest.approx(share, abs=0.05)


def test_the_same_seed_keeps_the_same_comparisons(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluation_scores, "KEPT_FAR", 100)
    monkeypatch.setattr(evaluation_scores, "KEPT_NEAR", 100)
    person, features = (np.arange(60) // 3).astype(np.int32), unit_rows(60)
    first, second = every(features, person), every(features, person)
    assert first.non_mated_kept.steps.tolist() == second.non_mated_kept.steps.tolist()


def test_equal_and_opposite_faces_are_nought_and_four_apart() -> None:
    axis = np.eye(4, dtype=np.float32)[:1]
    scores = every(np.concatenate([axis, axis, -axis]), np.array([0, 0, 1], np.int32))
    assert scores.mated.steps.tolist() == [0]
    assert scores.non_mated.steps.tolist() == [FARTHEST]


def four_pairs() -> tuple[NDArray[np.float32], NDArray[np.int32], Pairs]:
    """Five pictures of three people; the last one has no face."""
    features = unit_rows(5)
    features[4] = np.nan
    pairs = Pairs(
        one=np.array([0, 0, 2, 2]),
        other=np.array([1, 2, 4, 3]),
        mated=np.array([True, False, True, False]),
        folds=np.array([1, 1, 2, 2]),
    )
    return features, np.array([0, 0, 1, 2, 1], np.int32), pairs


def test_a_pair_with_a_missing_face_is_left_out() -> None:
    features, person, pairs = four_pairs()
    scores = score_pairs(features, person, pairs, missing_never_match=False)
    assert (scores.mated.total, scores.non_mated.total) == (1, 2)
    expected = float(((features[0] - features[1]) ** 2).sum())
    assert scores.mated.steps[0] * STEP == pytest.approx(expected, abs=2e-5)
    assert scores.folds is not None
    assert scores.folds.distance.size == 3
    assert scores.people_pairs == 2


def test_or_it_never_matches() -> None:
    features, person, pairs = four_pairs()
    scores = score_pairs(features, person, pairs, missing_never_match=True)
    assert (scores.mated.total, scores.non_mated.total) == (2, 2)
    assert scores.mated.steps[-1] == NEVER
    assert scores.mated.share_within(FARTHEST) == 0.5
    assert scores.folds is not None
    assert np.isinf(scores.folds.distance[2])


def test_one_fold_alone_is_no_fold() -> None:
    features, person, pairs = four_pairs()
    features[2:] = np.nan
    assert score_pairs(features, person, pairs, missing_never_match=False).folds is None


def test_pairs_of_one_kind_only_leave_the_other_empty() -> None:
    features, person, _ = four_pairs()
    mated = Pairs(np.array([0]), np.array([1]), np.array([True]), None)
    scores = score_pairs(features, person, mated, missing_never_match=False)
    assert (scores.non_mated.total, scores.people_pairs) == (0, 0)
