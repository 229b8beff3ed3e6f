"""What the FMR table says is what counting says, with bounds that never flatter."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import beta

from facelock.core.attempt import LOOKS
from facelock.core.comparison import squared_distance
from facelock.core.fmr_table import (
    DISTANCES,
    FMRS,
    FmrTable,
    Impostors,
    compare,
    fmr_table,
    upper_bounds,
)
from facelock.core.labelled_faces import LabelledFaces
from facelock.core.levels import RULES


def crowd(people: int, *, images: int = 2, dimension: int = 6, seed: int = 5) -> LabelledFaces:
    """Return people in a small space, so that strangers come near; the last has one image more."""
    rng = np.random.default_rng(seed)
    who = np.append(np.repeat(np.arange(people), images), people - 1)
    middle = rng.normal(size=(people, dimension))
    rows = middle[who] / np.linalg.norm(middle[who], axis=1, keepdims=True)
    rows += rng.normal(size=rows.shape) * 0.05
    unit: NDArray[np.float32] = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(
        np.float32
    )
    return LabelledFaces(unit, who)


@pytest.fixture(scope="module")
def faces() -> LabelledFaces:
    return crowd(40)


@pytest.fixture(scope="module")
def every(faces: LabelledFaces) -> Impostors:
    return compare(faces, faces, 40)


@pytest.fixture(scope="module")
def bounds(every: Impostors) -> NDArray[np.float64]:
    return upper_bounds(every)


@pytest.fixture(scope="module")
def table(faces: LabelledFaces) -> FmrTable:
    return fmr_table(faces)


def test_near_strangers_are_those_that_comparing_one_by_one_finds(faces: LabelledFaces) -> None:
    templates = faces.templates()
    found = compare(templates, faces, 40)
    expected = sorted(
        (squared_distance(a, b), int(i), int(j))
        for (a, i), (b, j) in itertools.product(
            zip(templates.embeddings, templates.people, strict=True),
            zip(faces.embeddings, faces.people, strict=True),
        )
        if i != j and squared_distance(a, b) <= DISTANCES[-1]
    )
    np.testing.assert_allclose(found.distance, [row[0] for row in expected], atol=1e-6)
    assert list(zip(found.one, found.other, strict=True)) == [row[1:] for row in expected]


def test_comparisons_are_counted_between_different_people_only(
    faces: LabelledFaces, every: Impostors
) -> None:
    pairs = [(i, j) for i, j in itertools.product(faces.people, faces.people) if i != j]
    assert every.trials() == len(pairs)
    drawn = np.random.default_rng(1).integers(0, 3, 40).astype(np.float64)
    assert every.trials(drawn) == pytest.approx(sum(drawn[i] * drawn[j] for i, j in pairs))


def test_independent_trials_are_pairs_of_people(faces: LabelledFaces, every: Impostors) -> None:
    assert every.people_pairs() == 40 * 39 // 2
    two = LabelledFaces(faces.embeddings[:3], faces.people[:3]).templates()
    assert two.people.tolist() == [0]
    assert compare(two, faces, 40).people_pairs() == 39


def test_a_bound_is_above_what_was_measured_and_above_clopper_and_pearson(
    every: Impostors, bounds: NDArray[np.float64]
) -> None:
    pairs = every.people_pairs()
    assert np.all(np.diff(bounds) >= 0)
    for at in range(0, len(DISTANCES), 50):
        measured = np.count_nonzero(every.distance <= DISTANCES[at]) / every.trials()
        events = np.ceil(measured * pairs - 1e-9)
        exact = beta.ppf(0.95, events + 1, pairs - events)
        assert bounds[at] >= measured
        assert bounds[at] >= exact - 1e-9


def test_the_bound_without_a_match_is_the_rule_of_three() -> None:
    """1 - 0.05^(1/n) (Hanley and Lippman-Hand 1983): what nothing in n trials can show."""
    lonely = LabelledFaces(np.eye(30, dtype=np.float32), np.arange(30))
    pairs = 30 * 29 // 2
    bounds = upper_bounds(compare(lonely, lonely, 30))
    np.testing.assert_allclose(bounds, 1 - 0.05 ** (1 / pairs), rtol=1e-9)


def test_people_who_come_near_to_many_widen_the_bound() -> None:
    """Drawn twice, they match twice as many: what Clopper and Pearson cannot know."""
    rows = np.eye(60, dtype=np.float32)
    rows[1:15] = rows[0] * 0.9 + rows[1:15] * np.sqrt(1 - 0.81)
    hub = compare(LabelledFaces(rows, np.arange(60)), LabelledFaces(rows, np.arange(60)), 60)
    pairs = hub.people_pairs()
    events = np.count_nonzero(hub.distance <= DISTANCES[-1]) / 2
    assert upper_bounds(hub)[-1] > 1.2 * beta.ppf(0.95, events + 1, pairs - events)


def test_the_table_gives_the_largest_distance_that_keeps_a_rate(
    faces: LabelledFaces, bounds: NDArray[np.float64], table: FmrTable
) -> None:
    """Of both statistics: image against image, and fused template against image."""
    bounds = np.maximum(bounds, upper_bounds(compare(faces.templates(), faces, 40)))
    for rate, distance in zip(table.rates, table.distances, strict=True):
        at = int(np.flatnonzero(distance == DISTANCES)[0])
        assert bounds[at] <= rate
        assert at == len(DISTANCES) - 1 or bounds[at + 1] > rate
    assert table.rates[0] == bounds[0], "the strictest there is, and not the next in the grid"
    assert (table.people, table.templates) == (40, 40)
    between = 81 * 80 // 2 - 39 - 3  # images of different people
    assert table.comparisons == between + 40 * 81 - 81


def test_the_table_ascends(table: FmrTable) -> None:
    assert np.all(np.diff(table.rates) > 0)
    assert np.all(np.diff(table.distances) >= 0)


def test_people_with_one_picture_each_are_compared_all_the_same() -> None:
    lonely = LabelledFaces(np.eye(60, dtype=np.float32), np.arange(60))
    table = fmr_table(lonely)
    assert table.templates == 0
    assert table.comparisons == 60 * 59 // 2


@pytest.mark.parametrize("people", [2, 3])
def test_a_few_people_carry_no_rate_at_all(people: int) -> None:
    table = fmr_table(crowd(people))
    assert table.rates.size == table.distances.size == 0


def test_the_same_faces_give_the_same_table(faces: LabelledFaces, table: FmrTable) -> None:
    np.testing.assert_array_equal(fmr_table(faces).distances, table.distances)


def test_what_the_levels_ask_for_is_in_the_grid() -> None:
    for rules in RULES.values():
        assert rules.attempt_fmr in FMRS
        assert rules.attempt_fmr / len(LOOKS) in FMRS
