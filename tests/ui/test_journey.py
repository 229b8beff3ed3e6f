"""The whole journey on the simulated camera: real networks, store, threads and pages."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from facelock.core.ports import FrameSource
from facelock.core.threshold import Bound
from facelock.services.access import Access
from facelock.services.calibration import load_calibration
from facelock.services.demo_cast import DemoCast
from facelock.services.loading import load_pipeline
from facelock.ui.enrolment.cameras import Cameras
from facelock.ui.enrolment.steps import Step
from facelock.ui.enrolment.wizard import EnrolmentWizard
from facelock.ui.lock_page import LockPage
from facelock.ui.renewing import Renewing
from facelock.ui.ring_state import RingMood
from facelock.vault.keyring import NoKeyring
from facelock.vault.keys import KdfParameters
from facelock.vault.store import ProfileStore
from facelock.vision.camera_list import CameraInfo
from facelock.workers.eyes import Eyes

CHEAP = KdfParameters(memory_kib=64, iterations=1, lanes=1)
PASSPHRASE = "tern harbour violet stone"
PATIENCE = 60_000  # milliseconds; only spent where something is wrong


class SystemTime:
    """Implements `core.ports.Clock`."""

    monotonic = staticmethod(time.monotonic)
    wall = staticmethod(time.time)
    boot_id = staticmethod(lambda: "this boot")


@pytest.fixture
def access(tmp_path: Path) -> Iterator[Access]:
    store = ProfileStore.open(tmp_path / "store", NoKeyring(), demo=True, kdf_floor=CHEAP)
    store.save_machine(replace(store.machine, liveness=False))  # which rendered faces do not pass
    made = Access(store, SystemTime())
    yield made
    made.close()


@pytest.fixture
def eyes() -> Iterator[Eyes]:
    made = Eyes(load_pipeline)
    made.start()
    yield made
    assert made.stop()
    made.deleteLater()


def _enrol(qtbot: QtBot, access: Access, eyes: Eyes, cast: DemoCast) -> None:
    """Go through the wizard as a person would."""
    cameras = Cameras(
        list=lambda: (CameraInfo("simulated", "Simulated camera", -1, 0, physical=False),),
        open=lambda _: cast.owner_enrolment(),
        open_try_out=lambda _: cast.owner_glance(3),
    )
    wizard = EnrolmentWizard(access, eyes, cameras, load_calibration(), first=True, kdf=CHEAP)
    wizard.show()
    try:
        wizard.consent_step.agree.click()
        wizard.next.click()
        QTest.keyClicks(wizard.person_step.name, "Eileen")
        QTest.keyClicks(wizard.person_step.passphrase.edit, PASSPHRASE)
        QTest.keyClicks(wizard.person_step.again.edit, PASSPHRASE)
        for step in (Step.PERSON, Step.CAMERA, Step.CAPTURE, Step.APPEARANCE, Step.RESULT):
            assert wizard.steps.at is step
            qtbot.waitUntil(wizard.next.isEnabled, timeout=PATIENCE)
            wizard.next.click()
        qtbot.waitUntil(wizard.next.isEnabled, timeout=PATIENCE)
        assert wizard.try_out_step.ring.mood is RingMood.SUCCESS
        wizard.next.click()
        qtbot.waitUntil(lambda: wizard.steps.at is Step.RECOVERY, timeout=PATIENCE)
        wizard.recovery_step.sheet.tick.click()
        wizard.next.click()
        assert wizard.steps.at is Step.DONE
        wizard.next.click()
    finally:
        wizard.reject()
        wizard.deleteLater()


def _look(qtbot: QtBot, access: Access, eyes: Eyes, scene: partial[FrameSource]) -> RingMood:
    """Stand before the locked app until it has made up its mind."""
    page = LockPage(access, eyes, scene, Renewing(access, eyes, load_pipeline, load_calibration))
    page.show()
    ends = (RingMood.SUCCESS, RingMood.REFUSED)
    try:
        qtbot.waitUntil(lambda: page.ring.mood in ends, timeout=PATIENCE)
        return page.ring.mood
    finally:
        page.hide()
        page.deleteLater()


def test_enrol_lock_refuse_a_stranger_and_open_for_the_owner(
    qtbot: QtBot, access: Access, eyes: Eyes
) -> None:
    cast = DemoCast(realtime=True, loop=True)
    _enrol(qtbot, access, eyes, cast)
    assert access.unlocked_for is not None
    (owner,) = access.profiles
    assert owner.poses == ("centre", "left", "right", "up", "down")
    assert owner.thresholds[access.level].bound in set(Bound)

    access.lock()
    assert _look(qtbot, access, eyes, partial(cast.stranger_glance, 5)) is RingMood.REFUSED
    assert access.unlocked_for is None
    assert _look(qtbot, access, eyes, partial(cast.owner_glance, 5)) is RingMood.SUCCESS
    assert access.unlocked_profile is owner
    assert not eyes.is_looking
