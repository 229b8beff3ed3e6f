"""The two switches of liveness: sealed, confirmed, and said in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes_pages import Bench
from fakes_ui import profile
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from facelock.core.errors import StoreUnwritable
from facelock.core.levels import Level
from facelock.core.liveness import Layer
from facelock.ui.settings_level import LevelBody
from facelock.ui.settings_liveness import LivenessCard
from facelock.ui.settings_page import SettingsPage


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(qtbot, tmp_path, people=(profile("Mira", 1, demo=False),), demo=False)
    made.unlock()
    yield made
    made.close()


@pytest.fixture
def card(bench: Bench) -> LivenessCard:
    page = bench.page("settings")
    assert isinstance(page, SettingsPage)
    body = page.body("level")
    assert isinstance(body, LevelBody)
    return body.liveness


def test_the_eyes_are_asked_for_until_a_passphrase_says_otherwise(
    bench: Bench, card: LivenessCard, qtbot: QtBot
) -> None:
    bench.forget_confirmation()
    assert card.eyes.isChecked()
    card.eyes.click()
    assert bench.access.eyes_required
    bench.confirm()
    qtbot.waitUntil(lambda: not bench.access.eyes_required, timeout=3000)
    assert not card.eyes.isChecked()
    assert Layer.EYES not in bench.access.layers


def test_leaving_the_question_leaves_the_switch(bench: Bench, card: LivenessCard) -> None:
    bench.forget_confirmation()
    card.eyes.click()
    bench.dialog().reject()
    assert card.eyes.isChecked()
    assert bench.access.eyes_required


def test_strict_asks_for_blinks_where_heads_cannot_turn(bench: Bench, card: LivenessCard) -> None:
    bench.access.set_level(Level.STRICT)
    card.blinking.click()
    assert bench.access.challenge_by_blinking
    assert Layer.BLINK_CHALLENGE in bench.access.layers
    assert Layer.CHALLENGE not in bench.access.layers
    card.blinking.click()
    assert Layer.CHALLENGE in bench.access.layers


def test_what_cannot_be_kept_is_said_and_changes_nothing(
    bench: Bench, card: LivenessCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_: object) -> None:
        raise StoreUnwritable("the disk is full")

    monkeypatch.setattr(bench.access, "set_liveness", full)
    card.eyes.click()
    assert card.message.isVisibleTo(card)
    assert card.eyes.isChecked()


def test_both_say_their_consequence_to_screen_readers(card: LivenessCard) -> None:
    boxes: list[QCheckBox] = [card.eyes, card.blinking]
    assert all(box.accessibleDescription() for box in boxes)


def test_a_demo_changes_neither(qtbot: QtBot, tmp_path: Path) -> None:
    made = Bench(qtbot, tmp_path)
    card = LivenessCard(made.access)
    assert not card.eyes.isEnabled()
    card.deleteLater()
    made.close()
