"""What `facelock bench` says about 1:N, on a small scale and on the bundled impostors."""

from __future__ import annotations

import numpy as np
import pytest
from fakes import made_up_calibration, person_embedding

from facelock.core.levels import Level
from facelock.services.benchmark_search import (
    PEOPLE,
    identification,
    made_up_gallery,
    run_search_benchmark,
    search_time,
)
from facelock.services.calibration import load_calibration


def test_a_search_is_timed_and_weighed() -> None:
    found = search_time(2000)
    assert found.p50_ms is not None
    assert found.p95_ms is not None
    assert found.memory_mb is not None
    assert 0 < found.p50_ms <= found.p95_ms
    assert 1.5 < found.memory_mb < 3.0  # 1.5 MB of numbers, and names
    assert found.left_out == ""


def test_where_memory_is_short_it_is_left_out_and_said() -> None:
    found = search_time(1_000_000, free=100 * 2**20)
    assert found.p50_ms is found.memory_mb is None
    assert "1,465 MB" in found.left_out
    assert "100 MB there" in found.left_out


def test_made_up_templates_are_unit_vectors_that_find_themselves() -> None:
    gallery = made_up_gallery(30_000)  # more than one block
    assert gallery.references.shape == (30_000, 192)
    np.testing.assert_allclose(np.linalg.norm(gallery.references, axis=1), 1.0, atol=1e-5)
    for row in (0, 19_999, 20_000, 29_999):
        nearest = gallery.nearest(gallery.references[row])
        assert nearest is not None
        assert nearest.profile_id == f"{row:032x}"


def test_all_of_it_is_told_step_by_step() -> None:
    features = np.stack([person_embedding(one, 0.3, two) for one in range(30) for two in (0, 1)])
    calibration = made_up_calibration(features=features)
    told: list[str] = []
    found = run_search_benchmark(calibration, told.append, templates=(500, 1000))
    assert [one.templates for one in found.times] == [500, 1000]
    assert len(told) == 3
    assert found.probes == 60
    assert [one.level for one in found.levels] == list(Level)


def test_on_the_bundled_impostors_strangers_are_as_rare_as_the_calibration_says() -> None:
    for found in identification(load_calibration()):
        assert found.fmr <= found.fmr_bound
        assert [row.people for row in found.rows] == list(PEOPLE)
        rates = [row.fpir for row in found.rows]
        assert rates == sorted(rates)
        assert rates[0] == pytest.approx(found.fmr)
        for row in found.rows:
            assert row.low <= row.fpir <= row.high
            assert row.fpir <= row.predicted + 1e-12
            assert row.predicted == min(row.people * found.fmr, 1.0)
        assert found.extrapolated == min(100_000 * found.fmr_bound, 1.0) > 0
