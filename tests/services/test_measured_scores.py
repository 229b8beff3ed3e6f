"""Where a distance stands, held against counts made by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from fakes import made_up_calibration

from facelock.core.threshold import ScoreDensities
from facelock.services.measured_scores import MeasuredScores

EDGES = np.array([0.0, 1.0, 2.0, 4.0])


def measured() -> MeasuredScores:
    densities = ScoreDensities(EDGES, np.array([0.8, 0.2, 0.0]), np.array([0.0, 0.5, 0.5]))
    whose = np.array([0, 0, 1, 2, 2, 2, 3], np.int32)
    made_up = made_up_calibration(fmr_grid=(1e-4, 1e-3), distance_grid=(0.7, 0.9))
    return MeasuredScores(replace(made_up, densities=densities, person_index=whose, people=4))


@pytest.mark.parametrize(
    ("distance", "mated", "non_mated"),
    [
        (0.0, 0.0, 0.0),
        (0.5, 0.4, 0.0),  # half way through a bin, half of what it holds
        (1.0, 0.8, 0.0),
        (1.5, 0.9, 0.25),
        (3.0, 1.0, 0.75),
        (4.0, 1.0, 1.0),
        (4.1, 1.0, 1.0),  # rounding may carry a distance a hair beyond
    ],
)
def test_a_distance_stands_after_all_that_is_closer(
    distance: float, mated: float, non_mated: float
) -> None:
    standing = measured().at(distance)
    assert standing.mated_closer == pytest.approx(mated)
    assert standing.non_mated_closer == pytest.approx(non_mated)


def test_the_bound_is_that_of_the_table_and_none_beyond_it() -> None:
    assert measured().at(0.1).non_mated_bound == 1e-4
    assert measured().at(0.8).non_mated_bound == 1e-3
    assert measured().at(1.0).non_mated_bound == 1.0


def test_people_with_a_single_picture_say_nothing_about_mated_pairs() -> None:
    assert measured().people == 4
    assert measured().mated_people == 2
