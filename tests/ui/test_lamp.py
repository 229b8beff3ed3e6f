"""Dark rooms: the lock page says so, gives light until the scan ends, and counts no failure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fakes_ui import PASSPHRASE, look
from lock_bench import LockBench
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from facelock.core.observation import Gathering, Match, NoFace, PoorQuality
from facelock.core.policy import CoolingDown, Scanning
from facelock.core.quality import Defect
from facelock.core.settings import Appearance
from facelock.ui.ring_state import RingMood
from facelock.ui.stillness import keep_still
from facelock.ui.theme import apply_appearance, contrast_ratio, lamp_palette

DARK = NoFace(too_dark=True)


@pytest.fixture(params=[Appearance.LIGHT, Appearance.DARK])
def bench(qtbot: QtBot, qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[LockBench]:
    palette, style = qapp.palette(), qapp.style().objectName()
    apply_appearance(qapp, request.param)
    made = LockBench()
    made.page.show()
    yield made
    made.close()
    qapp.setStyle(style or "fusion")
    qapp.setPalette(palette)


def darkness(bench: LockBench, seconds: float) -> None:
    """Show dark frames, ten each second."""
    for _ in range(round(seconds * 10) + 1):
        bench.eyes.show(DARK)
        bench.access.now += 0.1
    bench.access.now -= 0.1


def corner(bench: LockBench) -> QColor:
    """Return what colour the page has in its corner."""
    return bench.page.grab().toImage().pixelColor(3, 3)


def test_the_dark_is_said_at_once_and_lit_after_half_a_second(bench: LockBench) -> None:
    darkness(bench, 0.4)
    assert "too dark" in bench.sentence
    assert "passphrase" in bench.sentence
    assert not bench.page.lamp.is_on
    darkness(bench, 0.2)
    assert bench.page.lamp.is_on
    assert corner(bench).lightness() > 250


def test_a_hand_before_the_lens_lights_nothing(bench: LockBench) -> None:
    for _ in range(5):
        darkness(bench, 0.3)
        bench.eyes.show(Gathering(1))
        bench.access.now += 0.1
    assert not bench.page.lamp.is_on


def test_it_does_not_flicker_when_its_own_light_is_enough(bench: LockBench) -> None:
    darkness(bench, 0.6)
    for _ in range(20):
        bench.eyes.show(NoFace())
        bench.eyes.show(Gathering(1))
        bench.access.now += 0.1
        assert bench.page.lamp.is_on
    bench.stranger()
    assert bench.shows(RingMood.REFUSED)
    assert bench.page.lamp.is_on  # the next attempt begins in the same dark


def test_no_lamp_shines_through_a_closed_shutter(bench: LockBench) -> None:
    darkness(bench, 0.6)
    assert bench.page.lamp.is_on
    for _ in range(20):
        bench.eyes.show(NoFace(too_dark=True, black=True))
        bench.access.now += 0.1
        assert not bench.page.lamp.is_on
    assert "shutter" in bench.sentence
    assert bench.access.state == Scanning(0), "and nothing is counted"


def test_a_thousand_dark_frames_are_no_failure(bench: LockBench) -> None:
    for _ in range(1000):
        bench.eyes.show(DARK)
        bench.access.now += 0.03
    assert bench.access.state == Scanning(0)
    assert bench.shows(RingMood.SCANNING)


def test_it_goes_out_with_the_scan(bench: LockBench, qtbot: QtBot) -> None:
    usual = corner(bench)
    darkness(bench, 0.6)
    assert corner(bench) != usual
    bench.access.state = CoolingDown(3, bench.access.now + 30)
    bench.page.scan.resume()
    assert not bench.page.lamp.is_on
    assert corner(bench) == usual
    bench.access.now += 31
    bench.page.scan._count_down()
    darkness(bench, 0.6)
    assert bench.page.lamp.is_on
    bench.eyes.show(Match(bench.access.profiles[0].profile_id, 5, 0.2, 0.6))
    assert bench.shows(RingMood.SUCCESS)
    assert not bench.page.lamp.is_on


def test_it_goes_out_with_the_passphrase_and_with_the_page(bench: LockBench, qtbot: QtBot) -> None:
    darkness(bench, 0.6)
    bench.page.hide()
    assert not bench.page.lamp.is_on
    bench.page.show()
    darkness(bench, 0.6)
    assert bench.page.lamp.is_on
    bench.type(PASSPHRASE)
    with qtbot.waitSignal(bench.page.unlocked, timeout=5000):
        QTest.keyClick(bench.page.passphrase.edit, Qt.Key.Key_Return)
    assert not bench.page.lamp.is_on


def test_after_a_minute_in_the_dark_it_is_dark_again(bench: LockBench) -> None:
    darkness(bench, 62)
    assert bench.shows(RingMood.ASLEEP)
    assert not bench.page.lamp.is_on


def test_nothing_fades(bench: LockBench, qapp: QApplication) -> None:
    keep_still(qapp, wanted=True)
    try:
        darkness(bench, 0.5)
        assert corner(bench).lightness() > 250  # in the very next picture
    finally:
        keep_still(qapp, wanted=False)


def test_every_text_can_be_read_by_its_light(bench: LockBench) -> None:
    darkness(bench, 0.6)
    for label in bench.page.findChildren(QLabel):
        palette, role = label.palette(), label.foregroundRole()
        assert palette.color(QPalette.ColorRole.Window) == lamp_palette().window().color()
        behind = (palette.window().color(), palette.base().color())
        assert min(contrast_ratio(palette.color(role), one) for one in behind) >= 4.5


@pytest.mark.parametrize(("scene", "lit"), [(30.0, True), (90.0, False)])
def test_a_dim_face_is_lit_in_a_dim_room_and_not_before_a_window(
    bench: LockBench,
    scene: float,
    lit: bool,  # noqa: FBT001
) -> None:
    dim = PoorQuality((Defect.BLURRED, Defect.TOO_DARK))
    for _ in range(7):
        bench.eyes.show(dim, seen_look=replace(look(), scene_brightness=scene))
        bench.access.now += 0.1
    assert bench.page.lamp.is_on is lit
    assert ("lights up" in bench.sentence) is lit
