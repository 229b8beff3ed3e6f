"""What the tests of the command line share."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from facelock.cli.main import main
from facelock.core.threshold import Calibration


@pytest.fixture
def calibration(monkeypatch: pytest.MonkeyPatch) -> Calibration:
    """Put a made-up calibration in the place of the bundled one."""
    made_up = Calibration(
        model_sha256="0" * 64,
        fmr_grid=np.array([1e-6, 1e-5, 1e-4, 1e-3]),
        distance_grid=np.array([0.60, 0.65, 0.75, 0.90]),
        mated_median=0.4,
        people=100,
        comparisons=10_000,
        features=np.zeros((0, 192), np.float32),
        person_index=np.zeros(0, np.int32),
    )
    monkeypatch.setattr("facelock.services.calibration.load_calibration", lambda: made_up)
    return made_up


@pytest.fixture
def run_json(
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., tuple[int, dict[str, Any]]]:
    """Return a function that runs a command with --json: its exit code and its only output."""

    def run(*arguments: str) -> tuple[int, dict[str, Any]]:
        code = main([*arguments, "--json"])
        (line,) = capsys.readouterr().out.splitlines()
        return code, json.loads(line)

    return run
