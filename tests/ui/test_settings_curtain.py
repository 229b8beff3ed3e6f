"""The card of the curtain: a switch, honest words, and the system's own lock beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fake_session import FakeSession
from fakes_pages import Bench
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from facelock.core.errors import SettingsError
from facelock.core.leaving import Reason
from facelock.core.settings import Settings
from facelock.ui.preferences import Preferences
from facelock.ui.settings_curtain import CurtainCard
from facelock.ui.settings_page import SettingsPage

Make = Callable[..., CurtainCard]


@pytest.fixture
def kept() -> list[Settings]:
    return []


@pytest.fixture
def make(qtbot: QtBot, kept: list[Settings]) -> Make:
    def build(
        lock_session: Callable[[], bool] | None = None,
        save: Callable[[Settings], None] = kept.append,
    ) -> CurtainCard:
        card = CurtainCard(Preferences(Settings(text_size=115), save), lock_session)
        qtbot.addWidget(card)
        return card

    return build


def words_of(card: CurtainCard) -> str:
    return " ".join(one.text() for one in card.findChildren(QLabel))


def test_it_is_off_until_somebody_wants_it_and_kept_beside_the_other_preferences(
    make: Make, kept: list[Settings]
) -> None:
    card = make()
    assert not card.box.isChecked()
    card.box.click()
    assert kept == [Settings(text_size=115, curtain=True)]
    card.box.click()
    assert kept[-1] == replace(kept[0], curtain=False)


def test_it_says_that_it_is_no_lock_to_screen_readers_too(make: Make) -> None:
    card = make()
    assert "It is no lock" in words_of(card)
    assert "second console" in card.box.accessibleDescription()


def test_what_cannot_be_kept_is_said(make: Make) -> None:
    def full(_settings: Settings) -> None:
        raise SettingsError("full")

    card = make(save=full)
    card.box.click()
    assert "could not be saved" in card.message.text
    assert card.box.isChecked()  # it holds until the program ends


def test_where_a_program_may_not_choose_its_place_that_is_said(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Wayland" not in words_of(make())
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "wayland-egl")
    assert "Wayland" in words_of(make())


def test_without_a_system_to_ask_no_button_pretends_to_lock(make: Make) -> None:
    card = make()
    assert card.session_button is None
    assert "your system's own lock" in words_of(card)


def test_the_button_locks_the_session_and_says_so_where_that_failed(make: Make) -> None:
    answers = [True, False]
    card = make(lambda: answers.pop(0))
    assert card.session_button is not None
    assert "system password" in card.session_button.accessibleDescription()
    card.session_button.click()
    assert card.message.text == ""
    card.session_button.click()
    assert "did not lock" in card.message.text
    assert answers == []


def test_in_settings_the_button_locks_the_session_and_facelock_with_it(
    qtbot: QtBot, tmp_path: Path
) -> None:
    session = FakeSession()
    bench = Bench(qtbot, tmp_path, session=session)
    bench.unlock()
    page = bench.page("settings")
    assert isinstance(page, SettingsPage)
    card = page.body("locking").findChild(CurtainCard)
    assert card is not None
    assert card.session_button is not None
    card.session_button.click()
    assert session.locks == 1
    assert bench.access.unlocked_for is None  # though this system told nothing of it
    assert bench.window.locked_for is Reason.SESSION_LOCKED
    bench.close()
