"""The card of the start and the tray: every switch holds at once, and says it where it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from fakes_pages import Bench
from pytestqt.qtbot import QtBot

from facelock.core.errors import SettingsError
from facelock.desktop.settings_file import load_settings
from facelock.ui.settings_page import SettingsPage
from facelock.ui.settings_start import StartCard
from facelock.ui.text_labels import TextLabel

Make = Callable[..., Bench]


@dataclass
class FakeAutostart:
    """Implements `desktop.autostart.Autostart` in memory."""

    place: str = "/home/mira/.config/autostart/facelock.desktop"
    is_on: bool = False
    refuses: bool = field(default=False, kw_only=True)

    def on(self) -> None:
        self._set(on=True)

    def off(self) -> None:
        self._set(on=False)

    def _set(self, *, on: bool) -> None:
        if self.refuses:
            raise SettingsError("no")
        self.is_on = on


@pytest.fixture
def make(qtbot: QtBot, tmp_path: Path) -> Iterator[Make]:
    made: list[Bench] = []

    def build(**options: object) -> Bench:
        bench = Bench(qtbot, tmp_path / "home", **options)  # type: ignore[arg-type]
        made.append(bench)
        bench.unlock()
        return bench

    yield build
    for bench in made:
        bench.close()


def card_of(bench: Bench) -> StartCard:
    page = bench.page("settings")
    assert isinstance(page, SettingsPage)
    card = page.body("locking").findChild(StartCard)
    assert card is not None
    return card


def test_starting_at_login_is_off_until_somebody_wants_it(make: Make) -> None:
    entry = FakeAutostart()
    card = card_of(make(autostart=entry))
    assert not card.at_login.isChecked()
    card.at_login.click()
    assert entry.is_on
    card.at_login.click()
    assert not entry.is_on


def test_what_was_changed_elsewhere_is_shown_when_the_card_is(make: Make) -> None:
    entry = FakeAutostart()
    bench = make(autostart=entry)
    card = card_of(bench)
    bench.page("vault")
    entry.is_on = True
    bench.page("settings")
    assert card.at_login.isChecked()


def test_an_entry_that_cannot_be_written_is_told_with_its_place(make: Make) -> None:
    entry = FakeAutostart(refuses=True)
    card = card_of(make(autostart=entry))
    card.at_login.click()
    assert not card.at_login.isChecked()
    assert entry.place in card.message.text


def test_a_demo_offers_no_start_at_login(make: Make) -> None:
    card = card_of(make(autostart=None))
    assert not card.at_login.isVisible()
    assert card.in_tray.isVisible()


def test_both_preferences_are_kept(make: Make) -> None:
    bench = make()
    card = card_of(bench)
    assert (card.in_tray.isChecked(), card.notices.isChecked()) == (False, True)
    card.in_tray.click()
    card.notices.click()
    kept = load_settings(bench.paths.settings_file)
    assert (kept.keep_in_tray, kept.notices) == (True, False)


def test_what_cannot_be_kept_is_said(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = make()
    card = card_of(bench)

    def full(_settings: object) -> None:
        raise SettingsError("full")

    monkeypatch.setattr(bench.program.preferences, "_save", full)
    card.in_tray.click()
    assert bench.program.preferences.current.keep_in_tray  # until it ends
    assert "could not be saved" in card.message.text


@pytest.mark.parametrize(("has_tray", "said"), [(None, True), (lambda: True, False)])
def test_a_desktop_without_a_tray_is_told(
    make: Make, has_tray: Callable[[], bool] | None, said: object
) -> None:
    card = card_of(make(has_tray=has_tray))
    texts = [one.text() for one in card.findChildren(TextLabel)]
    assert any("shows no icons" in one for one in texts) is said


def test_screen_readers_hear_what_each_switch_means(make: Make) -> None:
    card = card_of(make(autostart=FakeAutostart()))
    for box in (card.at_login, card.in_tray, card.notices):
        assert box.accessibleDescription()
        assert box.text()
