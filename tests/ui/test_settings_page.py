"""Settings: sections built when shown; the lock changes with the passphrase, the rest at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from fake_cameras import FakeSource
from fakes_pages import Bench
from fakes_ui import frame, profile
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from facelock.core.activity import Happening
from facelock.core.errors import CameraBusy, StoreUnwritable
from facelock.core.levels import Level
from facelock.core.settings import Appearance
from facelock.desktop.settings_file import load_settings
from facelock.ui.activity_page import ActivityPage
from facelock.ui.liveness_text import liveness_sentence
from facelock.ui.lock_page import LockPage
from facelock.ui.people_page import PeoplePage
from facelock.ui.settings_about import AboutBody
from facelock.ui.settings_activity import ActivityBody
from facelock.ui.settings_camera import CameraBody
from facelock.ui.settings_level import LevelBody
from facelock.ui.settings_locking import LockingBody
from facelock.ui.settings_look import LookBody
from facelock.ui.settings_page import SettingsPage
from facelock.ui.settings_people import PeopleBody
from facelock.ui.text_labels import TextLabel

B = TypeVar("B", bound=QWidget)


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(qtbot, tmp_path, people=(profile("Mira", 1, demo=False),), demo=False)
    made.unlock()
    made.forget_confirmation()
    yield made
    made.close()


@pytest.fixture
def page(bench: Bench) -> SettingsPage:
    shown = bench.page("settings")
    assert isinstance(shown, SettingsPage)
    return shown


def section(page: SettingsPage, key: str, kind: type[B]) -> B:
    body = page.body(key)
    assert isinstance(body, kind)
    return body


def words_of(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(TextLabel))


def test_a_section_is_built_when_it_is_first_shown_and_kept(page: SettingsPage) -> None:
    assert page.section == "level"
    assert page.stack.count() == 1
    body = page.body("people")
    assert page.stack.count() == 2
    page.show_section("level")
    assert page.body("people") is body
    page.show_section("no such section")
    assert page.section == "people"


def test_in_a_narrow_window_the_list_is_a_field_on_top(
    page: SettingsPage, bench: Bench, qtbot: QtBot
) -> None:
    assert not page.list.is_narrow
    page.list.focus_current()
    bench.window.setMinimumSize(300, 300)
    bench.window.resize(620, 600)
    qtbot.waitUntil(lambda: page.list.is_narrow, timeout=1000)
    page.list.field.setCurrentIndex(1)
    page.list.field.activated.emit(1)
    assert page.section == page.keys[1]
    bench.window.resize(1000, 600)
    qtbot.waitUntil(lambda: not page.list.is_narrow, timeout=1000)
    assert page.list.buttons[page.keys[1]].isChecked()


def test_the_level_changes_only_with_the_passphrase(
    bench: Bench, page: SettingsPage, qtbot: QtBot
) -> None:
    levels = section(page, "level", LevelBody).levels
    levels.cards[Level.CONVENIENT].radio.click()
    assert levels.level is Level.BALANCED
    bench.confirm()
    qtbot.waitUntil(lambda: bench.access.level == Level.CONVENIENT, timeout=3000)
    assert levels.cards[Level.CONVENIENT].radio.isChecked()


def test_leaving_the_question_leaves_the_level(bench: Bench, page: SettingsPage) -> None:
    levels = section(page, "level", LevelBody).levels
    QTest.mouseClick(levels.cards[Level.CONVENIENT], Qt.MouseButton.LeftButton)
    bench.dialog().reject()
    assert bench.access.level is Level.BALANCED
    assert levels.level is Level.BALANCED


def test_the_consequences_and_limits_are_said_in_words(page: SettingsPage) -> None:
    assert "1 in 330,000 strangers" in words_of(section(page, "level", LevelBody))
    levels = words_of(section(page, "level", LevelBody))
    assert "camera is off while" in levels  # Convenient
    assert "Locks 20 s after you leave;" in levels
    assert "Locks 5 s after you leave and hides" in levels
    words = words_of(section(page, "about", AboutBody))
    assert liveness_sentence() in words
    assert "no keyring" in words


def test_the_appearance_is_used_at_once_and_kept(bench: Bench, page: SettingsPage) -> None:
    section(page, "appearance", LookBody).card.appearances[Appearance.DARK].click()
    assert bench.program.preferences.current.appearance is Appearance.DARK
    assert load_settings(bench.paths.settings_file).appearance is Appearance.DARK


def test_what_cannot_be_saved_is_said(bench: Bench, page: SettingsPage) -> None:
    bench.paths.config.parent.mkdir(parents=True, exist_ok=True)
    bench.paths.config.write_text("a file where the folder should be")
    look = section(page, "appearance", LookBody)
    look.card.appearances[Appearance.LIGHT].click()
    assert "could not be saved" in look.message.text
    again = LookBody(bench.program.preferences)  # as after a switch of the language
    assert "could not be saved" in again.message.text
    again.deleteLater()


def test_a_camera_is_chosen_by_name_and_its_id_is_kept(
    bench: Bench, page: SettingsPage, qtbot: QtBot
) -> None:
    cameras = section(page, "camera", CameraBody).cameras
    qtbot.waitUntil(lambda: len(cameras.names) == 3, timeout=3000)
    rows = cameras._rows
    assert rows["usb:1:2:a"].radio.isChecked()
    assert not rows["obs"].radio.isEnabled()
    rows["usb:3:4:b"].radio.click()
    assert load_settings(bench.paths.settings_file).camera_id == "usb:3:4:b"


def test_another_camera_is_watched_through_as_soon_as_it_is_chosen(
    bench: Bench, page: SettingsPage, qtbot: QtBot
) -> None:
    body = section(page, "camera", CameraBody)
    qtbot.waitUntil(lambda: len(body.cameras.names) == 3, timeout=3000)
    watched = FakeSource()
    asked: list[str] = []

    def open_source() -> FakeSource:
        asked.append(bench.program.preferences.current.camera_id)
        return watched

    bench.program.eyes.watch(open_source, lambda frame: frame.width)
    qtbot.waitUntil(lambda: watched.is_open, timeout=3000)
    body.cameras._rows["usb:3:4:b"].radio.click()
    qtbot.waitUntil(lambda: asked == ["", "usb:3:4:b"] and watched.is_open, timeout=3000)


def test_the_live_pictures_have_the_cameras_for_themselves(
    bench: Bench, page: SettingsPage, qtbot: QtBot
) -> None:
    body = section(page, "camera", CameraBody)
    qtbot.waitUntil(lambda: len(body.cameras.names) == 3, timeout=3000)
    watched = FakeSource()
    bench.program.eyes.watch(lambda: watched, lambda frame: frame.width)
    qtbot.waitUntil(lambda: watched.is_open, timeout=3000)
    body.cameras.show_button.click()
    assert bench.thumbnails.shown
    assert not watched.is_open
    page.show_section("people")
    qtbot.waitUntil(lambda: watched.is_open, timeout=3000)


def test_cameras_are_on_only_while_their_pictures_are_wanted(
    bench: Bench, page: SettingsPage, qtbot: QtBot
) -> None:
    cameras = section(page, "camera", CameraBody).cameras
    qtbot.waitUntil(lambda: len(cameras.names) == 3, timeout=3000)
    assert not bench.thumbnails.shown
    cameras.show_button.click()
    assert bench.thumbnails.shown == ("usb:1:2:a", "usb:3:4:b")
    bench.thumbnails.show("usb:1:2:a", frame())
    bench.thumbnails.failed.emit("usb:3:4:b", CameraBusy("2"))
    assert "Another program" in cameras._rows["usb:3:4:b"].note.text()
    page.show_section("people")
    assert not bench.thumbnails.shown


def test_the_pictures_and_the_meter_never_hold_a_camera_at_once(
    bench: Bench, page: SettingsPage, qtbot: QtBot
) -> None:
    body = section(page, "camera", CameraBody)
    qtbot.waitUntil(lambda: len(body.cameras.names) == 3, timeout=3000)
    body.cameras.show_button.click()
    body.meter.button.click()
    assert not bench.thumbnails.shown
    assert bench.program.eyes.is_looking
    body.cameras.show_button.click()
    assert bench.thumbnails.shown
    assert not bench.program.eyes.is_looking
    body.meter.button.click()
    bench.window.lock()  # the page goes, and the camera with it; the lock page sleeps at first
    assert isinstance(bench.window.page, LockPage)


def test_the_cameras_that_open_are_named(bench: Bench, page: SettingsPage, qtbot: QtBot) -> None:
    body = section(page, "camera", CameraBody)
    qtbot.waitUntil(lambda: len(body.cameras.names) == 3, timeout=3000)
    assert "None yet" in body.bound.text()
    inside = bench.access.unlocked_for
    assert inside is not None
    for number, camera_id in enumerate(("usb:gone", "usb:1:2:a", "usb:gone too")):
        bench.access._bind(inside.profile_id, camera_id)
        if number == 1:
            body._show_bound()
            assert "Desk camera and one that is not connected now" in body.bound.text()
    body._show_bound()
    assert "2 that are not connected now" in body.bound.text()


def test_a_shorter_time_locks_at_once_and_a_longer_one_asks(
    bench: Bench, page: SettingsPage, qtbot: QtBot
) -> None:
    body = section(page, "locking", LockingBody)
    assert body.choices[None].isChecked()
    body.choices[60.0].click()
    assert bench.access.lock_when_idle == 60.0
    assert bench.window.idle._timer.interval() == 60_000
    body.choices[900.0].click()
    assert bench.access.lock_when_idle == 60.0
    bench.dialog().reject()
    assert body.choices[60.0].isChecked()
    body.choices[900.0].click()
    bench.confirm()
    qtbot.waitUntil(lambda: bench.access.lock_when_idle == 900.0, timeout=3000)
    assert bench.window.idle._timer.interval() == 900_000
    assert "15 minutes" in body.message.text
    level = section(page, "level", LevelBody)
    assert "15 minutes" in level._idle.text()


def test_a_stricter_level_locks_as_soon_as_it_says_and_is_told_under_locking(
    bench: Bench, page: SettingsPage, qtbot: QtBot
) -> None:
    page.show_section("locking")
    body = section(page, "locking", LockingBody)
    assert "5 minutes" in body.choices[None].text()
    page.show_section("level")
    section(page, "level", LevelBody).levels.wanted.emit(Level.STRICT)
    bench.confirm()
    qtbot.waitUntil(lambda: bench.access.level is Level.STRICT, timeout=3000)
    assert bench.window.idle._timer.interval() == 60_000
    page.show_section("locking")
    assert "Strict" in body.choices[None].text()
    assert "After 3 failed glances" in words_of(body)


def test_an_idle_time_that_cannot_be_written_is_not_shown_as_chosen(
    bench: Bench, page: SettingsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = section(page, "locking", LockingBody)

    def full(_seconds: float | None) -> None:
        raise StoreUnwritable("full")

    monkeypatch.setattr(bench.access, "set_lock_when_idle", full)
    body.choices[120.0].click()
    assert body.choices[None].isChecked()
    assert body.message.text


def test_lock_now_locks(bench: Bench, page: SettingsPage) -> None:
    section(page, "locking", LockingBody).lock_button.click()
    assert isinstance(bench.window.page, LockPage)


def test_people_are_named_with_their_looks_and_lead_to_their_page(
    bench: Bench, page: SettingsPage
) -> None:
    body = section(page, "people", PeopleBody)
    words = words_of(body)
    assert "Mira" in words
    assert "Usual look" in words
    body.go.click()
    assert isinstance(bench.shell.page, PeoplePage)


def test_the_activity_is_summed_up_and_leads_to_its_page(
    bench: Bench, page: SettingsPage, qtbot: QtBot
) -> None:
    body = section(page, "activity", ActivityBody)
    qtbot.waitUntil(lambda: len(body.lines) == 3, timeout=3000)
    assert body.lines[0] == "In the last 7 days it was opened: 1"
    assert body.lines[1] == "Nobody was refused."
    bench.program.activity.journal.note(Happening.FACE_REFUSED)
    page.show_section("level")
    page.show_section("activity")
    qtbot.waitUntil(lambda: "Refused" in body.lines[1], timeout=3000)
    body.go.click()
    assert isinstance(bench.shell.page, ActivityPage)
