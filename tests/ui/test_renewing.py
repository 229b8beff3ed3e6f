"""The lock page while, and after, people are brought to a new network."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fake_renewal import FakeRenewal
from fakes_pages import Bench as WholeProgram
from fakes_ui import FakeAccess, FakeEyes, ScriptedPipeline, calibration, profile
from pytestqt.qtbot import QtBot

from facelock.core.errors import ModelCorrupt
from facelock.core.frames import FaceCrop
from facelock.core.head import NetworkId
from facelock.core.observation import Match
from facelock.core.ports import FrameSource
from facelock.core.threshold import Calibration
from facelock.services.loading import network_in_use
from facelock.services.recognition import FacePipeline
from facelock.ui.identifying import Identifying
from facelock.ui.lock_page import LockPage
from facelock.ui.people_page import PeoplePage
from facelock.ui.renewing import Renewing
from facelock.ui.ring_state import RingMood
from facelock.ui.text_labels import TextLabel

MIRA, ANA = profile("Mira", 1), profile("Ana", 2)


class Bench:
    """A lock page before people who have to be renewed."""

    def __init__(self) -> None:
        self.access = FakeAccess(profiles=(MIRA, ANA))
        self.renewal = self.access.renewal
        self.eyes = FakeEyes(ScriptedPipeline())
        access, eyes = self.access.as_access(), self.eyes.as_eyes()
        self.renewing = Renewing(access, eyes, self._load_pipeline, self._load_calibration)
        self.identifying = Identifying(access)
        self.identifying.calibration = calibration()
        self.page = LockPage(
            access,
            eyes,
            self._open,
            self.renewing,
            identifying=self.identifying,
            now=lambda: self.access.now,
        )

    def _load_pipeline(self) -> FacePipeline:
        raise AssertionError("the fake renewal loads nothing")

    def _load_calibration(self) -> Calibration:
        raise AssertionError("the fake renewal loads nothing")

    def _open(self) -> FrameSource:
        raise AssertionError("the fake eyes open nothing")

    def shows(self, mood: RingMood) -> bool:
        return self.page.ring.mood is mood

    @property
    def sentence(self) -> str:
        return self.page.sentence.text()


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    made = Bench()
    yield made
    made.renewal.may_stage.set()
    made.page.hide()
    for one in (made.page, made.identifying, made.renewing, made.eyes):
        one.deleteLater()


def test_nobody_is_compared_before_everybody_is_renewed(bench: Bench, qtbot: QtBot) -> None:
    bench.renewal.is_due = True
    bench.renewal.may_stage.clear()
    bench.page.show()
    assert bench.shows(RingMood.WAITING)
    assert "renewed" in bench.sentence
    assert "passphrase" in bench.sentence
    assert bench.page.passphrase.edit.isEnabled()
    assert bench.eyes.current is None
    bench.eyes.show(Match(MIRA.profile_id, 5, 0.1, 0.6))  # what nobody asked for opens nothing
    bench.page.scan.resume()  # asking again begins no second one
    with qtbot.waitSignal(bench.renewing.finished, timeout=5000):
        bench.renewal.may_stage.set()
    assert bench.shows(RingMood.SCANNING)
    assert bench.eyes.current is not None
    (thread,) = bench.renewal.staged_in
    assert thread != threading.main_thread().name


def test_it_begins_as_soon_as_the_network_is_loaded(bench: Bench, qtbot: QtBot) -> None:
    """Also where nobody looks at the lock page: the passphrase was faster."""
    bench.renewal.is_due = True
    with qtbot.waitSignal(bench.renewing.finished, timeout=5000):
        bench.eyes.pipeline_ready.emit(bench.eyes.pipeline)
    assert bench.renewal.network == ScriptedPipeline.network == NetworkId("f" * 64, "f" * 64)
    assert not bench.renewal.is_due


def test_if_somebody_was_changed_meanwhile_it_is_done_again(bench: Bench, qtbot: QtBot) -> None:
    bench.renewal.is_due, bench.renewal.lost = True, 2
    with qtbot.waitSignal(bench.renewing.finished, timeout=5000):
        bench.renewing.start()
    assert len(bench.renewal.staged_in) == 3


@pytest.mark.parametrize("where", ["staging", "adopting"])
def test_a_renewal_that_fails_leaves_the_passphrase(
    bench: Bench, qtbot: QtBot, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.renewal.is_due = True
    if where == "staging":
        bench.renewal.trouble = ModelCorrupt("x")
    else:
        monkeypatch.setattr(FakeRenewal, "adopt", _refuse)
    with qtbot.waitSignal(bench.renewing.failed, timeout=5000):
        bench.page.show()
    assert bench.shows(RingMood.FACE_GONE)
    assert "Install Facelock again" in bench.sentence
    assert bench.page.passphrase.edit.isEnabled()
    assert not bench.eyes.is_looking


def _refuse(_self: FakeRenewal, _staged: object) -> bool:
    raise ModelCorrupt("x")


def test_whose_face_opens_nothing_is_told_so_and_the_others_are_looked_for(bench: Bench) -> None:
    bench.renewal.left_behind = (ANA,)
    bench.page.show()
    assert bench.shows(RingMood.SCANNING)
    assert "Ana" in bench.sentence
    assert "passphrase" in bench.sentence
    assert "Mira" not in bench.sentence


def test_if_it_is_everybody_the_camera_stays_off(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.renewal.left_behind = (MIRA, ANA)
    monkeypatch.setattr(ScriptedPipeline, "model_sha256", "a" * 64)
    bench.page.show()
    assert bench.shows(RingMood.FACE_GONE)
    assert not bench.eyes.is_looking
    assert "enrol again" in bench.sentence
    assert "passphrase" in bench.sentence


def test_people_says_what_to_do(bench: Bench) -> None:
    bench.renewal.left_behind = (ANA,)
    page = PeoplePage(bench.access.as_access())
    said = [[label.text() for label in card.findChildren(TextLabel)] for card in page.cards]
    mira, ana = (" ".join(texts) for texts in said)
    assert "network was renewed" not in mira
    assert "network was renewed" in ana
    assert "passphrase of Ana works" in ana
    page.deleteLater()


@pytest.mark.parametrize("crops_are_needed", [False, True])
def test_the_whole_program_renews_people_as_it_starts(
    qtbot: QtBot, tmp_path: Path, *, crops_are_needed: bool
) -> None:
    network = network_in_use()
    crop = FaceCrop(np.full((112, 112, 3), 90, np.uint8))
    old = replace(
        MIRA,
        backbone_sha256="b" * 64 if crops_are_needed else network.backbone_sha256,
        model_sha256="a" * 64,
        samples=tuple(replace(one, crop=crop) for one in MIRA.samples),
    )
    program = WholeProgram(qtbot, tmp_path, people=(old,))
    try:
        qtbot.waitUntil(lambda: program.access.profiles[0].network == network, timeout=20_000)
        assert not program.program.renewing.is_needed
        assert program.access.gallery(network.model_sha256).people == 1
    finally:
        program.close()
