from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from fakes_ui import look
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from facelock.core.enrolment import EnrolmentFlow, Pose
from facelock.core.frames import Frame
from facelock.ui.image import to_qimage
from facelock.ui.preview_ring import PreviewRing
from facelock.ui.ring_state import Coverage, RingMood, coverage_of
from facelock.ui.theme import colours, light_palette
from facelock.workers.latest import Latest


def _half_red() -> Frame:
    """A frame whose left half is red (BGR)."""
    pixels = np.zeros((48, 64, 3), np.uint8)
    pixels[:, :32, 2] = 255
    return Frame(pixels, 0.0, simulated=True)


@pytest.fixture
def ring(qtbot: QtBot) -> Iterator[PreviewRing]:
    made = PreviewRing()
    made.setPalette(light_palette())
    made.resize(240, 240)
    mailbox: Latest[Frame] = Latest()
    made.watch(mailbox)
    made.show()
    mailbox.put(_half_red())
    made._tick()
    yield made
    made.hide()
    made.deleteLater()


def test_an_image_shares_no_memory_with_the_camera() -> None:
    pixels = np.zeros((4, 3, 3), np.uint8)  # a width that is no multiple of four bytes
    pixels[2, 1] = (10, 20, 30)
    image = to_qimage(Frame(pixels, 0.0, simulated=True))
    assert image.pixelColor(1, 2) == QColor(30, 20, 10)
    pixels.flags.writeable = True
    pixels[:] = 255
    assert image.pixelColor(1, 2) == QColor(30, 20, 10)


def test_the_preview_is_a_mirror(ring: PreviewRing) -> None:
    ring.set_mood(RingMood.SUCCESS)
    picture = ring.grab().toImage()
    assert picture.pixelColor(170, 120).red() > 200
    assert picture.pixelColor(70, 120).red() < 60


def test_the_corners_stay_free(ring: PreviewRing) -> None:
    picture = ring.grab().toImage()
    assert picture.pixelColor(2, 2) == colours(ring.palette()).window


@pytest.mark.parametrize("mood", [RingMood.ASLEEP, RingMood.NO_CAMERA, RingMood.FACE_GONE])
def test_no_picture_outlives_its_camera(ring: PreviewRing, mood: RingMood) -> None:
    assert ring.has_picture
    ring.set_mood(mood)
    assert not ring.has_picture


@pytest.mark.parametrize("mood", RingMood)
def test_every_mood_paints(ring: PreviewRing, mood: RingMood) -> None:
    ring.set_mood(mood)
    ring.set_share_left(0.5)
    ring.show_look(look())
    assert not ring.grab().isNull()


def test_the_persons_left_is_on_the_left_of_the_mirror(ring: PreviewRing) -> None:
    shares = {pose: float(pose is Pose.LEFT) for pose in Pose}
    ring.set_coverage(Coverage(shares, 0.2, plain=False, wanted=Pose.UP))
    ring._still = True
    ring._tick()
    picture = ring.grab().toImage()
    good = colours(ring.palette()).good
    near = {picture.pixelColor(x, 120).name() for x in range(4, 22)}
    assert good.name() in near


def test_an_empty_enrolment_wants_the_centre_first() -> None:
    coverage = coverage_of(EnrolmentFlow())
    assert coverage.wanted is Pose.CENTRE
    assert coverage.whole == 0.0
