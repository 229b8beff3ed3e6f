"""The window program from outside: exit codes, first paint, and what it never imports."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from fakes_pages import Bench
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from facelock.ui.lock_page import LockPage
from facelock.ui.mishap import Mishap
from facelock.ui.waiting_window import WaitingWindow


def _run(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "facelock.app", *arguments],
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def test_wrong_usage_exits_with_64() -> None:
    result = _run("--threshold", "4.0")
    assert result.returncode == 64
    assert "facelock-gui" in result.stderr


def test_without_a_display_it_says_so_and_exits() -> None:
    result = _run(QT_QPA_PLATFORM="", DISPLAY="", WAYLAND_DISPLAY="")
    assert result.returncode == 69
    assert "no display" in result.stderr


@pytest.mark.parametrize("kind", [("--demo",), ()], ids=["demo", "real"])
def test_the_first_paint_is_told_in_seconds_and_needs_no_torch(kind: tuple[str, ...]) -> None:
    result = _run(*kind, "--exit-after-first-paint")
    assert result.returncode == 0, result.stderr
    told = json.loads(result.stdout)
    assert 0 < told["first_paint_s"] < 60
    assert told["torch"] is False


def test_a_store_that_does_not_open_is_said_in_words(qtbot: QtBot) -> None:
    from facelock.core.errors import StoreInUse

    window = WaitingWindow()
    qtbot.addWidget(window)
    window.tell(StoreInUse("test"))
    assert "already running" in window.message.text


@pytest.mark.allow_logs("the mishap is logged")
def test_a_mishap_is_told_once_logged_without_its_text_and_opens_nothing(
    qtbot: QtBot, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    bench = Bench(qtbot, tmp_path)
    mishap = Mishap(bench.window)
    for _ in range(2):
        mishap.hook(ValueError, ValueError("the passphrase is tern harbour"), None)
    boxes = bench.window.findChildren(QMessageBox)
    assert len(boxes) == 1
    assert "ValueError" in caplog.text
    assert "tern harbour" not in caplog.text
    assert isinstance(bench.window.page, LockPage)
    assert bench.access.unlocked_for is None
    boxes[0].reject()
    bench.close()


def test_only_macos_is_asked_for_the_camera(qtbot: QtBot) -> None:
    from facelock.core.errors import CameraDenied
    from facelock.ui.camera_permission import CameraPermission

    owner = QWidget()
    qtbot.addWidget(owner)
    CameraPermission(owner, platform="linux").check()
    with pytest.raises(CameraDenied):
        CameraPermission(owner, platform="darwin").check()
