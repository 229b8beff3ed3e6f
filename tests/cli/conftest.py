"""What the tests of the command line share."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fake_machine import FakeMachine
from fakes import FakeSecrets, fake_pipeline, made_up_calibration, made_up_densities

from facelock.cli import machine
from facelock.cli.main import main
from facelock.core.threshold import Calibration
from facelock.desktop.hardening import Hardening
from facelock.desktop.paths import Paths
from facelock.services.loading import network_in_use
from facelock.vision.camera_list import CameraInfo


@pytest.fixture
def calibration(monkeypatch: pytest.MonkeyPatch) -> Calibration:
    """Put a made-up calibration in the place of the bundled one."""
    made_up = Calibration(
        model_sha256=network_in_use().model_sha256,
        fmr_grid=np.array([1e-6, 1e-5, 1e-4, 1e-3]),
        distance_grid=np.array([0.60, 0.65, 0.75, 0.90]),
        mated_median=0.4,
        people=100,
        comparisons=10_000,
        features=np.zeros((0, 192), np.float32),
        person_index=np.zeros(0, np.int32),
        densities=made_up_densities(),
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


@pytest.fixture
def fake_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> FakeMachine:
    """Put fakes where commands look for keyring, camera, models, calibration and folders."""
    fakes = FakeMachine(FakeSecrets())
    camera = CameraInfo("usb:1", "Fake camera", 0, 0, physical=True)
    below = Paths.below(tmp_path / "user")
    monkeypatch.setattr(machine, "paths", lambda: below)
    monkeypatch.setattr(machine, "keyring", lambda: fakes.secrets)
    monkeypatch.setattr(machine, "find_camera", lambda wanted: camera)
    monkeypatch.setattr(machine, "camera_source", lambda found: fakes.camera)
    monkeypatch.setattr("facelock.services.loading.load_pipeline", fake_pipeline)
    network = fake_pipeline().network
    monkeypatch.setattr("facelock.services.loading.network_in_use", lambda: network)
    monkeypatch.setattr("facelock.services.calibration.load_calibration", made_up_calibration)
    return fakes


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that sets what is typed, line by line."""

    def set_answers(*lines: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))

    return set_answers


@pytest.fixture(autouse=True)
def _not_hardened(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave pytest's own process as it is: `doctor` asks for the report of the hardened one."""
    nothing = Hardening(frozenset())
    monkeypatch.setattr("facelock.desktop.hardening.harden", lambda: nothing)
