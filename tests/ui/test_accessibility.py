"""By keyboard alone: the focus is where it should be, and keys press what has it."""

from __future__ import annotations

import pytest
from fakes_pages import CAMERAS, Make, no_camera, pass_person
from fakes_ui import PASSPHRASE
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from facelock.core.levels import Level
from facelock.ui.enrolment import camera_step
from facelock.ui.enrolment.camera_tile import CameraTile
from facelock.ui.enrolment.cameras import Cameras
from facelock.ui.enrolment.steps import Step
from facelock.ui.icon_button import NavigationButton
from facelock.ui.people_page import PeoplePage
from facelock.ui.settings_level import LevelBody
from facelock.ui.settings_page import SettingsPage
from facelock.vision.camera_list import CameraInfo


def test_enter_presses_the_button_that_has_the_focus(make: Make) -> None:
    bench = make()
    bench.unlock()
    bench.forget_confirmation()
    page = bench.page("people")
    assert isinstance(page, PeoplePage)
    (card,) = page.cards
    card.remove_button.setFocus()
    QTest.keyClick(card.remove_button, Qt.Key.Key_Return)
    dialog = bench.dialog()
    QTest.keyClicks(dialog.field.edit, PASSPHRASE)
    dialog.cancel.setFocus()
    QTest.keyClick(dialog.cancel, Qt.Key.Key_Return)
    assert bench.dialogs() == []
    assert len(bench.access.profiles) == 1  # Cancel was not "Remove"


def test_after_unlocking_the_focus_is_on_the_page_that_is_shown(make: Make) -> None:
    bench = make()
    bench.unlock()
    focused = bench.window.focusWidget()
    assert isinstance(focused, NavigationButton)
    assert focused.text() == "Vault"


def test_without_a_camera_the_focus_is_on_the_search_and_one_that_comes_is_picked_up(
    make: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(camera_step, "_SEARCH_MILLISECONDS", 20)
    bench = make(people=(), demo=False)
    found: list[CameraInfo] = []
    monkeypatch.setattr(bench.program.viewing, "cameras", lambda: Cameras(lambda: found, no_camera))
    wizard = bench.program.open_wizard()
    wizard.consent_step.agree.click()
    wizard.next.click()
    pass_person(wizard, qtbot)
    step = wizard.camera_step
    qtbot.waitUntil(lambda: "facelock demo" in step.message.text, timeout=5000)
    assert wizard.focusWidget() is step.again
    bench.window.activateWindow()  # away from the wizard, as somebody is who plugs a camera in
    found.append(CAMERAS[0])
    qtbot.waitUntil(wizard.next.isEnabled, timeout=5000)
    assert isinstance(wizard.focusWidget(), CameraTile)
    QTest.keyClick(wizard.back, Qt.Key.Key_Return)
    assert wizard.steps.at is Step.PERSON
    assert wizard.person_step.passphrase.text() == PASSPHRASE  # nothing that was typed is lost


def test_escape_never_throws_away_what_was_typed(make: Make, qtbot: QtBot) -> None:
    wizard = make(people=()).program.open_wizard()
    wizard.consent_step.agree.click()
    wizard.next.click()
    QTest.keyClicks(wizard.person_step.name, "Ada")
    wizard.back.click()
    QTest.keyClick(wizard, Qt.Key.Key_Escape)
    assert wizard.isVisible()
    assert wizard.focusWidget() is wizard.cancel
    QTest.keyClick(wizard.cancel, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not wizard.isVisible(), timeout=1000)


def test_while_a_step_waits_the_focus_is_on_no_button_that_enter_would_press(
    make: Make, qtbot: QtBot
) -> None:
    wizard = make(people=()).program.open_wizard()
    wizard.consent_step.agree.click()
    wizard.next.click()
    pass_person(wizard, qtbot)
    qtbot.waitUntil(wizard.next.isEnabled, timeout=5000)
    wizard.next.setFocus()
    wizard.next.click()
    assert wizard.steps.at is Step.CAPTURE
    assert wizard.focusWidget() is wizard.capture_step
    QTest.keyClick(wizard.focusWidget(), Qt.Key.Key_Return)
    assert wizard.steps.at is Step.CAPTURE
    assert wizard.isVisible()
    wizard.capture_step.completed.emit(True)
    assert wizard.focusWidget() is wizard.next


def test_after_a_change_the_focus_stays_with_the_person(make: Make) -> None:
    bench = make()
    bench.unlock()
    page = bench.page("people")
    assert isinstance(page, PeoplePage)
    page.cards[0].rename_button.click()
    QTest.keyClicks(page.cards[0].name_field, "Noor")  # over the old name, which is selected
    QTest.keyClick(page.cards[0].name_field, Qt.Key.Key_Return)
    assert page.cards[0].accessibleName() == "Noor"
    assert bench.window.focusWidget() is page.cards[0].rename_button


@pytest.mark.parametrize(
    ("key", "there"),
    [
        (Qt.Key.Key_Left, Level.CONVENIENT),
        (Qt.Key.Key_Right, Level.STRICT),
        (Qt.Key.Key_Down, Level.STRICT),
    ],
)
def test_another_level_can_be_chosen_by_keyboard(make: Make, key: Qt.Key, there: Level) -> None:
    bench = make()
    bench.unlock()
    bench.forget_confirmation()
    page = bench.page("settings")
    assert isinstance(page, SettingsPage)
    body = page.body("level")
    assert isinstance(body, LevelBody)
    radio, other = body.levels.cards[Level.BALANCED].radio, body.levels.cards[there].radio
    radio.setFocus()
    QTest.keyClick(radio, key)
    assert bench.window.focusWidget() is other
    assert bench.dialogs() == []  # looking is not choosing
    QTest.keyClick(other, Qt.Key.Key_Space)
    bench.dialog().reject()
    assert body.levels.level is Level.BALANCED
    assert bench.window.focusWidget() is radio


def test_the_sections_of_the_settings_are_reached_by_keyboard(make: Make, qtbot: QtBot) -> None:
    bench = make()
    bench.unlock()
    page = bench.page("settings")
    assert isinstance(page, SettingsPage)
    bench.window.activateWindow()
    qtbot.waitUntil(bench.window.isActiveWindow, timeout=3000)
    page.list.focus_current()
    first = bench.window.focusWidget()
    assert first is page.list.focusable
    for key in page.keys[1:]:
        QTest.keyClick(bench.window.focusWidget(), Qt.Key.Key_Down)
        assert page.section == key
    for key in reversed(page.keys[:-1]):
        QTest.keyClick(bench.window.focusWidget(), Qt.Key.Key_Up)
        assert page.section == key
    page.show_section("appearance")
    page.list.focus_current()
    QTest.keyClick(bench.window.focusWidget(), Qt.Key.Key_Tab)
    assert page.body("appearance").isAncestorOf(bench.window.focusWidget())
