"""Where everything lies."""

from __future__ import annotations

from pathlib import Path

from facelock.desktop.clock import SystemClock
from facelock.desktop.paths import Paths


def test_the_default_folders_lie_in_the_home_and_are_not_made() -> None:
    paths = Paths.default()
    for folder in (paths.data, paths.config, paths.state, paths.log):
        assert folder.is_relative_to(Path.home())
        assert "facelock" in str(folder)
        assert not folder.exists()


def test_folders_below_another_lie_there(tmp_path: Path) -> None:
    paths = Paths.below(tmp_path)
    for path in (paths.store, paths.settings_file, paths.log_file, paths.state):
        assert path.is_relative_to(tmp_path)


def test_time_passes() -> None:
    clock = SystemClock()
    before = clock.monotonic()
    assert clock.monotonic() >= before
    assert clock.wall() > 1.7e9
