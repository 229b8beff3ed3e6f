"""Every page: each control has a name, and no text is cut off, on a small screen or in large print.

The walk goes over all pages at 800 x 600 logical pixels, in the program's own style, once with the
usual font and once with one twice as large.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fakes_pages import CAMERAS, Bench, no_camera
from fakes_ui import PASSPHRASE, FakeEyes, embedding, frame, look, profile
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from facelock.core.levels import Level
from facelock.core.ports import FrameSource
from facelock.core.settings import Appearance
from facelock.services.pictures import PictureComparison, PictureFace, PictureThreshold
from facelock.ui.app_mark import AppMark
from facelock.ui.card import Card, Rule
from facelock.ui.compare_page import ComparePage
from facelock.ui.confirm_passphrase import ConfirmPassphrase
from facelock.ui.demo_stage import DemoStage
from facelock.ui.enrolment import camera_step
from facelock.ui.enrolment.camera_tile import CameraTile
from facelock.ui.enrolment.cameras import Cameras
from facelock.ui.enrolment.progress_line import ProgressLine
from facelock.ui.enrolment.steps import Step
from facelock.ui.enrolment.wizard import EnrolmentWizard
from facelock.ui.icon_button import NavigationButton
from facelock.ui.people_page import PeoplePage
from facelock.ui.settings_page import SettingsPage
from facelock.ui.theme import apply_appearance
from facelock.vision.camera_list import CameraInfo

SIZE = (800, 600)
PAGES = ("people", "compare", "settings", "about")
STEPS = tuple(Step)
DECORATION = (AppMark, Card, Rule, ProgressLine)


@pytest.fixture(params=[1, 2], ids=["usual", "large-print"])
def print_size(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[int]:
    font, palette, style = qapp.font(), qapp.palette(), qapp.style().objectName()
    apply_appearance(qapp, Appearance.LIGHT)
    larger = qapp.font()
    larger.setPointSizeF(larger.pointSizeF() * request.param)
    qapp.setFont(larger)
    yield request.param
    qapp.setFont(font)
    qapp.setStyle(style or "fusion")
    qapp.setPalette(palette)


Make = Callable[..., Bench]


@pytest.fixture
def make(qtbot: QtBot, tmp_path: Path, print_size: int) -> Iterator[Make]:
    made: list[Bench] = []

    def build(**options: object) -> Bench:
        bench = Bench(qtbot, tmp_path / str(print_size), **options)  # type: ignore[arg-type]
        bench.window.resize(*SIZE)
        made.append(bench)
        return bench

    yield build
    for bench in made:
        bench.close()


def shown(root: QWidget) -> list[QWidget]:
    QApplication.processEvents()
    return [one for one in (root, *root.findChildren(QWidget)) if one.isVisibleTo(root)]


def is_from_here(widget: QWidget) -> bool:
    return type(widget).__module__.startswith("facelock.")


def nameless(root: QWidget) -> list[str]:
    """Return what can have the focus, or is painted by hand, and has no words."""
    found = []
    for one in shown(root):
        painted = is_from_here(one) and "paintEvent" in vars(type(one)) and not one.children()
        stops = bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus) and one.focusProxy() is None
        if isinstance(one, DECORATION) or type(one).__name__ in {"_Bars", "_Sign"}:
            continue
        if not (painted or stops) or isinstance(one, QScrollBar):
            continue
        interface = QAccessible.queryAccessibleInterface(one)
        if not interface.text(QAccessible.Text.Name):
            found.append(type(one).__name__)
    return found


def cut_off(root: QWidget) -> list[str]:
    """Return the texts that have less room than they need."""
    found = []
    for one in shown(root):
        if isinstance(one, QLabel) and one.text():
            needed = one.heightForWidth(one.width()) if one.wordWrap() else one.sizeHint().height()
            narrow = not one.wordWrap() and one.sizeHint().width() > one.width()
            if narrow or needed > one.height():
                found.append(one.text())
        elif (
            isinstance(one, QAbstractButton) and one.text() and one.sizeHint().width() > one.width()
        ):
            found.append(one.text())
        if is_outside(one, root):
            found.append(f"{type(one).__name__} beyond the edge")
    return found


def is_outside(one: QWidget, root: QWidget) -> bool:
    """Tell whether a widget lies where one cannot even scroll to."""
    parent = one.parentWidget()
    if one is root or parent is None or isinstance(parent, QAbstractScrollArea):
        return False
    area: QWidget | None = parent
    while area is not None and not isinstance(area, QAbstractScrollArea):
        area = area.parentWidget()
    frame_of = area.viewport() if isinstance(area, QAbstractScrollArea) else root
    if isinstance(area, QAbstractScrollArea) and not frame_of.isAncestorOf(one):
        return False  # a scroll bar
    right = one.mapTo(frame_of, QPoint(one.width(), 0)).x()
    return right > frame_of.width() + 1


def check(root: QWidget) -> None:
    if not isinstance(root, ConfirmPassphrase):  # that one is as large as its words
        assert (root.width(), root.height()) == SIZE
    assert nameless(root) == []
    assert cut_off(root) == []


def never(_take: int) -> FrameSource:
    raise AssertionError


def a_comparison(distance: float) -> PictureComparison:
    seen = look()
    assert seen.face is not None
    face = PictureFace(frame(), seen, seen.face, embedding(1))
    threshold = PictureThreshold(Level.BALANCED, 0.88, 1e-4, level_supported=True)
    return PictureComparison(distance, threshold, face, face)


def test_the_welcome(make: Make) -> None:
    check(make(people=()).window)


def test_the_lock_page(make: Make) -> None:
    check(make(people=(profile("Mira", 1), profile("Noor", 2))).window)


@pytest.mark.parametrize("index", range(len(PAGES)), ids=PAGES)
def test_the_pages_of_the_open_program(make: Make, index: int) -> None:
    demo = PAGES[index] != "settings"  # the demo's settings have no cameras to choose from
    bench = make(demo=demo, people=(profile("Mira", 1, demo=demo),))
    bench.unlock()
    bench.page(index)
    check(bench.window)


@pytest.mark.parametrize("distance", [0.1, 1.5], ids=["mated", "non-mated"])
def test_the_answer_of_a_comparison(make: Make, qtbot: QtBot, distance: float) -> None:
    bench = make()
    bench.unlock()
    page = bench.page(1)
    assert isinstance(page, ComparePage)
    page.card.show_result(a_comparison(distance))
    page.card.show()
    qtbot.waitUntil(page.card.isVisible, timeout=1000)
    check(bench.window)


def test_the_strip_below_the_demo(make: Make) -> None:
    window = make(people=()).window
    scenes = (("Eileen Collins", never), ("Grace Hopper", never))
    stage = DemoStage(scenes, FakeEyes().as_eyes(), window)
    inside = window.centralWidget()
    assert inside is not None
    column = inside.layout()
    assert column is not None
    column.addWidget(stage)
    stage.show()
    check(window)


def test_the_question_for_the_passphrase(make: Make) -> None:
    bench = make()
    bench.unlock()
    bench.forget_confirmation()
    page = bench.page(0)
    assert isinstance(page, PeoplePage)
    (card,) = page.cards
    card.remove_button.click()
    check(bench.dialog())


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


def pass_person(wizard: EnrolmentWizard, qtbot: QtBot) -> None:
    QTest.keyClicks(wizard.person_step.name, "Ada")
    QTest.keyClicks(wizard.person_step.passphrase.edit, PASSPHRASE)
    QTest.keyClicks(wizard.person_step.again.edit, PASSPHRASE)
    qtbot.waitUntil(wizard.next.isEnabled, timeout=5000)
    wizard.next.click()
    qtbot.waitUntil(lambda: wizard.steps.at is Step.CAMERA, timeout=5000)


def test_enter_presses_the_button_that_has_the_focus(make: Make) -> None:
    bench = make()
    bench.unlock()
    bench.forget_confirmation()
    page = bench.page(0)
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
    assert focused.text() == "People"


def test_without_a_camera_the_focus_is_on_the_search_and_one_that_comes_is_picked_up(
    make: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(camera_step, "_SEARCH_MILLISECONDS", 20)
    bench = make(people=(), demo=False)
    found: list[CameraInfo] = []
    monkeypatch.setattr(bench.program, "_cameras", lambda: Cameras(lambda: found, no_camera))
    wizard = bench.program.open_wizard()
    wizard.consent_step.agree.click()
    wizard.next.click()
    pass_person(wizard, qtbot)
    step = wizard.camera_step
    qtbot.waitUntil(lambda: "facelock demo" in step.message.text, timeout=5000)
    assert wizard.focusWidget() is step.again
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
    page = bench.page(0)
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
    page = bench.page(2)
    assert isinstance(page, SettingsPage)
    radio, other = page.levels.cards[Level.BALANCED].radio, page.levels.cards[there].radio
    radio.setFocus()
    QTest.keyClick(radio, key)
    assert bench.window.focusWidget() is other
    assert bench.dialogs() == []  # looking is not choosing
    QTest.keyClick(other, Qt.Key.Key_Space)
    bench.dialog().reject()
    assert page.levels.level is Level.BALANCED
    assert bench.window.focusWidget() is radio
