"""`facelock doctor`: every finding is OK or says what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fake_machine import FakeMachine

from facelock.cli import checks, machine
from facelock.cli.exit_codes import Exit
from facelock.cli.main import main
from facelock.core.errors import CameraBusy, ModelCorrupt
from facelock.desktop.paths import Paths
from facelock.vision.camera_list import CameraInfo

RunJson = Callable[..., tuple[int, dict[str, Any]]]


def _finding(said: dict[str, Any], about: str) -> dict[str, Any]:
    found: list[dict[str, Any]] = [line for line in said["checks"] if line["about"] == about]
    return found[0]


def test_models_are_verified_and_embed_as_they_should(
    run_json: RunJson, fake_machine: FakeMachine
) -> None:
    _, said = run_json("doctor")
    assert _finding(said, "mobilefacenet.onnx")["ok"]
    assert _finding(said, "self-test")["ok"]
    assert _finding(said, "opencv")["ok"]


def test_what_is_missing_comes_with_advice_and_exit_1(
    run_json: RunJson, fake_machine: FakeMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("facelock.vision.camera_list.list_cameras", tuple)
    code, said = run_json("doctor")
    assert code == Exit.NO
    assert not said["ok"]
    assert "facelock demo" in _finding(said, "cameras")["advice"]


def test_a_changed_model_is_told(
    fake_machine: FakeMachine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def corrupt(name: str) -> bytes:
        raise ModelCorrupt(name)

    monkeypatch.setattr("facelock.vision.models.load_verified", corrupt)
    assert main(["doctor"]) == Exit.NO
    said = capsys.readouterr().out
    assert "!!  mobilefacenet.onnx ModelCorrupt" in said
    assert "Install Facelock again" in said


def test_cameras_are_listed_with_what_keeps_them_from_opening(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def busy(camera: CameraInfo) -> None:
        raise CameraBusy(camera.name)

    found = (
        CameraInfo("usb:1", "Webcam", 0, 200, physical=True),
        CameraInfo("loop:1", "Loop", 2, 200, physical=False, why_refused="virtual-device"),
    )
    monkeypatch.setattr("facelock.vision.camera_list.list_cameras", lambda: found)
    monkeypatch.setattr("facelock.vision.camera_access.check_access", busy)
    real, virtual = checks.cameras()
    assert "Another program" in real.advice
    assert virtual.is_ok
    assert "never used" in virtual.finding


@pytest.mark.skipif("sys.platform == 'win32'")
def test_a_folder_that_others_can_write_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    paths = Paths.below(tmp_path)
    paths.data.mkdir()
    paths.data.chmod(0o777)
    monkeypatch.setattr(machine, "paths", lambda: paths)
    advice = {line.about: line.advice for line in checks.folders()}
    assert "chmod 700" in advice["data"]
    assert advice["log"] == ""


def test_what_protects_the_process_is_told_in_words(
    run_json: RunJson, fake_machine: FakeMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from facelock.desktop.hardening import Hardening, Measure

    held = Hardening(frozenset({Measure.CORE_DUMPS}))
    monkeypatch.setattr("facelock.desktop.hardening.harden", lambda: held)
    _, said = run_json("doctor")
    assert _finding(said, "core dumps")["finding"] == "off"
    assert "read it" in _finding(said, "memory")["finding"]
    assert "attach one" in _finding(said, "debugger")["finding"]
    assert _finding(said, "screenshots")["ok"]
