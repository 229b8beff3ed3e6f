"""Distances, fusing, and a gallery in which everybody is always compared."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pytest
from fakes import MODEL, between, person_embedding

from facelock.core.comparison import (
    Gallery,
    Nearest,
    fuse,
    leave_one_out_distances,
    squared_distance,
)

ONE, TWO, THREE = (person_embedding(person) for person in (1, 2, 3))


def gallery(*rows: tuple[np.ndarray[tuple[int, ...], np.dtype[np.float32]], str, float]) -> Gallery:
    return Gallery(
        references=np.stack([row[0] for row in rows]),
        owners=tuple(row[1] for row in rows),
        thresholds=np.array([row[2] for row in rows]),
        demo=False,
        model_sha256=MODEL,
    )


def test_the_distance_is_the_sum_of_squared_differences() -> None:
    naive = sum((float(a) - float(b)) ** 2 for a, b in zip(ONE, TWO, strict=True))
    assert squared_distance(ONE, TWO) == pytest.approx(naive)
    assert squared_distance(ONE, ONE) == 0.0
    assert squared_distance(ONE, -ONE) == pytest.approx(4.0)


def test_the_distance_of_unit_vectors_is_two_minus_two_cosines() -> None:
    assert squared_distance(ONE, TWO) == pytest.approx(2 - 2 * float(ONE @ TWO), abs=1e-6)


def test_fusing_is_the_mean_brought_back_to_unit_length() -> None:
    fused = fuse([ONE, TWO, THREE])
    mean = (ONE + TWO + THREE) / 3
    np.testing.assert_allclose(fused, mean / np.linalg.norm(mean), atol=1e-6)
    assert fused.dtype == np.float32
    assert np.linalg.norm(fused) == pytest.approx(1.0, abs=1e-6)
    np.testing.assert_allclose(fuse([ONE]), ONE, atol=1e-6)


@pytest.mark.parametrize(
    "hopeless", [[], [ONE, -ONE], [np.full(192, np.nan, np.float32)], [np.zeros(192, np.float32)]]
)
def test_what_cannot_be_fused_is_refused(
    hopeless: list[np.ndarray[tuple[int, ...], np.dtype[np.float32]]],
) -> None:
    with pytest.raises(ValueError, match=r"fuse|cancel"):
        fuse(hopeless)


def test_leave_one_out_compares_each_with_all_the_others() -> None:
    samples = [person_embedding(1, 0.4, index) for index in range(4)]
    naive = []
    for index, one in enumerate(samples):
        others = [other for position, other in enumerate(samples) if position != index]
        naive.append(squared_distance(one, fuse(others)))
    np.testing.assert_allclose(leave_one_out_distances(samples), naive)


def test_leave_one_out_needs_two() -> None:
    with pytest.raises(ValueError, match="two"):
        leave_one_out_distances([ONE])


def test_the_gallery_agrees_with_one_comparison_after_the_other() -> None:
    people = gallery((ONE, "a", 0.6), (TWO, "b", 0.5), (THREE, "c", 0.4))
    for seed in range(20):
        probe = person_embedding(100 + seed)
        naive = [squared_distance(probe, reference) for reference in people.references]
        best = int(np.argmin(np.array(naive) - people.thresholds))
        nearest = people.nearest(probe)
        assert nearest is not None
        assert nearest.profile_id == people.owners[best]
        assert nearest.distance == pytest.approx(naive[best], abs=1e-5)
        assert nearest.threshold == people.thresholds[best]


@pytest.mark.parametrize("order", ["C", "F"])
def test_the_answer_is_that_of_float64_also_where_float32_cannot_tell_rows_apart(
    order: Literal["C", "F"],
) -> None:
    """A thousand rows within 1e-6 of each other: the order of float32 among them is chance."""
    rng = np.random.default_rng(8)
    crowd = person_embedding(1) + rng.normal(scale=3e-8, size=(1000, 192))
    rows = np.array(crowd / np.linalg.norm(crowd, axis=1, keepdims=True), np.float32, order=order)
    thresholds = 0.5 + rng.uniform(0, 1e-6, 1000)
    owners = tuple(str(number) for number in range(1000))
    people = Gallery(rows, owners, thresholds, demo=False, model_sha256=MODEL)
    disagreements = 0
    for seed in range(20):
        probe = person_embedding(1, 0.4, seed)
        exact = 2.0 - 2.0 * (rows.astype(np.float64) @ probe.astype(np.float64))
        best = int(np.argmin(exact - thresholds))
        nearest = people.nearest(probe)
        assert nearest is not None
        assert nearest.profile_id == owners[best]
        assert nearest.distance == pytest.approx(exact[best], abs=1e-12)
        single = 2.0 - 2.0 * (rows @ probe).astype(np.float64)
        disagreements += int(np.argmin(single - thresholds)) != best
    assert disagreements > 5  # or this would show nothing


def test_the_best_is_the_one_deepest_within_its_own_threshold() -> None:
    probe = between(ONE, TWO, 0.50)
    farther = between(probe, THREE, 0.55)
    nearest = gallery((ONE, "near but strict", 0.40), (farther, "far but wide", 0.60)).nearest(
        probe
    )
    assert nearest is not None
    assert nearest.profile_id == "far but wide"
    assert nearest.is_match


def test_every_reference_of_a_person_counts() -> None:
    people = gallery((ONE, "a", 0.5), (TWO, "a", 0.5))
    assert people.people == 1
    nearest = people.nearest(TWO)
    assert nearest is not None
    assert nearest.profile_id == "a"
    assert nearest.is_match


def test_a_distance_equal_to_the_threshold_is_a_match_and_the_next_number_is_not() -> None:
    assert Nearest("a", 0.5, 0.5).is_match
    assert not Nearest("a", float(np.nextafter(0.5, 1)), 0.5).is_match
    assert not Nearest("a", float("nan"), 0.5).is_match


def test_an_empty_gallery_knows_nobody() -> None:
    empty = Gallery(np.zeros((0, 192), np.float32), (), np.zeros(0), demo=True, model_sha256=MODEL)
    assert empty.nearest(ONE) is None
    assert empty.people == 0


def test_a_probe_of_no_numbers_matches_nobody() -> None:
    broken = np.full(192, np.nan, np.float32)
    nearest = gallery((ONE, "a", 0.6), (TWO, "b", 0.6)).nearest(broken)
    assert nearest is not None
    assert not nearest.is_match


@pytest.mark.parametrize(
    ("rows", "owners", "thresholds"),
    [(2, 1, 2), (1, 1, 2), (0, 1, 1), (1, 2, 1)],
)
def test_a_gallery_whose_parts_differ_in_number_is_refused(
    rows: int, owners: int, thresholds: int
) -> None:
    with pytest.raises(ValueError, match="number"):
        Gallery(
            np.zeros((rows, 192), np.float32), ("a",) * owners, np.zeros(thresholds), False, MODEL
        )


def test_a_gallery_of_one_flat_row_is_refused() -> None:
    with pytest.raises(ValueError, match="number"):
        Gallery(ONE, ("a",) * 192, np.zeros(192), demo=False, model_sha256=MODEL)
