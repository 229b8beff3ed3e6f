"""The whole window: each reason to lock has the lock page begin as it should, and keep to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes_pages import Bench
from pytestqt.qtbot import QtBot

from facelock.core.leaving import Arming, Reason
from facelock.ui.lock_page import LockPage
from facelock.ui.ring_state import RingMood
from facelock.workers.eyes import Eyes


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(qtbot, tmp_path / "home")
    qtbot.waitUntil(lambda: made.program.eyes.pipeline is not None, timeout=20_000)
    made.unlock()
    yield made
    made.close()


def page_of(bench: Bench) -> LockPage:
    page = bench.window.page
    assert isinstance(page, LockPage)
    return page


def wants(eyes: Eyes) -> str:
    """Return who wants the camera."""
    return "".join(("look" * eyes.is_looking, "watch" * eyes.is_watching))


@pytest.mark.parametrize(
    ("reason", "wanted"),
    [
        (Reason.MANUAL, "watch"),
        (Reason.IDLE, "watch"),
        (Reason.AWAY, "watch"),
        (Reason.STRANGER, "watch"),
        (Reason.SESSION_LOCKED, ""),
        (Reason.SLEEP, ""),
        (Reason.SWITCHED, ""),
    ],
)
def test_no_lock_looks_at_once(bench: Bench, reason: Reason, wanted: str) -> None:
    bench.window.lock(reason)
    assert wants(bench.program.eyes) == wanted
    page_of(bench).returned()
    assert wants(bench.program.eyes) == "look"


def test_what_is_locked_already_is_not_armed_anew(bench: Bench) -> None:
    bench.window.lock(Reason.MANUAL)
    bench.window.lock(Reason.AWAY)
    assert page_of(bench).back.arming is Arming.AFTER_ABSENCE


def test_a_page_in_another_language_waits_as_the_one_before_did(bench: Bench) -> None:
    bench.window.lock(Reason.MANUAL)
    before = page_of(bench)
    bench.window.rebuild()
    after = page_of(bench)
    assert after is not before
    assert after.back.arming is Arming.AFTER_ABSENCE
    assert wants(bench.program.eyes) == "watch"


def test_minimised_nobody_is_watched_and_the_window_comes_back_as_it_was(
    bench: Bench, qtbot: QtBot
) -> None:
    bench.window.lock(Reason.MANUAL)
    bench.window.showMinimized()
    qtbot.waitUntil(lambda: wants(bench.program.eyes) == "", timeout=3000)
    bench.window.showNormal()
    qtbot.waitUntil(lambda: wants(bench.program.eyes) == "watch", timeout=3000)
    assert page_of(bench).back.arming is Arming.AFTER_ABSENCE


def test_opened_by_passphrase_the_watch_is_over(bench: Bench) -> None:
    bench.window.lock(Reason.AWAY)
    assert page_of(bench).ring.mood in {RingMood.WATCHING, RingMood.NO_CAMERA}
    bench.unlock()
    assert not bench.program.eyes.is_looking
