"""Wrong passphrases on the lock page and in the dialog: counted, and waited for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fakes_ui import PASSPHRASE, FakeAccess, FakeEyes, ScriptedPipeline, profile
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from facelock.core.passphrase_delay import FIRST_SECONDS, FREE_TRIES
from facelock.core.policy import Unlocked
from facelock.ui.confirm_passphrase import ConfirmPassphrase
from facelock.ui.lock_page import LockPage
from facelock.ui.renewing import Renewing

ANA = profile("Ana", 1)


def nothing() -> None:
    raise AssertionError("nothing is loaded here")


@pytest.fixture
def access() -> FakeAccess:
    return FakeAccess(profiles=(ANA,))


@pytest.fixture
def page(access: FakeAccess, qtbot: QtBot) -> Iterator[LockPage]:
    eyes = FakeEyes(ScriptedPipeline()).as_eyes()
    renewing = Renewing(access.as_access(), eyes, nothing, nothing)  # type: ignore[arg-type]
    made = LockPage(access.as_access(), eyes, nothing, renewing, now=lambda: access.now)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.show()
    yield made
    made.hide()


def type_wrong(page: LockPage, qtbot: QtBot, times: int) -> None:
    for _ in range(times):
        QTest.keyClicks(page.passphrase.edit, "wrong")
        QTest.keyClick(page.passphrase.edit, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not page._try.is_busy and not page.passphrase.text())


def test_the_first_wrong_passphrases_cost_nothing(
    page: LockPage, access: FakeAccess, qtbot: QtBot
) -> None:
    type_wrong(page, qtbot, FREE_TRIES)
    assert access.wrong[ANA.profile_id].count == FREE_TRIES
    assert page.button.isEnabled()
    assert "Caps Lock" in page.message.text


def test_then_the_button_waits_and_a_sentence_counts_down_while_the_field_can_be_typed_in(
    page: LockPage, access: FakeAccess, qtbot: QtBot
) -> None:
    type_wrong(page, qtbot, FREE_TRIES + 1)
    assert not page.button.isEnabled()
    assert "in 5 seconds" in page.message.text
    access.now += 2.0
    qtbot.waitUntil(lambda: "in 3 seconds" in page.message.text)
    QTest.keyClicks(page.passphrase.edit, PASSPHRASE)
    assert "in 3 seconds" in page.message.text, "typing does not hide it"
    QTest.keyClick(page.passphrase.edit, Qt.Key.Key_Return)
    assert page.passphrase.text() == PASSPHRASE, "kept until it is taken"
    assert not isinstance(access.state, Unlocked)
    access.now += FIRST_SECONDS
    qtbot.waitUntil(page.button.isEnabled)
    assert not page.message.text
    QTest.keyClick(page.passphrase.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(access.state, Unlocked))
    page._success.stop()


def test_a_wait_is_shown_again_when_the_page_comes_back(
    page: LockPage, access: FakeAccess, qtbot: QtBot
) -> None:
    type_wrong(page, qtbot, FREE_TRIES + 1)
    access.now += FIRST_SECONDS
    qtbot.waitUntil(page.button.isEnabled)
    type_wrong(page, qtbot, 1)
    page.hide()
    page.show()
    assert "in 10 seconds" in page.message.text
    assert not page.button.isEnabled()
    access.now += 10.0
    qtbot.waitUntil(page.button.isEnabled)


def test_whoever_forgot_the_passphrase_can_ask_for_the_recovery_key(
    page: LockPage, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(page.recovery_wanted) as asked:
        QTest.mouseClick(page.forgot, Qt.MouseButton.LeftButton)
    assert asked.args == [ANA.profile_id]


def test_the_dialog_counts_and_waits_as_the_lock_page_does(
    access: FakeAccess, qtbot: QtBot
) -> None:
    access.state = Unlocked(ANA.profile_id)
    dialog = ConfirmPassphrase(access.as_access(), "Something sensitive.", "Do it")
    dialog.open()
    for _ in range(FREE_TRIES + 1):
        dialog.field.edit.setText("wrong")
        dialog.submit()
        qtbot.waitUntil(lambda: not dialog._try.is_busy)
    assert access.wrong[ANA.profile_id].count == FREE_TRIES + 1
    assert "in 5 seconds" in dialog.trouble.text
    assert not dialog.go.isEnabled()
    dialog.field.edit.setText(PASSPHRASE)
    assert not dialog.go.isEnabled()
    access.now += FIRST_SECONDS
    qtbot.waitUntil(dialog.go.isEnabled)
    with qtbot.waitSignal(dialog.confirmed):
        dialog.submit()
