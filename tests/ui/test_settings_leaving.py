"""When it locks after somebody has left, and whether it hides from an onlooker."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes_pages import Bench
from pytestqt.qtbot import QtBot

from facelock.core.errors import StoreUnwritable
from facelock.core.levels import Level
from facelock.services.leaving_rules import NEVER
from facelock.ui.settings_locking import LockingBody
from facelock.ui.settings_page import SettingsPage


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(qtbot, tmp_path / "home")
    made.unlock()
    yield made
    made.close()


def body_of(bench: Bench) -> LockingBody:
    page = bench.page("settings")
    assert isinstance(page, SettingsPage)
    page.show_section("locking")
    body = page.findChild(LockingBody)
    assert body is not None
    return body


def test_the_cards_say_what_the_level_says(bench: Bench) -> None:
    body = body_of(bench)
    assert body.away.choices[None].isChecked()
    assert body.away.choices[None].text() == "As Balanced says: 20 seconds"
    assert body.onlooker.choices[None].text() == "As Balanced says: off"
    bench.access.set_level(Level.CONVENIENT)
    body.away.show_state()
    assert body.away.choices[None].text() == "As Convenient says: never"
    assert "off" in body.away.state.text()
    bench.access.set_level(Level.STRICT)
    body.onlooker.show_state()
    assert body.onlooker.choices[None].text() == "As Strict says: on"


def test_a_shorter_time_and_the_shield_hold_at_once_and_the_window_is_told(
    bench: Bench, qtbot: QtBot
) -> None:
    bench.forget_confirmation()
    body = body_of(bench)
    with qtbot.waitSignal(bench.window.state_changed, timeout=1000):
        body.away.choices[5.0].click()
    assert bench.access.leaving.away == 5.0
    with qtbot.waitSignal(bench.window.state_changed, timeout=1000):
        body.onlooker.choices[True].click()
    assert bench.access.leaving.shield
    assert bench.dialogs() == []


@pytest.mark.parametrize("seconds", [60.0, NEVER])
def test_a_longer_time_takes_the_passphrase(bench: Bench, qtbot: QtBot, seconds: float) -> None:
    bench.forget_confirmation()
    card = body_of(bench).away
    card.choices[seconds].click()
    bench.dialog().reject()
    assert bench.access.leaving.away == 20.0
    assert card.choices[None].isChecked()
    card.choices[seconds].click()
    bench.confirm()
    qtbot.waitUntil(lambda: bench.access.leaving.away == (seconds or None), timeout=3000)
    assert card.choices[seconds].isChecked()


def test_the_shield_is_switched_off_with_the_passphrase_alone(bench: Bench, qtbot: QtBot) -> None:
    bench.access.set_level(Level.STRICT)
    bench.forget_confirmation()
    card = body_of(bench).onlooker
    card.choices[False].click()
    assert bench.access.leaving.shield
    bench.dialog().reject()
    assert card.choices[None].isChecked()
    card.choices[False].click()
    bench.confirm()
    qtbot.waitUntil(lambda: not bench.access.leaving.shield, timeout=3000)
    assert card.choices[False].isChecked()


def test_what_cannot_be_kept_is_said_and_not_shown_as_chosen(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = body_of(bench)

    def full(_value: object) -> None:
        raise StoreUnwritable("full")

    monkeypatch.setattr(bench.access.leaving, "set_away", full)
    monkeypatch.setattr(bench.access.leaving, "set_shield", full)
    body.away.choices[5.0].click()
    body.onlooker.choices[True].click()
    for card in (body.away, body.onlooker):
        assert card.choices[None].isChecked()
        assert card.message.text


def test_the_card_says_when_the_camera_is_on_and_when_not(bench: Bench) -> None:
    body = body_of(bench)
    assert "twice a second" in body.away.state.text()
    body.away.choices[NEVER].click()
    assert bench.access.leaving.away is None
    assert "camera is off" in body.away.state.text()
    body.onlooker.choices[True].click()
    assert "twice a second" in body.away.state.text()


def test_never_in_use_lets_the_camera_go(bench: Bench, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bench.program.eyes.is_watching, timeout=20_000)
    body_of(bench).away.choices[NEVER].click()
    assert not bench.program.eyes.is_watching


def test_screen_readers_hear_what_is_chosen_among(bench: Bench) -> None:
    body = body_of(bench)
    for card in (body.away, body.onlooker):
        for radio in card.choices.values():
            assert radio.accessibleDescription()
