"""`facelock demo`: the terminal's film, and the way to the window."""

from __future__ import annotations

from collections.abc import Callable
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
    started: list[list[str]] = []

    class Done:
        returncode = 0

    def run(command: list[str], *, check: bool) -> Done:
        started.append(command)
        return Done()

    monkeypatch.setattr(demo, "has_display", lambda: True)
    monkeypatch.setattr("subprocess.run", run)
    assert main(["demo"]) == Exit.OK
    assert started == [demo.window_command()]
    assert started[0][-1] == "--demo"


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
