"""The whole journey in a real window: enrol, lock, unlock by face, refuse a stranger."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes_ui import PASSPHRASE
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from facelock import app
from facelock.core.policy import CoolingDown, Locked, PassphraseOnly, Scanning
from facelock.desktop.paths import Paths
from facelock.services.demo_cast import DemoCast
from facelock.ui.enrolment.steps import Step
from facelock.ui.enrolment.wizard import EnrolmentWizard
from facelock.ui.first_run import FirstRunPage
from facelock.ui.lock_page import LockPage
from facelock.ui.ring_state import RingMood
from facelock.ui.shell import Shell

SECOND = 1000


def enrol(wizard: EnrolmentWizard, qtbot: QtBot) -> None:
    wizard.consent_step.agree.click()
    wizard.next.click()
    QTest.keyClicks(wizard.person_step.name, "Eileen Collins")
    QTest.keyClicks(wizard.person_step.passphrase.edit, PASSPHRASE)
    QTest.keyClicks(wizard.person_step.again.edit, PASSPHRASE)
    while wizard.steps.at is not Step.DONE:
        if wizard.steps.at is Step.RECOVERY:
            wizard.recovery_step.sheet.tick.click()
        qtbot.waitUntil(wizard.next.isEnabled, timeout=90 * SECOND)
        go_on(wizard, qtbot, wizard.steps.at)
    wizard.next.click()


def go_on(wizard: EnrolmentWizard, qtbot: QtBot, at: Step) -> None:
    QTest.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: wizard.steps.at is not at, timeout=20 * SECOND)


@pytest.mark.xvfb
@pytest.mark.timeout(300)
def test_the_demo_enrols_opens_for_its_owner_and_refuses_a_stranger(
    qtbot: QtBot, tmp_path: Path
) -> None:
    paths = Paths.below(tmp_path)
    outside = app.real_outside(DemoCast(realtime=True, loop=True))
    program = app.build(app.open_demo_store(paths), paths, outside)
    window = program.window
    window.show()
    try:
        assert isinstance(window.page, FirstRunPage)
        qtbot.waitUntil(lambda: program.eyes.pipeline is not None, timeout=30 * SECOND)
        enrol(program.open_wizard(), qtbot)
        qtbot.waitUntil(lambda: isinstance(window.page, Shell), timeout=10 * SECOND)

        window.lock()
        page = window.page
        assert isinstance(page, LockPage)
        QTest.keyClick(page.passphrase.edit, Qt.Key.Key_Escape)  # the face is armed by a key
        qtbot.waitUntil(lambda: isinstance(window.page, Shell), timeout=30 * SECOND)

        window.lock()
        assert program.stage is not None
        program.stage.buttons[1].click()
        page = window.page
        assert isinstance(page, LockPage)
        moods: list[RingMood] = []
        page.scan.changed.connect(lambda view: moods.append(view.mood))
        QTest.keyClick(page.passphrase.edit, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: RingMood.REFUSED in moods, timeout=60 * SECOND)
        assert RingMood.SUCCESS not in moods
        assert isinstance(window.page, LockPage)
        assert isinstance(program.access.state, Locked | Scanning | CoolingDown | PassphraseOnly)
    finally:
        window.close()
        program.stop()
        window.deleteLater()
