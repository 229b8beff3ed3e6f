"""Every page: each control has a name, and no text is cut off, in any type of `page_walk`."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fake_session import FakeSession
from fakes_pages import CAMERAS, Make, pass_person
from fakes_ui import embedding, frame, look, measured_on_pairs, profile
from page_walk import SIZE, check, in_all_types
from PySide6.QtCore import QRect
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from facelock.core.errors import StoreInUse
from facelock.core.levels import Level
from facelock.core.ports import FrameSource
from facelock.core.scene import Scene
from facelock.services.pictures import PictureComparison, PictureFace, PictureThreshold
from facelock.ui.compare_page import ComparePage
from facelock.ui.curtain_pane import CurtainPane
from facelock.ui.demo_stage import DemoStage
from facelock.ui.enrolment.steps import Step
from facelock.ui.people_page import PeoplePage
from facelock.ui.screens import Area
from facelock.ui.settings_camera import CameraBody
from facelock.ui.settings_page import SettingsPage
from facelock.ui.settings_recognition import RecognitionBody
from facelock.ui.waiting_window import WaitingWindow

PAGES = ("vault", "people", "compare", "info")
SECTIONS = (
    "level",
    "camera",
    "people",
    "recognition",
    "retraining",
    "locking",
    "vault",
    "appearance",
    "activity",
    "about",
)
STEPS = tuple(Step)


def never(_scene: Callable[[], Scene]) -> FrameSource:
    raise AssertionError


def a_comparison(distance: float) -> PictureComparison:
    seen = look()
    assert seen.face is not None
    face = PictureFace(frame(), seen, seen.face, embedding(1), "f" * 64)
    threshold = PictureThreshold(Level.BALANCED, 0.88, 1e-4, level_supported=True)
    return PictureComparison(distance, threshold, face, face, measured_on_pairs())


@in_all_types
def test_the_welcome(make: Make) -> None:
    check(make(people=()).window)


@in_all_types
def test_the_lock_page(make: Make) -> None:
    check(make(people=(profile("Mira", 1), profile("Noor", 2))).window)


@in_all_types
@pytest.mark.parametrize("name", PAGES)
def test_the_pages_of_the_open_program(make: Make, name: str) -> None:
    bench = make()
    bench.unlock()
    bench.page(name)
    check(bench.window)


@in_all_types
@pytest.mark.parametrize("key", SECTIONS)
def test_the_sections_of_the_settings(make: Make, qtbot: QtBot, key: str) -> None:
    # Of the real program: the demo's settings have no cameras to choose from.
    bench = make(demo=False, people=(profile("Mira", 1, demo=False),))
    bench.unlock()
    page = bench.page("settings")
    assert isinstance(page, SettingsPage)
    assert page.keys == SECTIONS
    body = page.body(key)
    if isinstance(body, CameraBody):
        qtbot.waitUntil(lambda: len(body.cameras.names) == len(CAMERAS), timeout=5000)
    if isinstance(body, RecognitionBody):
        qtbot.waitUntil(lambda: body.plot is not None, timeout=20_000)
    check(bench.window)


@in_all_types
@pytest.mark.parametrize("distance", [0.1, 1.5], ids=["mated", "non-mated"])
def test_the_answer_of_a_comparison(make: Make, qtbot: QtBot, distance: float) -> None:
    bench = make()
    bench.unlock()
    page = bench.page("compare")
    assert isinstance(page, ComparePage)
    page.card.show_result(a_comparison(distance))
    page.card.show()
    qtbot.waitUntil(page.card.isVisible, timeout=1000)
    check(bench.window)


@in_all_types
def test_the_window_that_waits(type_used: None, qtbot: QtBot) -> None:
    window = WaitingWindow()
    qtbot.addWidget(window)
    window.resize(*SIZE)
    window.tell(StoreInUse("another computer's"))
    window.show()
    check(window)


@in_all_types
def test_a_pane_of_the_curtain(type_used: None, qtbot: QtBot) -> None:
    pane = CurtainPane()
    qtbot.addWidget(pane)
    pane.cover(Area(QRect(0, 0, *SIZE)))
    check(pane)


@in_all_types
def test_the_system_lock_beside_the_curtain(make: Make) -> None:
    bench = make(session=FakeSession())
    bench.unlock()
    page = bench.page("settings")
    assert isinstance(page, SettingsPage)
    page.show_section("locking")
    check(bench.window)


@in_all_types
def test_the_strip_below_the_demo(make: Make) -> None:
    window = make(people=()).window
    stage = DemoStage("Eileen Collins", "Grace Hopper", never, window)
    inside = window.centralWidget()
    assert inside is not None
    column = inside.layout()
    assert column is not None
    column.addWidget(stage)
    stage.show()
    check(window)


@in_all_types
def test_the_question_for_the_passphrase(make: Make) -> None:
    bench = make()
    bench.unlock()
    bench.forget_confirmation()
    page = bench.page("people")
    assert isinstance(page, PeoplePage)
    (card,) = page.cards
    card.remove_button.click()
    check(bench.dialog())


@in_all_types
@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.value)
def test_the_steps_of_the_wizard(make: Make, step: Step, qtbot: QtBot) -> None:
    wizard = make(people=()).program.open_wizard()
    wizard.resize(*SIZE)
    if step in {Step.PERSON, Step.CAMERA}:
        wizard.consent_step.agree.click()
        wizard.next.click()
    if step is Step.PERSON:
        QTest.keyClicks(wizard.person_step.passphrase.edit, "password")
        QTest.keyClicks(wizard.person_step.again.edit, "password")
        qtbot.waitUntil(lambda: bool(wizard.person_step.message.text), timeout=5000)
        assert "too easily guessed" in wizard.person_step.message.text
        assert not wizard.next.isEnabled()
    elif step is Step.CAMERA:
        pass_person(wizard, qtbot)
        qtbot.waitUntil(wizard.next.isEnabled, timeout=5000)
    else:
        wizard._stack.setCurrentWidget(wizard.pages[step])
    check(wizard)
