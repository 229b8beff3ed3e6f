"""Another head comes in force while the lock looks: the camera stays on, and everybody gets in."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NoReturn

import pytest
from fakes import MODEL, FakeSecrets, fake_pipeline, made_up_calibration, made_up_profile
from fakes import synthetic_frame as painted
from fakes_pages import Bench as WholeProgram
from fakes_ui import FakeAccess, FakeEyes, ScriptedPipeline, calibration, profile
from made_up_heads import a_version, bundle_the_fake_network
from pytestqt.qtbot import QtBot
from sealed_people import PASSPHRASE, keys_for, open_store

from facelock.core.errors import NetworkMismatch
from facelock.core.frames import Frame
from facelock.core.head_version import HeadVersion
from facelock.core.threshold import Calibration
from facelock.desktop.clock import SystemClock
from facelock.services.access import Access
from facelock.services.loading import bundled_backbone, network_in_use
from facelock.services.recognition import FacePipeline
from facelock.ui.identifying import Identifying
from facelock.ui.lock_page import LockPage
from facelock.ui.renewing import Renewing
from facelock.ui.ring_state import RingMood
from facelock.vault.records import MachineRecord
from facelock.workers.eyes import Eyes

ADA, BOB = made_up_profile(1, "Ada"), made_up_profile(2, "Bob")
BOTH = (ADA.profile_id, BOB.profile_id)
FIRST = a_version(5, *BOTH)
PATIENCE = 10_000  # milliseconds; only spent where something is wrong


class Doorway:
    """Implements `core.ports.FrameSource`: whoever a test puts before the camera, or nobody."""

    simulated = False

    def __init__(self) -> None:
        self.person: int | None = None
        self.opens = 0

    def open(self) -> None:
        self.opens += 1

    def read(self) -> Frame:
        threading.Event().wait(0.01)  # a camera takes its time
        return painted(self.person, at=time.monotonic())

    def skip(self) -> None:
        threading.Event().wait(0.01)

    def close(self) -> None:
        pass


class Door:
    """A lock page on real threads and a real store, with painted people before the camera."""

    def __init__(self, folder: Path) -> None:
        self.store = open_store(folder, FakeSecrets())
        for one in (ADA, BOB):
            keys = keys_for(one)
            self.store.enrol(one, keys)
            self.store.arm_face(one.profile_id, keys.vault_key)
        self.store.save_machine(MachineRecord(cameras=dict.fromkeys(BOTH, ("",))))
        self.access = Access(self.store, SystemClock())
        heads = self.access.heads
        load = partial(heads.load_pipeline, fake_pipeline)
        load_calibration = partial(heads.load_calibration, made_up_calibration)
        self.eyes = Eyes(load)
        self.renewing = Renewing(self.access, self.eyes, load, load_calibration)
        self.identifying = Identifying(self.access, load_calibration)
        self.renewing.head_changed.connect(self.identifying.forget_calibration)
        self.doorway = Doorway()
        self.page = LockPage(
            self.access,
            self.eyes,
            lambda: self.doorway,
            self.renewing,
            identifying=self.identifying,
        )
        self.eyes.start()

    def adopt(self, version: HeadVersion | None) -> None:
        self.access.confirm(self.access.slow_open(ADA.profile_id, PASSPHRASE))
        assert self.access.heads.adopt(self.access.heads.slow_stage(version))

    def opens_for(self, qtbot: QtBot, number: int) -> str:
        """Let somebody stand there until it opened, then lock again."""
        self.doorway.person = number
        qtbot.waitUntil(lambda: self.access.unlocked_for is not None, timeout=PATIENCE)
        inside = self.access.unlocked_for
        self.doorway.person = None
        self.access.lock()
        assert inside is not None
        return inside.profile_id

    def scans(self) -> bool:
        return self.page.ring.mood is RingMood.SCANNING and self.eyes.is_looking

    def close(self) -> None:
        self.page.hide()
        assert self.eyes.stop()
        for one in (self.page, self.identifying, self.renewing, self.eyes):
            one.deleteLater()
        self.access.close()
        self.store.close()


@pytest.fixture
def door(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    bundle_the_fake_network(monkeypatch)
    made = Door(tmp_path / "store")
    yield made
    made.close()


def test_everybody_gets_in_before_and_after_an_adoption_and_a_revert(
    door: Door, qtbot: QtBot
) -> None:
    door.page.show()
    assert door.opens_for(qtbot, 1) == ADA.profile_id
    for version in (FIRST, None):
        door.adopt(version)
        door.page.scan.begin()
        assert door.opens_for(qtbot, 2) == BOB.profile_id
        calibration = door.identifying.calibration
        assert calibration is not None
        assert calibration.model_sha256 == door.access.heads.network().model_sha256


def test_a_head_adopted_while_the_lock_looks_is_taken_with_the_camera_on(
    door: Door, qtbot: QtBot
) -> None:
    failures: list[object] = []
    door.eyes.pipeline_failed.connect(failures.append)
    door.page.show()
    qtbot.waitUntil(door.scans, timeout=PATIENCE)
    for turn in range(6):
        door.adopt(None if turn % 2 else FIRST)
        qtbot.waitUntil(door.scans, timeout=PATIENCE)
        assert door.eyes.pipeline is not None
        assert door.eyes.pipeline.network == door.access.heads.network()
    door.adopt(FIRST)
    assert door.opens_for(qtbot, 1) == ADA.profile_id
    assert door.doorway.opens == 1
    assert failures == []


def test_with_somebody_before_the_camera_all_the_while_it_opens_for_them(
    door: Door, qtbot: QtBot
) -> None:
    door.page.show()
    qtbot.waitUntil(door.scans, timeout=PATIENCE)
    door.doorway.person = 2
    door.adopt(FIRST)
    assert door.opens_for(qtbot, 2) == BOB.profile_id


class Faked:
    """What keeps networks and people together, with everything else made up."""

    def __init__(self) -> None:
        self.access = FakeAccess(profiles=(profile("Mira", 1),))
        self.eyes = FakeEyes(ScriptedPipeline())
        self.renewing = Renewing(self.access.as_access(), self.eyes.as_eyes(), never, never)
        self.changes: list[str] = []
        self.renewing.head_changed.connect(self._note)

    def _note(self) -> None:
        self.changes.append(self.sees)

    @property
    def sees(self) -> str:
        pipeline: FacePipeline | None = self.eyes.pipeline
        assert pipeline is not None
        return pipeline.model_sha256

    def close(self) -> None:
        self.renewing.deleteLater()
        self.eyes.deleteLater()


def never() -> NoReturn:
    raise AssertionError("the fake renewal loads nothing")


@pytest.fixture
def faked(qtbot: QtBot) -> Iterator[Faked]:
    made = Faked()
    yield made
    made.close()


def test_the_eyes_take_the_head_in_force_and_go_back(faked: Faked) -> None:
    faked.access.heads.put_in_force(FIRST)
    assert faked.sees == FIRST.network.model_sha256
    assert faked.access.renewal.network == FIRST.network
    faked.access.heads.put_in_force(None)
    assert faked.sees == MODEL
    assert faked.changes == [MODEL, FIRST.network.model_sha256]
    faked.renewing.settle()
    assert len(faked.changes) == 2


def test_networks_that_were_loaded_with_the_head_before_are_brought_to_it(faked: Faked) -> None:
    """The store was unsealed, or a head adopted, while they were being loaded."""
    pipeline, faked.eyes.pipeline = faked.eyes.pipeline, None
    faked.access.heads.put_in_force(FIRST)
    faked.eyes.pipeline = pipeline
    faked.eyes.pipeline_ready.emit(pipeline)
    assert faked.sees == FIRST.network.model_sha256
    assert faked.access.renewal.network == FIRST.network


def test_a_renewal_that_a_new_head_overtakes_is_begun_anew(faked: Faked, qtbot: QtBot) -> None:
    """Its networks and its calibration may be of two heads, which is refused."""
    failures: list[object] = []
    faked.renewing.failed.connect(failures.append)
    renewal = faked.access.renewal
    renewal.is_due, renewal.trouble = True, NetworkMismatch("of two heads")
    renewal.may_stage.clear()
    faked.renewing.start()
    faked.access.heads.put_in_force(FIRST)
    with qtbot.waitSignal(faked.renewing.failed, timeout=PATIENCE):  # the second one's
        renewal.may_stage.set()
    assert len(renewal.staged_in) == 2
    renewal.trouble = None
    with qtbot.waitSignal(faked.renewing.finished, timeout=PATIENCE):
        faked.renewing.start()
    assert len(failures) == 1


def test_a_calibration_that_comes_too_late_is_another_heads_and_is_loaded_anew(
    qtbot: QtBot,
) -> None:
    loads: list[int] = []

    def load() -> Calibration:
        loads.append(1)
        return calibration()

    access = FakeAccess(profiles=(profile("Mira", 1), profile("Ana", 2)))
    identifying = Identifying(access.as_access(), load)
    with qtbot.waitSignal(identifying.changed, timeout=PATIENCE):
        assert identifying.gallery(MODEL) is None
        identifying.forget_calibration()
    assert identifying.calibration is None
    with qtbot.waitSignal(identifying.changed, timeout=PATIENCE):
        assert identifying.gallery(MODEL) is None
    assert identifying.calibration is not None
    assert len(loads) == 2
    identifying.deleteLater()


def test_the_whole_program_takes_the_head_of_a_store_that_a_passphrase_unseals(
    qtbot: QtBot, tmp_path: Path
) -> None:
    mira = profile("Mira", 1)
    first = WholeProgram(qtbot, tmp_path, people=(mira,))
    version = a_version(7, mira.profile_id, backbone=bundled_backbone())
    try:
        first.unlock()
        access = first.access
        assert access.heads.adopt(access.heads.slow_stage(version))
        _sees(qtbot, first, version.network.model_sha256)
    finally:
        first.close()
    again = WholeProgram(qtbot, tmp_path, people=())
    try:
        assert again.access.needs_passphrase
        _sees(qtbot, again, network_in_use().model_sha256)
        again.unlock()
        _sees(qtbot, again, version.network.model_sha256)
        assert not again.program.renewing.is_needed
        assert again.access.gallery(version.network.model_sha256).people == 1
    finally:
        again.close()


def _sees(qtbot: QtBot, bench: WholeProgram, model_sha256: str) -> None:
    eyes = bench.program.eyes
    qtbot.waitUntil(
        lambda: eyes.pipeline is not None and eyes.pipeline.model_sha256 == model_sha256,
        timeout=20_000,
    )
