"""The window's own times, once over on the built-in faces."""

from __future__ import annotations

import pytest

from facelock.services.benchmark_visits import time_visits
from facelock.services.calibration import load_calibration
from facelock.services.loading import load_pipeline
from facelock.ui.visits import GRACE


@pytest.mark.skipif("not sys.platform.startswith('linux')", reason="offscreen windows")
def test_a_real_window_locks_behind_its_owner_and_opens_when_they_come_back() -> None:
    measured = time_visits(load_pipeline(), load_calibration(), 1)
    assert measured is not None
    assert (measured.failure, measured.locked, measured.opened) == ("", 1, 1)
    assert measured.lock_p95_s is not None
    assert measured.open_p50_s is not None
    assert 0 < measured.lock_p95_s <= measured.away_s + GRACE
    assert 0 < measured.open_p50_s < 20
