"""A person against themselves and against the bundled impostors, on made-up faces."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from fakes_ui import calibration, embedding, profile

from facelock.core.comparison import leave_one_out_distances, squared_distance
from facelock.core.errors import NetworkMismatch
from facelock.core.levels import Level
from facelock.services.own_scores import own_scores

MIRA = profile("Mira", 1)
LEVEL = Level.BALANCED


def test_the_rates_at_the_line_are_counted_as_a_threshold_counts() -> None:
    scores = own_scores(MIRA, LEVEL, calibration())
    threshold = MIRA.thresholds[LEVEL].value
    mated = leave_one_out_distances([one.embedding for one in MIRA.samples])
    strangers = [
        squared_distance(MIRA.references[0].embedding, one) for one in calibration().features
    ]
    assert scores.threshold == threshold
    assert (scores.refused.events, scores.refused.trials) == (int((mated > threshold).sum()), 6)
    assert (scores.let_in.events, scores.let_in.trials) == (
        sum(one <= threshold for one in strangers),
        100,
    )
    assert scores.strangers == 1680


def test_along_a_curve_one_rate_never_falls_and_the_other_never_rises() -> None:
    scores = own_scores(MIRA, LEVEL, calibration())
    for curve in (scores.curve, scores.everybody):
        assert (np.diff(curve.fmr) >= 0).all()
        assert (np.diff(curve.fnmr) <= 0).all()
    assert (scores.curve.fmr[0], scores.curve.fnmr[0]) == (0.0, 1.0)
    assert (scores.curve.fmr[-1], scores.curve.fnmr[-1]) == (1.0, 0.0)
    assert scores.everybody.fmr[-1] == pytest.approx(1.0)


def test_people_who_overlap_with_strangers_have_errors_between_the_ends() -> None:
    twins = np.stack([embedding(1, 0.2, index) for index in range(100, 140)])
    scores = own_scores(MIRA, LEVEL, replace(calibration(), features=twins))
    inner = (scores.curve.fmr > 0) & (scores.curve.fmr < 1) & (scores.curve.fnmr > 0)
    assert inner.any()
    assert scores.let_in.events > 0


def test_one_sample_of_a_look_is_compared_with_nothing() -> None:
    alone = replace(MIRA, samples=MIRA.samples[:1])
    scores = own_scores(alone, LEVEL, calibration())
    assert scores.refused.trials == 0
    assert scores.curve.fmr.size == 0


def test_without_impostors_nothing_is_said_of_strangers() -> None:
    nobody = replace(calibration(), features=np.zeros((0, 192), np.float32))
    scores = own_scores(MIRA, LEVEL, nobody)
    assert scores.let_in.trials == 0
    assert scores.curve.fmr.size == 0


def test_what_two_networks_made_is_never_compared() -> None:
    with pytest.raises(NetworkMismatch):
        own_scores(MIRA, LEVEL, replace(calibration(), model_sha256="0" * 64))
