"""The judge: true match rates by brute force, the same worse pictures for everyone, one score."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import numpy as np
import pytest
from drawn_faces import drawn_crops
from numpy.typing import NDArray

from facelock.core.comparison import Embedding
from facelock.core.frames import FaceCrop
from facelock.learning.degradation import degrade
from facelock.services.training_faces import Faces
from facelock.services.training_judge import (
    RATES,
    SCORED,
    SEVERITIES,
    Embedded,
    Judge,
    is_no_worse_when_clean,
    score,
    tmr_figures,
)

PEOPLE, IMAGES = 8, 2
FACES = Faces(drawn_crops(PEOPLE * IMAGES), np.arange(PEOPLE).repeat(IMAGES))
GOOD: Mapping[int, tuple[float, ...]] = {
    0: (0.9, 0.8, 0.6, 0.5),
    2: (0.7, 0.5, 0.3, 0.2),
    3: (0.6, 0.4, 0.2, 0.1),
}


def on_a_circle(degrees: NDArray[np.int64]) -> Embedding:
    """Return unit vectors at these angles, exact enough that equal angles are equal distances."""
    angle = np.radians(degrees)
    return cast("Embedding", np.stack([np.cos(angle), np.sin(angle)], axis=1))


def by_brute_force(degrees: list[int], people: list[int], rate: float) -> float:
    """Return the TMR at the largest angle that lets no more than `rate` of the others match."""
    mated: list[int] = []
    non_mated: list[int] = []
    for one in range(len(degrees)):
        for other in range(one):
            apart = abs(degrees[one] - degrees[other]) % 360
            kind = mated if people[one] == people[other] else non_mated
            kind.append(min(apart, 360 - apart))
    allowed = [
        angle
        for angle in range(-1, 181)
        if sum(apart <= angle for apart in non_mated) <= rate * len(non_mated)
    ]
    return sum(apart <= max(allowed) for apart in mated) / len(mated)


@pytest.mark.parametrize(("seed", "spread"), [(1, 1), (2, 3), (3, 10), (4, 60)])
def test_rates_are_those_of_brute_force(seed: int, spread: int) -> None:
    random = np.random.default_rng(seed)
    people = np.arange(25).repeat(4)
    degrees = random.integers(0, 360, 25)[people] + random.integers(-spread, spread + 1, 100)
    order = random.permutation(100)
    people, degrees = people[order], degrees[order]
    figures = tmr_figures(on_a_circle(degrees), people)
    expected = [by_brute_force(degrees.tolist(), people.tolist(), rate) for rate in RATES]
    assert figures == pytest.approx(expected, abs=1e-12)


def test_people_apart_are_all_recognised_and_people_alike_none() -> None:
    people = np.arange(6).repeat(3)
    assert tmr_figures(on_a_circle(60 * people), people) == (1.0,) * len(RATES)
    assert tmr_figures(on_a_circle(0 * people), people) == (0.0,) * len(RATES)


def test_rates_fall_and_need_no_order() -> None:
    assert list(RATES) == sorted(RATES, reverse=True)
    random = np.random.default_rng(1)
    vectors = random.normal(size=(90, 8)).astype(np.float32)
    people = np.arange(30).repeat(3)
    vectors += 3 * random.normal(size=(30, 8)).astype(np.float32)[people]
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    figures = tmr_figures(vectors, people)
    order = random.permutation(90)
    assert tmr_figures(vectors[order], people[order]) == figures
    assert list(figures) == sorted(figures, reverse=True)
    assert 0 < figures[0] < 1


def test_everybody_is_judged_on_the_same_worse_pictures() -> None:
    told: list[int] = []
    judge = Judge.of(FACES, told.append)
    assert tuple(judge.crops) == SEVERITIES
    assert SEVERITIES[0] == 0
    for severity, crops in judge.crops.items():
        worse = [degrade(FaceCrop(crop), severity).pixels for crop in FACES.crops]
        assert np.array_equal(crops, np.stack(worse))
    assert np.array_equal(judge.crops[0], FACES.crops)
    assert judge.people is FACES.people
    assert told == list(range(1, len(SEVERITIES) + 1))


def test_a_quick_look_is_at_every_other_person_clean_and_at_the_worst() -> None:
    judge = Judge.of(FACES, lambda _done: None)
    quick = judge.quick()
    assert set(quick.crops) == {0, max(SEVERITIES)}
    rows = np.isin(FACES.people, [0, 2, 4, 6])
    assert np.array_equal(quick.people, FACES.people[rows])
    for severity, crops in quick.crops.items():
        assert np.array_equal(crops, judge.crops[severity][rows])


def test_figures_are_of_what_a_network_makes_of_each_severity() -> None:
    judge = Judge.of(FACES, lambda _done: None)
    asked: list[int] = []

    def embed(crops: NDArray[np.uint8]) -> Embedding:
        asked.append(len(crops))
        vectors = crops.reshape(len(crops), 112, 112, 3).mean(axis=(1, 2))
        return cast("Embedding", vectors / np.linalg.norm(vectors, axis=1, keepdims=True))

    figures = judge.figures(embed)
    assert asked == [len(FACES.crops)] * len(SEVERITIES)
    expected = {
        severity: tmr_figures(embed(crops), FACES.people) for severity, crops in judge.crops.items()
    }
    assert figures == expected


def test_a_head_sees_to_the_embeddings_first() -> None:
    people = np.arange(6).repeat(3)
    together, apart = on_a_circle(0 * people), on_a_circle(60 * people)
    embedded = Embedded({0: together, 2: apart}, people)
    assert embedded.figures() == {0: (0.0,) * len(RATES), 2: (1.0,) * len(RATES)}
    assert embedded.figures(lambda _seen: apart)[0] == (1.0,) * len(RATES)


def test_the_score_is_the_mean_of_the_scored_rates_over_the_severities() -> None:
    values = [rate for figures in GOOD.values() for rate in figures[SCORED]]
    assert score(GOOD) == pytest.approx(sum(values) / len(values))
    assert np.array(RATES)[SCORED].tolist() == [1e-3, 1e-4]


@pytest.mark.parametrize(
    ("clean", "no_worse"),
    [
        ((0.9, 0.8, 0.6, 0.5), True),  # the same
        ((0.9, 0.8, 0.7, 0.5), True),
        ((0.9, 0.7, 0.71, 0.5), True),  # worse at one rate, made up for at another
        ((0.9, 0.8, 0.6, 0.4), False),
    ],
)
def test_only_clean_faces_tell_whether_a_network_is_no_worse(
    clean: tuple[float, ...], *, no_worse: bool
) -> None:
    for others in ((0.0,) * len(RATES), (1.0,) * len(RATES)):
        figures = {0: clean, 2: others, 3: others}
        assert is_no_worse_when_clean(figures, GOOD) is no_worse
