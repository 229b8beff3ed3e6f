"""From the lock page to the watch and back the camera stays open and does not blink."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_cameras import FakeSource
from fakes_pages import Bench
from pytestqt.qtbot import QtBot

from facelock.core.frames import Frame
from facelock.core.leaving import Reason
from facelock.services.leaving_rules import NEVER
from facelock.ui.lock_page import LockPage


class StagedSource(FakeSource):
    """Shows nobody, as a demo's camera may."""

    @property
    def simulated(self) -> bool:
        return True

    def read(self) -> Frame:
        seen = super().read()
        return Frame(seen.pixels, seen.captured_at, simulated=True)


@pytest.fixture
def source() -> StagedSource:
    return StagedSource()


@pytest.fixture
def bench(
    qtbot: QtBot, tmp_path: Path, source: StagedSource, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bench]:
    made = Bench(qtbot, tmp_path)
    monkeypatch.setattr(made.program.viewing, "_open_permitted", lambda _: source)
    eyes = made.program.eyes
    qtbot.waitUntil(lambda: eyes.pipeline is not None, timeout=20_000)
    qtbot.waitUntil(lambda: eyes.camera_is_on, timeout=10_000)
    yield made
    made.close()
    assert not source.is_open


def test_it_stays_open_from_the_scan_to_the_watch_and_back(
    bench: Bench, source: StagedSource
) -> None:
    eyes = bench.program.eyes
    assert eyes.is_looking
    bench.unlock()
    assert eyes.is_watching
    assert not eyes.is_looking
    assert bench.program.leaving.watch.is_on
    assert eyes.preview.peek() is None
    bench.window.lock(Reason.AWAY)
    assert isinstance(bench.window.page, LockPage)
    assert eyes.camera_is_on
    assert (source.opens, source.closes) == (1, 0)


def test_where_nobody_is_watched_for_it_is_released_at_once(
    bench: Bench, source: StagedSource
) -> None:
    bench.unlock()
    bench.access.leaving.set_away(NEVER)
    bench.access.leaving.set_shield(False)
    bench.window.refresh()
    assert not source.is_open
    bench.window.lock(Reason.AWAY)
    bench.qtbot.waitUntil(lambda: source.is_open, timeout=5000)
    bench.unlock()
    assert not bench.program.eyes.is_watching
    assert not source.is_open
