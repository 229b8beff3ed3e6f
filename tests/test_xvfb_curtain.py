"""The curtain on two real screens, seen by another program: nothing shows of what is behind it."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from ctypes.util import find_library
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from two_screens import Monitors, a_desktop, glaring, two_screens
from window_process import a_window

from facelock.desktop.paths import Paths

PATIENCE = 30_000  # milliseconds; each look takes about one of its seconds


@pytest.mark.xvfb
@pytest.mark.skipif(find_library("Xrandr") is None, reason="no libXrandr to divide a screen with")
@pytest.mark.timeout(300)
def test_every_screen_that_is_there_is_covered_while_it_is_locked_and_bare_when_it_is_open(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = Paths.below(tmp_path).settings_file
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps({"curtain": True}), encoding="utf-8")
    with two_screens() as display, a_desktop(display), closing(Monitors(display)) as monitors:

        def shows(what: Callable[[float, float], bool]) -> None:
            qtbot.waitUntil(lambda: what(*glaring(display)), timeout=PATIENCE)

        assert glaring(display) == [1.0, 1.0]
        monkeypatch.setenv("DISPLAY", display)
        with a_window(tmp_path) as window:
            shows(lambda left, right: left == right == 0.0)
            window.tell("unlock")
            assert window.next() == "unlocked"
            shows(lambda left, right: 0.0 < left < 1.0 and right == 1.0)
            window.tell("lock")
            assert window.next() == "locked"
            shows(lambda left, right: left == right == 0.0)
            monitors.unplug()
            shows(lambda left, right: left == 0.0 and right == 1.0)
            monitors.plug_in()
            shows(lambda left, right: left == right == 0.0)
            window.tell("title")
            assert json.loads(window.next()) == ["Facelock"]
        shows(lambda left, right: left == right == 1.0)  # the panes went with the program
