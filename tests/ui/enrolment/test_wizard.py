from __future__ import annotations

from collections.abc import Iterator

import pytest
from fakes_ui import (
    PASSPHRASE,
    FakeAccess,
    FakeEyes,
    ScriptedPipeline,
    calibration,
    look,
    profile,
)
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from facelock.core.errors import CameraBusy, StoreUnwritable
from facelock.core.frames import HeadPose
from facelock.core.observation import Match, NonMatch
from facelock.core.policy import Unlocked
from facelock.ui.enrolment.cameras import Cameras
from facelock.ui.enrolment.steps import Step
from facelock.ui.enrolment.wizard import EnrolmentWizard
from facelock.ui.ring_state import RingMood
from facelock.vault.keys import KdfParameters
from facelock.vision.camera_list import CameraInfo

CHEAP = KdfParameters(memory_kib=64, iterations=1, lanes=1)
SIMULATED = CameraInfo("simulated", "Simulated camera", -1, 0, physical=False)
POSES = {
    "centre": HeadPose(0.0, 0.0, 0.0),
    "left": HeadPose(25.0, 0.0, 0.0),
    "right": HeadPose(-25.0, 0.0, 0.0),
    "up": HeadPose(0.0, 18.0, 0.0),
    "down": HeadPose(0.0, -18.0, 0.0),
}


def _no_camera(_camera_id: str) -> object:
    raise AssertionError("the fake eyes open nothing")


class Bench:
    """A wizard, what it drives, and the hands that use it."""

    def __init__(self, qtbot: QtBot, *, first: bool = True) -> None:
        self.qtbot = qtbot
        self.access = FakeAccess(profiles=() if first else (profile("Ana", 9),))
        self.eyes = FakeEyes(ScriptedPipeline())
        cameras = Cameras(list=lambda: (SIMULATED,), open=_no_camera)  # type: ignore[arg-type]
        self.wizard = EnrolmentWizard(
            self.access.as_access(),
            self.eyes.as_eyes(),
            cameras,
            calibration(),
            first=first,
            kdf=CHEAP,
        )
        self.wizard.show()
        self.time = 0.0

    @property
    def at(self) -> Step:
        return self.wizard.steps.at

    def go_on(self) -> None:
        QTest.mouseClick(self.wizard.next, Qt.MouseButton.LeftButton)

    def consent(self) -> None:
        self.wizard.consent_step.agree.click()
        self.go_on()

    def say_who(self, name: str = "Mira") -> None:
        step = self.wizard.person_step
        QTest.keyClicks(step.name, name)
        QTest.keyClicks(step.passphrase.edit, PASSPHRASE)
        QTest.keyClicks(step.again.edit, PASSPHRASE)
        self.qtbot.waitUntil(self.wizard.next.isEnabled, timeout=5000)
        self.go_on()

    def choose_camera(self) -> None:
        self.qtbot.waitUntil(self.wizard.next.isEnabled, timeout=5000)
        self.go_on()

    def hold(self, pose: HeadPose, times: int = 8) -> None:
        for _ in range(times):
            self.time += 0.15
            self.eyes.offer(look(pose, self.time))

    def capture(self) -> None:
        for pose in POSES.values():
            self.hold(pose)

    def until(self, step: Step) -> None:
        path = (self.consent, self.say_who, self.choose_camera, self._capture_and_go, self.go_on)
        for action in path:
            if self.at is step:
                return
            action()
        if step is Step.TRY_OUT:
            self.qtbot.waitUntil(self.wizard.next.isEnabled, timeout=5000)
            self.go_on()
        assert self.at is step

    def _capture_and_go(self) -> None:
        self.capture()
        self.go_on()

    def keep_recovery_key(self) -> None:
        self.qtbot.waitUntil(lambda: self.at is Step.RECOVERY, timeout=5000)
        self.wizard.recovery_step.sheet.tick.click()
        self.go_on()
        assert self.at is Step.DONE

    def recognise(self) -> None:
        made = self.wizard.result_step.profile
        assert made is not None
        self.eyes.show(Match(made.profile_id, 5, 0.2, 0.5))


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    made = Bench(qtbot)
    yield made
    made.wizard.reject()
    made.wizard.deleteLater()
    made.eyes.deleteLater()


def test_no_camera_is_opened_before_consent(bench: Bench) -> None:
    assert not bench.eyes.opened
    assert not bench.wizard.next.isEnabled()
    bench.consent()
    assert bench.at is Step.PERSON


def test_a_person_is_enrolled_end_to_end_and_the_app_is_open_for_them(bench: Bench) -> None:
    bench.until(Step.TRY_OUT)
    bench.recognise()
    assert bench.wizard.try_out_step.ring.mood is RingMood.SUCCESS
    bench.go_on()
    bench.keep_recovery_key()
    assert [one.name for one in bench.access.profiles] == ["Mira"]
    assert isinstance(bench.access.state, Unlocked)
    assert not bench.wizard.person_step.passphrase.text()
    with bench.qtbot.waitSignal(bench.wizard.finished_with) as finished:
        bench.go_on()
    assert finished.args == [bench.access.profiles[0].profile_id]


def test_the_camera_is_off_outside_the_steps_that_look(bench: Bench) -> None:
    bench.until(Step.CAPTURE)
    assert bench.eyes.is_looking
    bench.capture()
    assert not bench.eyes.is_looking
    bench.go_on()
    assert not bench.eyes.is_looking


def test_poses_are_ticked_as_they_are_covered(bench: Bench) -> None:
    bench.until(Step.CAPTURE)
    bench.hold(POSES["centre"])
    shares = bench.wizard.capture_step.ring.coverage.shares
    assert {pose.value: share for pose, share in shares.items()}["centre"] == 1.0
    assert not bench.wizard.next.isEnabled()


def test_plain_mode_needs_no_turn_of_the_head(bench: Bench) -> None:
    bench.until(Step.CAPTURE)
    bench.hold(POSES["centre"])
    bench.wizard.capture_step.plain.click()
    bench.hold(POSES["centre"], 20)
    assert bench.wizard.next.isEnabled()


def test_starting_again_forgets_what_was_taken(bench: Bench) -> None:
    bench.until(Step.CAPTURE)
    bench.capture()
    assert bench.wizard.next.isEnabled()
    bench.wizard.capture_step.restart.click()
    assert not bench.wizard.next.isEnabled()
    assert bench.eyes.is_looking
    bench.capture()
    assert bench.wizard.next.isEnabled()


def test_a_busy_camera_gets_its_own_sentence_and_recovers(bench: Bench) -> None:
    bench.until(Step.CAPTURE)
    bench.eyes.camera_failed.emit(CameraBusy("x"))
    assert "Another program" in bench.wizard.capture_step.sentence.text()
    bench.eyes.camera_opened.emit()
    bench.capture()
    assert bench.wizard.next.isEnabled()


def test_a_second_appearance_is_an_own_reference(bench: Bench) -> None:
    bench.until(Step.APPEARANCE)
    bench.wizard.appearance_step.glasses.click()
    bench.hold(POSES["centre"], 30)
    assert not bench.eyes.is_looking
    bench.go_on()
    bench.qtbot.waitUntil(bench.wizard.next.isEnabled, timeout=5000)
    made = bench.wizard.result_step.profile
    assert made is not None
    assert [one.appearance for one in made.references] == ["usual", "glasses"]


def test_the_result_says_in_words_how_many_strangers_it_would_open_for(bench: Bench) -> None:
    bench.until(Step.RESULT)
    bench.qtbot.waitUntil(bench.wizard.next.isEnabled, timeout=5000)
    said = " ".join(line.text() for line in bench.wizard.result_step.lines)
    assert "1 in" in said
    assert "1680 people" in said.replace(",", "")
    assert "twin" in said


def test_three_misses_advise_to_capture_again_and_skipping_is_allowed(bench: Bench) -> None:
    bench.until(Step.TRY_OUT)
    for frames in (5, 12, 25):
        bench.eyes.show(NonMatch(frames, 1.0, 0.5))
    assert "capture again" in bench.wizard.try_out_step.sentence.text()
    assert not bench.wizard.next.isEnabled()
    bench.wizard.try_out_step.skip.click()
    assert bench.wizard.next.isEnabled()


def test_a_full_disk_loses_nothing_that_was_typed(bench: Bench) -> None:
    bench.until(Step.TRY_OUT)
    bench.recognise()
    bench.access.trouble = StoreUnwritable("disk full")
    bench.go_on()
    bench.qtbot.waitUntil(lambda: bool(bench.wizard.message.text), timeout=5000)
    assert "disk is full" in bench.wizard.message.text
    assert bench.wizard.person_step.passphrase.text() == PASSPHRASE
    bench.access.trouble = None
    bench.go_on()
    bench.keep_recovery_key()


def test_a_name_taken_is_said_at_once(qtbot: QtBot) -> None:
    bench = Bench(qtbot, first=False)
    bench.consent()
    QTest.keyClicks(bench.wizard.person_step.name, "ana")
    assert "enrolled" in bench.wizard.person_step.message.text
    bench.wizard.reject()
    bench.wizard.deleteLater()
    bench.eyes.deleteLater()


def test_different_passphrases_do_not_pass(bench: Bench) -> None:
    bench.until(Step.PERSON)
    step = bench.wizard.person_step
    QTest.keyClicks(step.name, "Mira")
    QTest.keyClicks(step.passphrase.edit, PASSPHRASE)
    QTest.keyClicks(step.again.edit, "something else")
    assert "differ" in step.message.text
    with bench.qtbot.waitSignal(step.meter.judged, timeout=5000):
        pass
    assert not bench.wizard.next.isEnabled()


def test_a_weak_passphrase_does_not_pass(bench: Bench) -> None:
    bench.until(Step.PERSON)
    step = bench.wizard.person_step
    QTest.keyClicks(step.name, "Mira")
    QTest.keyClicks(step.passphrase.edit, "password")
    QTest.keyClicks(step.again.edit, "password")
    with bench.qtbot.waitSignal(step.meter.judged, timeout=5000):
        pass
    assert not bench.wizard.next.isEnabled()
    assert "attackers" in step.meter.words


def test_leaving_forgets_the_passphrase_and_releases_the_camera(bench: Bench) -> None:
    bench.until(Step.CAPTURE)
    bench.wizard.reject()
    assert not bench.wizard.person_step.passphrase.text()
    assert not bench.eyes.is_looking
    assert not bench.access.profiles


@pytest.mark.parametrize("step", [Step.CONSENT, Step.PERSON, Step.CAPTURE, Step.RESULT])
def test_no_step_is_wider_than_a_small_window(bench: Bench, step: Step) -> None:
    bench.wizard.resize(640, 480)
    bench.until(step)
    page = bench.wizard.pages[step]
    inside = page.widget()
    assert inside is not None
    bench.qtbot.waitUntil(lambda: inside.minimumSizeHint().width() <= page.viewport().width())


@pytest.mark.parametrize("step", [Step.CAPTURE, Step.TRY_OUT])
def test_ring_and_sentence_fit_a_screen_at_200_percent(bench: Bench, step: Step) -> None:
    bench.wizard.resize(800, 600)
    bench.until(step)
    bar = bench.wizard.pages[step].verticalScrollBar()
    bench.qtbot.waitUntil(lambda: bar.maximum() == 0)


def test_every_step_says_its_name_to_screen_readers(bench: Bench) -> None:
    names = [page.accessibleName() for page in bench.wizard.pages.values()]
    assert all(names)
    assert len(set(names)) == len(names)


def test_a_stray_escape_throws_nothing_away(bench: Bench) -> None:
    bench.until(Step.CAPTURE)
    QTest.keyClick(bench.wizard, Qt.Key.Key_Escape)
    assert bench.wizard.isVisible()
    assert bench.wizard.focusWidget() is bench.wizard.cancel


def test_the_recovery_key_is_shown_once_and_must_be_kept_before_the_wizard_lets_go(
    bench: Bench,
) -> None:
    bench.until(Step.TRY_OUT)
    bench.recognise()
    bench.go_on()
    bench.qtbot.waitUntil(lambda: bench.at is Step.RECOVERY, timeout=5000)
    sheet = bench.wizard.recovery_step.sheet
    shown = "".join(sheet.key.text().split())
    assert shown.startswith("AGE-SECRET-KEY-1")
    assert not bench.wizard.next.isEnabled()
    bench.wizard.reject()
    assert bench.wizard.isVisible()
    assert "Keep your recovery key" in bench.wizard.message.text
    sheet.tick.click()
    assert bench.wizard.next.isEnabled()
    bench.go_on()
    bench.go_on()
    assert not sheet.key.text()
    assert sheet.key.accessibleName() == ""
