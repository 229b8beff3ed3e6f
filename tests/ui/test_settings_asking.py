"""Being asked before a face opens: the camera stays off at the lock until a key or a click."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes_pages import Bench
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from facelock.core.errors import StoreUnwritable
from facelock.ui.lock_page import LockPage
from facelock.ui.settings_asking import AskingCard
from facelock.ui.settings_locking import LockingBody
from facelock.ui.settings_page import SettingsPage


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(qtbot, tmp_path / "home")
    made.unlock()
    yield made
    made.close()


def card_of(bench: Bench) -> AskingCard:
    page = bench.page("settings")
    assert isinstance(page, SettingsPage)
    page.show_section("locking")
    body = page.findChild(LockingBody)
    assert body is not None
    return body.asking


def test_it_is_off_until_somebody_wants_it_and_on_without_a_passphrase(bench: Bench) -> None:
    bench.forget_confirmation()
    card = card_of(bench)
    assert not card.box.isChecked()
    card.box.click()
    assert bench.access.leaving.asks_first
    assert bench.dialogs() == []


def test_off_again_takes_the_passphrase(bench: Bench, qtbot: QtBot) -> None:
    card = card_of(bench)
    card.box.click()
    bench.forget_confirmation()
    card.box.click()
    assert bench.access.leaving.asks_first
    bench.dialog().reject()
    qtbot.waitUntil(card.box.isChecked, timeout=2000)
    card.box.click()
    bench.confirm()
    qtbot.waitUntil(lambda: not bench.access.leaving.asks_first, timeout=3000)
    assert not card.box.isChecked()


def test_what_cannot_be_kept_is_said_and_not_shown_as_chosen(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = card_of(bench)

    def full(_on: object) -> None:
        raise StoreUnwritable("full")

    monkeypatch.setattr(bench.access.leaving, "set_asks_first", full)
    card.box.click()
    assert not card.box.isChecked()
    assert card.message.text


def test_screen_readers_hear_what_it_means(bench: Bench) -> None:
    assert "Esc" in card_of(bench).box.accessibleDescription()


def test_the_camera_stays_off_at_every_lock_until_a_key_is_pressed(
    bench: Bench, qtbot: QtBot
) -> None:
    bench.access.leaving.set_asks_first(True)
    bench.access.lock()
    bench.window.refresh()  # not by hand: without the switch it would begin to look at once
    page = bench.window.page
    assert isinstance(page, LockPage)
    qtbot.waitUntil(page.isVisible, timeout=2000)
    assert not page.scan.is_active
    assert not bench.program.eyes.is_looking
    assert "camera is off" in page.sentence.text()
    QTest.keyClick(page.passphrase.edit, Qt.Key.Key_Escape)
    assert page.scan.is_active


def test_without_the_switch_it_looks_at_once(bench: Bench, qtbot: QtBot) -> None:
    bench.access.lock()
    bench.window.refresh()
    page = bench.window.page
    assert isinstance(page, LockPage)
    qtbot.waitUntil(lambda: page.scan.is_active, timeout=2000)
