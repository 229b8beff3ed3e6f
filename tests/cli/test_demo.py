"""`facelock demo`: the terminal's film, and the way to the window."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from facelock.cli import demo
from facelock.cli.exit_codes import Exit
from facelock.cli.main import main
from facelock.services.demo_events import DemoResult

RunJson = Callable[..., tuple[int, dict[str, Any]]]
pytestmark = pytest.mark.usefixtures("calibration")


def test_the_whole_journey_on_the_built_in_faces(run_json: RunJson) -> None:
    code, said = run_json("demo")
    assert code == Exit.OK
    for step in (
        "enrolled",
        "owner_unlocked",
        "stranger_refused",
        "wrong_passphrase_refused",
        "passphrase_opened",
        "removed",
    ):
        assert said[step] is True, step
    assert said["liveness"] is False
    assert said["poses"] == ["centre", "left", "right", "up", "down"]
    assert all("Public domain" in credit for credit in said["faces"])
    assert said["seconds"] > 0


def test_a_step_that_fails_exits_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("facelock.services.demo.run_demo", lambda *_, **__: DemoResult())
    assert main(["demo", "--terminal"]) == Exit.NO
    assert "DEMO" in capsys.readouterr().out


def test_with_a_display_the_window_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "has_display", lambda: True)
    started = demo.window_command()
    monkeypatch.setattr(demo, "window_command", lambda: [sys.executable, "-c", "pass"])
    assert main(["demo"]) == Exit.OK
    monkeypatch.setattr(demo, "window_command", lambda: [sys.executable, "-c", "exit(1)"])
    assert main(["demo"]) == Exit.NO
    assert started[-1] == "--demo"


def test_a_window_that_cannot_be_shown_gives_way_to_the_film(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(demo, "has_display", lambda: True)
    monkeypatch.setattr(demo, "_open_window", lambda: 69)
    monkeypatch.setattr("facelock.services.demo.run_demo", lambda *_, **__: DemoResult())
    assert main(["demo"]) == Exit.NO
    assert "DEMO" in capsys.readouterr().out


@pytest.mark.skipif("sys.platform in ('win32', 'darwin')")
def test_a_window_that_nobody_could_see_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert not demo.has_display()
    monkeypatch.delenv("QT_QPA_PLATFORM")
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not demo.has_display()


@pytest.mark.skipif("os.name != 'posix'", reason="SIGTERM")
def test_the_demo_takes_its_window_along_when_it_is_ended(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sign = tmp_path / "ended"
    window = (
        "import os, pathlib, signal, sys\n"
        "def end(*_):\n"
        f"    pathlib.Path({str(sign)!r}).touch()\n"
        "    sys.exit(3)\n"
        "signal.signal(signal.SIGTERM, end)\n"
        "os.kill(os.getppid(), signal.SIGTERM)\n"
        "while True: signal.pause()\n"
    )
    monkeypatch.setattr(demo, "window_command", lambda: [sys.executable, "-c", window])
    assert demo._open_window() == 3
    assert sign.exists()
