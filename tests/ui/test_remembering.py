"""A near miss, the right passphrase, and a yes: only then is a look remembered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from fakes_pages import Bench, made_up_in_use
from fakes_ui import ScriptedPipeline, look, profile
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from facelock.core.attempt import Rejected
from facelock.core.errors import ModelMissing
from facelock.core.look import Look
from facelock.core.observation import Gathering, NonMatch
from facelock.core.threshold import Calibration
from facelock.services.loading import network_in_use
from facelock.services.recognition import FacePipeline, Seen
from facelock.ui.adapt_offer import AdaptOffer
from facelock.ui.people_page import PeoplePage


class NetworkInUse(ScriptedPipeline):
    """Sees the same person in every crop, with the network in use."""

    network = network_in_use()
    model_sha256 = network.model_sha256


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(qtbot, tmp_path, people=(profile("Mira", 1), profile("Ana", 2)))
    sees(made, seed=1)
    yield made
    made.close()


def sees(bench: Bench, seed: int) -> None:
    """Let the pictures of a near miss show this person."""
    bench.program.remembering._load_both = lambda: (
        cast("FacePipeline", NetworkInUse(seed)),
        made_up_in_use(),
    )


def nearly_match(bench: Bench) -> None:
    """Let somebody be refused whom the lock page nearly recognised."""
    identifying, seen = bench.program.identifying, look()
    assert isinstance(seen, Look)
    for frames in range(1, 5):
        identifying.note(Seen(seen, Gathering(frames)), None)
    identifying.note(Seen(seen, NonMatch(25, 0.65, 0.6)), Rejected("no-match"))


def offered(bench: Bench, qtbot: QtBot) -> AdaptOffer:
    """Unlock by passphrase and wait for the offer."""
    bench.unlock()
    banner = bench.program.remembering.banner
    assert banner is not None
    qtbot.waitUntil(banner.isVisible, timeout=10_000)
    return banner


def looks(bench: Bench) -> list[str]:
    return [one.name for one in bench.access.profiles[0].appearances]


def test_a_yes_remembers_the_look_and_undo_forgets_it(bench: Bench, qtbot: QtBot) -> None:
    nearly_match(bench)
    banner = offered(bench, qtbot)
    assert "nearly recognised you" in banner.accessibleName()
    assert "1 of 3 looks" in banner.accessibleDescription()
    assert looks(bench) == ["usual"]
    QTest.keyClick(banner.remember, Qt.Key.Key_Return)
    assert looks(bench) == ["usual", "remembered-1"]
    assert bench.window.focusWidget() is banner.undo
    page = bench.page(1)
    assert isinstance(page, PeoplePage)
    QTest.keyClick(banner.undo, Qt.Key.Key_Return)
    assert looks(bench) == ["usual"]
    assert "Undone" in banner.accessibleName()
    banner.close_button.click()
    assert bench.program.remembering.banner is None


def test_no_keeps_nothing_and_so_does_a_minute(bench: Bench, qtbot: QtBot) -> None:
    nearly_match(bench)
    banner = offered(bench, qtbot)
    banner.not_now.click()
    assert bench.program.remembering.banner is None
    assert not bench.program.remembering.near_misses.holds_anything
    bench.window.lock()
    nearly_match(bench)
    banner = offered(bench, qtbot)
    banner._minute.timeout.emit()
    assert bench.program.remembering.banner is None
    assert looks(bench) == ["usual"]


def test_locking_drops_what_was_offered_and_what_was_seen(bench: Bench, qtbot: QtBot) -> None:
    nearly_match(bench)
    offered(bench, qtbot)
    nearly_match(bench)
    bench.window.lock()
    assert bench.program.remembering.banner is None
    assert not bench.program.remembering.near_misses.holds_anything


def test_a_passphrase_more_than_a_minute_later_brings_no_offer(bench: Bench) -> None:
    nearly_match(bench)
    bench.clock.advance(61.0)
    bench.unlock()
    assert bench.program.remembering.banner is None


def test_somebody_elses_look_is_never_offered(bench: Bench, qtbot: QtBot) -> None:
    sees(bench, seed=3)
    nearly_match(bench)
    bench.unlock()
    qtbot.waitUntil(lambda: bench.program.remembering.banner is None, timeout=10_000)
    assert looks(bench) == ["usual"]


def test_without_networks_there_is_no_offer(bench: Bench, qtbot: QtBot) -> None:
    def missing() -> tuple[FacePipeline, Calibration]:
        raise ModelMissing("gone")

    bench.program.remembering._load_both = missing
    nearly_match(bench)
    bench.unlock()
    qtbot.waitUntil(lambda: bench.program.remembering.banner is None, timeout=10_000)


def test_after_two_minutes_the_passphrase_is_asked_again(bench: Bench, qtbot: QtBot) -> None:
    nearly_match(bench)
    banner = offered(bench, qtbot)
    bench.forget_confirmation()
    banner.remember.click()
    assert looks(bench) == ["usual"]
    bench.confirm()
    qtbot.waitUntil(lambda: looks(bench) == ["usual", "remembered-1"], timeout=5000)


def test_a_record_that_was_changed_meanwhile_is_left_alone(bench: Bench, qtbot: QtBot) -> None:
    nearly_match(bench)
    banner = offered(bench, qtbot)
    bench.access.rename(bench.access.profiles[0].profile_id, "Mira B.")
    banner.remember.click()
    assert "not changed" in banner.accessibleName()
    assert looks(bench) == ["usual"]


def test_what_has_expired_is_erased_at_the_next_opening(bench: Bench, qtbot: QtBot) -> None:
    nearly_match(bench)
    offered(bench, qtbot).remember.click()
    (mira, _) = bench.access.profiles
    usual, remembered = mira.appearances
    past = replace(remembered, added_at=1.0, expires_at=2.0)
    bench.access.replace_profile(replace(mira, appearances=(usual, past)))
    bench.window.lock()
    bench.unlock()
    assert looks(bench) == ["usual"]
