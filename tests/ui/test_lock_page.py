from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from fakes_ui import PASSPHRASE, ScriptedPipeline, calibration, profile
from lock_bench import LockBench as Bench
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from facelock.core.errors import CameraBusy, CameraLost, ModelCorrupt, ModelMissing, StoreUnwritable
from facelock.core.levels import Level
from facelock.core.liveness import PASSIVE, Layer, Prompt
from facelock.core.observation import (
    Gathering,
    Match,
    NewCamera,
    NoFace,
    PoorQuality,
    SeveralFaces,
    Unproven,
)
from facelock.core.policy import CoolingDown, Locked, PassphraseOnly, Scanning, Unlocked, Why
from facelock.core.quality import Defect
from facelock.core.template import Profile
from facelock.core.threshold import Calibration
from facelock.ui.guidance_text import prompt_sentence
from facelock.ui.ring_state import RingMood


@pytest.fixture
def make(qtbot: QtBot) -> Iterator[Callable[..., Bench]]:
    made: list[Bench] = []

    def build(people: int = 1, *, loaded: bool = True, layers: frozenset[Layer] = PASSIVE) -> Bench:
        bench = Bench(people, loaded=loaded, layers=layers)
        made.append(bench)
        bench.page.show()
        return bench

    yield build
    for bench in made:
        bench.close()


Make = Callable[..., Bench]


def test_the_passphrase_field_has_the_focus_from_the_first_paint(make: Make, qtbot: QtBot) -> None:
    bench = make(loaded=False)
    qtbot.waitExposed(bench.page)
    assert bench.page.window().focusWidget() is bench.page.passphrase.edit
    assert bench.page.passphrase.edit.isEnabled()


def test_camera_and_models_open_at_the_same_time(make: Make) -> None:
    bench = make(loaded=False)
    assert bench.eyes.is_looking
    assert bench.shows(RingMood.WAITING)
    bench.eyes.pipeline = ScriptedPipeline()  # type: ignore[assignment]
    bench.eyes.pipeline_ready.emit(bench.eyes.pipeline)
    assert bench.shows(RingMood.SCANNING)


def test_typing_goes_on_while_the_scan_does(make: Make) -> None:
    bench = make()
    bench.type("tern")
    bench.eyes.show(Gathering(1))
    bench.type(" harbour")
    assert bench.page.passphrase.text() == "tern harbour"


def test_the_owner_is_let_in_by_face(make: Make, qtbot: QtBot) -> None:
    bench = make()
    owner = bench.access.profiles[0].profile_id
    with qtbot.waitSignal(bench.page.unlocked, timeout=2000) as unlocked:
        bench.eyes.show(Match(owner, 5, 0.2, 0.6))
    assert unlocked.args == [owner]
    assert bench.shows(RingMood.SUCCESS)
    assert not bench.eyes.is_looking


def test_a_stranger_is_refused_in_words_and_never_told_how_near(make: Make) -> None:
    bench = make()
    bench.stranger()
    assert bench.shows(RingMood.REFUSED)
    assert "do not know this face" in bench.sentence
    assert not any(character.isdigit() for character in bench.sentence)
    assert bench.access.state == Locked(1)


def test_frames_of_the_last_attempt_do_not_count_in_the_next(make: Make) -> None:
    bench = make()
    old = bench.eyes.current
    bench.stranger()
    bench.page.scan.resume()
    bench.eyes.current = old
    bench.stranger()
    assert bench.access.state.failures == 1  # type: ignore[union-attr]


def test_a_cool_down_counts_and_the_camera_is_off(make: Make) -> None:
    bench = make()
    bench.access.state = CoolingDown(3, bench.access.now + 30)
    bench.page.scan.begin()
    assert bench.shows(RingMood.COOLING)
    assert "0:30" in bench.sentence
    assert not bench.eyes.is_looking
    bench.access.now += 31
    bench.page.scan._count_down()
    assert bench.shows(RingMood.SCANNING)


def test_after_a_cool_down_who_wants_to_be_asked_is_asked(make: Make) -> None:
    bench = make()
    bench.access.leaving.asks_first = True
    bench.access.state = CoolingDown(3, bench.access.now + 30)
    bench.page.scan.begin()
    bench.access.now += 31
    bench.page.scan._count_down()
    assert bench.shows(RingMood.ASLEEP)
    assert not bench.eyes.is_looking


def test_passphrase_only_says_why(make: Make) -> None:
    bench = make()
    bench.access.state = PassphraseOnly(Why.TOO_MANY_FAILURES, 5)
    bench.page.scan.begin()
    assert bench.shows(RingMood.FACE_GONE)
    assert "passphrase" in bench.sentence
    assert not bench.eyes.is_looking


def test_a_camera_error_has_its_sentence_and_goes_away_by_itself(make: Make) -> None:
    bench = make()
    for error, word in ((CameraBusy("x"), "Another program"), (CameraLost("x"), "cable")):
        bench.eyes.camera_failed.emit(error)
        assert word in bench.sentence
        assert bench.shows(RingMood.NO_CAMERA)
    bench.eyes.camera_opened.emit()
    assert bench.shows(RingMood.SCANNING)


def test_a_changed_model_leaves_the_passphrase(make: Make) -> None:
    bench = make(loaded=False)
    bench.eyes.pipeline_failed.emit(ModelCorrupt("x"))
    assert bench.shows(RingMood.FACE_GONE)
    assert bench.page.passphrase.edit.isEnabled()


def test_without_a_written_counter_nobody_tries_again(make: Make) -> None:
    bench = make()
    bench.access.trouble = StoreUnwritable("full")
    bench.stranger()
    assert bench.shows(RingMood.FACE_GONE)
    assert "disk" in bench.sentence
    assert bench.eyes.current is None


@pytest.mark.parametrize("where", ["tick", "start_scan"])
def test_a_state_that_cannot_be_kept_leaves_no_camera_on(
    make: Make, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def full() -> None:
        raise StoreUnwritable("full")

    bench = make()
    monkeypatch.setattr(bench.access, where, full)
    bench.page.scan.begin()
    assert bench.shows(RingMood.FACE_GONE)
    assert not bench.eyes.is_looking
    assert "disk" in bench.sentence
    assert bench.page.passphrase.edit.isEnabled()


def test_what_is_wrong_with_the_picture_is_said(make: Make) -> None:
    bench = make()
    for seen, word in (
        (NoFace(too_dark=True), "dark"),
        (NoFace(too_dark=True, black=True), "shutter"),
        (SeveralFaces(2), "More than one"),
        (PoorQuality((Defect.TOO_SMALL,)), "closer"),
    ):
        bench.eyes.show(seen)
        assert word in bench.sentence
        assert bench.page.ring.accessibleDescription() == bench.sentence


def test_a_wrong_passphrase_is_cleared_and_said(make: Make, qtbot: QtBot) -> None:
    bench = make()
    bench.type("wrong")
    QTest.keyClick(bench.page.passphrase.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "not the passphrase" in bench.page.message.text, timeout=3000)
    assert not bench.page.passphrase.text()
    assert isinstance(bench.access.state, Locked) or bench.access.unlocked_for is None


def test_the_right_passphrase_opens_with_enter(make: Make, qtbot: QtBot) -> None:
    bench = make()
    bench.type(PASSPHRASE)
    with qtbot.waitSignal(bench.page.unlocked, timeout=3000):
        QTest.keyClick(bench.page.passphrase.edit, Qt.Key.Key_Return)
    assert isinstance(bench.access.state, Unlocked)
    assert not bench.page.passphrase.text()


def pick(bench: Bench, person: Profile | None) -> None:
    """Choose a name as somebody does who sits there."""
    combo = bench.page.who.combo
    combo.setCurrentIndex(combo.findData(person.profile_id if person else None))
    combo.activated.emit(combo.currentIndex())


def of_whom(bench: Bench) -> list[float]:
    """Return the thresholds that the attempt under way compares at."""
    return bench.eyes.current._recogniser.gallery.thresholds.tolist()  # type: ignore[no-any-return]


def test_several_people_are_looked_for_at_once_each_at_a_share_of_the_level(
    make: Make, qtbot: QtBot
) -> None:
    bench = make(people=2)
    assert bench.shows(RingMood.WAITING)
    qtbot.waitUntil(lambda: bench.shows(RingMood.SCANNING), timeout=3000)
    whole = [one.thresholds[bench.access.level].value for one in bench.access.profiles]
    assert all(mine <= own for mine, own in zip(of_whom(bench), whole, strict=True))
    assert bench.page.who.combo.currentText() == "Whoever my face says"
    assert bench.page.who.chosen is None


def test_a_chosen_name_is_looked_for_alone_and_is_still_chosen_next_time(
    make: Make, qtbot: QtBot
) -> None:
    bench = make(people=2)
    qtbot.waitUntil(lambda: bench.shows(RingMood.SCANNING), timeout=3000)
    pick(bench, bench.access.profiles[1])
    assert bench.shows(RingMood.SCANNING)
    others, mine = of_whom(bench)
    assert others < 0 < mine == bench.access.profiles[1].thresholds[bench.access.level].value
    bench.page.hide()
    bench.page.show()
    assert bench.page.who.chosen == bench.access.profiles[1].profile_id
    pick(bench, None)
    assert min(of_whom(bench)) > 0


def test_where_the_level_asks_for_a_name_nobody_is_looked_for_before_it(
    make: Make, qtbot: QtBot
) -> None:
    bench = make(people=2)
    bench.access.level = Level.STRICT
    bench.identifying.calibration = replace(calibration(), fmr_grid=np.array([1e-5, 1, 1, 1]))
    bench.page.scan.resume()
    assert bench.shows(RingMood.ASLEEP)
    assert "Choose your name" in bench.sentence
    assert bench.page.who.combo.currentText() == "Choose your name…"
    assert bench.eyes.current is None
    assert not bench.eyes.is_looking
    pick(bench, bench.access.profiles[0])
    assert bench.shows(RingMood.SCANNING)
    assert of_whom(bench)[1] < 0


def test_a_calibration_that_cannot_be_had_asks_for_names(
    make: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> Calibration:
        raise ModelMissing("gone")

    bench = make(people=1)
    bench.access.profiles = (*bench.access.profiles, profile("Ana", 3))
    monkeypatch.setattr(bench.identifying, "_load", missing)
    bench.page.scan.resume()
    qtbot.waitUntil(lambda: "Choose your name" in bench.sentence, timeout=3000)


def test_a_passphrase_without_a_name_asks_whose_it_is_and_stays_typed(
    make: Make, qtbot: QtBot
) -> None:
    bench = make(people=2)
    bench.type(PASSPHRASE)
    QTest.keyClick(bench.page.passphrase.edit, Qt.Key.Key_Return)
    assert "Choose a name" in bench.page.message.text
    assert bench.page.passphrase.text() == PASSPHRASE
    pick(bench, bench.access.profiles[0])
    with qtbot.waitSignal(bench.page.unlocked, timeout=3000):
        QTest.keyClick(bench.page.passphrase.edit, Qt.Key.Key_Return)


def test_who_it_is_is_asked_only_where_there_are_several(make: Make, qtbot: QtBot) -> None:
    assert not make().page.who.isVisible()
    bench = make(people=2)
    assert bench.page.who.isVisible()
    pick(bench, bench.access.profiles[1])
    bench.type(PASSPHRASE)
    with qtbot.waitSignal(bench.page.unlocked, timeout=3000) as unlocked:
        QTest.keyClick(bench.page.passphrase.edit, Qt.Key.Key_Return)
    assert unlocked.args == [bench.access.profiles[1].profile_id]


def test_after_a_minute_without_anybody_the_camera_is_off_until_escape(make: Make) -> None:
    bench = make()
    bench.access.now += 61
    bench.eyes.show(NoFace())
    assert bench.shows(RingMood.ASLEEP)
    assert not bench.eyes.is_looking
    QTest.keyClick(bench.page.passphrase.edit, Qt.Key.Key_Escape)
    assert bench.eyes.is_looking
    assert bench.shows(RingMood.SCANNING)


def test_the_note_about_liveness_is_there_only_while_nothing_is_looked_for(make: Make) -> None:
    assert not make().page.liveness_note.isVisible()
    assert make(layers=frozenset()).page.liveness_note.isVisible()


@pytest.mark.parametrize("prompt", list(Prompt))
def test_what_liveness_asks_for_is_shown_and_said(make: Make, prompt: Prompt) -> None:
    bench = make()
    bench.eyes.show(Unproven(6), prompt)
    assert bench.shows(RingMood.ASKING)
    assert bench.page.ring.prompt is prompt
    assert bench.sentence == prompt_sentence(prompt)
    assert bench.page.ring.accessibleDescription() == bench.sentence
    assert not bench.page.ring.grab().isNull()
    bench.eyes.show(Unproven(7))
    assert bench.shows(RingMood.SCANNING)
    assert bench.page.ring.prompt is None


def test_a_hidden_page_looks_at_nobody_and_forgets_what_was_typed(make: Make) -> None:
    bench = make()
    bench.type("tern")
    bench.page.hide()
    assert not bench.eyes.is_looking
    assert not bench.page.passphrase.text()
    assert not bench.page.ring.has_picture


@pytest.mark.parametrize("width", [400, 800, 1400])
def test_nothing_is_cut_off_at_the_sides(make: Make, qtbot: QtBot, width: int) -> None:
    bench = make(people=3)
    bench.page.resize(width, 560)
    inside, seen = bench.page.widget(), bench.page.viewport()
    assert inside is not None
    qtbot.waitUntil(
        lambda: seen.width() <= width and inside.minimumSizeHint().width() <= seen.width()
    )


def test_a_new_camera_is_said_and_bound_by_the_passphrase(make: Make, qtbot: QtBot) -> None:
    bench = make()
    owner = bench.access.profiles[0].profile_id
    bench.eyes.show(NewCamera("usb:1"))
    assert "camera is new" in bench.sentence
    assert bench.access.state == Scanning()
    bench.type(PASSPHRASE)
    with qtbot.waitSignal(bench.page.unlocked, timeout=5000):
        QTest.keyClick(bench.page.passphrase.edit, Qt.Key.Key_Return)
    assert bench.access.bound == [(owner, "usb:1")]


def test_a_known_camera_is_not_bound_again(make: Make, qtbot: QtBot) -> None:
    bench = make()
    bench.type(PASSPHRASE)
    with qtbot.waitSignal(bench.page.unlocked, timeout=5000):
        QTest.keyClick(bench.page.passphrase.edit, Qt.Key.Key_Return)
    assert bench.access.bound == []
